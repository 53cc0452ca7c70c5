"""Channels in which the bot may speak, as their platform tells them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("conversation", sa.String(length=512), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("group", sa.String(length=255), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "id", name=op.f("pk_channels")),
    )


def downgrade() -> None:
    op.drop_table("channels")
