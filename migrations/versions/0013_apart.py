"""Who is never matched with whom: what people ask for themselves, sealed, and what coordinators say."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "avoided",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avoided")),
    )
    op.create_table(
        "blocks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["people.id"], name=op.f("fk_blocks_one")),
        sa.ForeignKeyConstraint(["other"], ["people.id"], name=op.f("fk_blocks_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("one", "other", "by", name=op.f("uq_blocks_one")),
    )
    op.create_index(op.f("ix_blocks_one"), "blocks", ["one"])
    op.create_index(op.f("ix_blocks_other"), "blocks", ["other"])


def downgrade() -> None:
    op.drop_index("ix_blocks_other", table_name="blocks")
    op.drop_index("ix_blocks_one", table_name="blocks")
    op.drop_table("blocks")
    op.drop_table("avoided")
