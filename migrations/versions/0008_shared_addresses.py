"""The address at work that somebody lets partners on another platform have."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("shared_email", sa.String(length=320), nullable=False, server_default=""))
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("people") as people:
        people.alter_column("shared_email", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("shared_email")
