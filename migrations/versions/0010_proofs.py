"""What proves a draft, what it was made from and how groups fare in it, kept with it.

A draft of before has none of it. It was found by other rules, so it is put away: the coordinator drafts again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("proof", sa.JSON()))
        rounds.add_column(sa.Column("record", sa.JSON()))
        rounds.add_column(sa.Column("groups", sa.JSON()))
    op.execute("UPDATE rounds SET state = 'replaced' WHERE state = 'drafted'")


def downgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_column("groups")
        rounds.drop_column("record")
        rounds.drop_column("proof")
