"""The address of people at work, where their platform tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("email", sa.String(length=320), nullable=False, server_default=""))
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("people") as people:
        people.alter_column("email", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("email")
