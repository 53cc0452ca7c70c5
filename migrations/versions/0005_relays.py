"""What partners on different platforms write to each other, sealed until it has arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relays",
        sa.Column("post", sa.String(length=160), nullable=False),
        sa.Column("match", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("post", name=op.f("pk_relays")),
    )
    op.create_index("ix_relays_match", "relays", ["match"])


def downgrade() -> None:
    op.drop_index("ix_relays_match", table_name="relays")
    op.drop_table("relays")
