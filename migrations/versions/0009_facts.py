"""What the company says of its people, and tables that wait for their confirmation."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("named", sa.String(length=320), nullable=False),
        sa.Column("manager", sa.String(length=320), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("site", sa.String(length=120), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("word", sa.String(length=12), nullable=False),
        sa.Column("word_at", sa.DateTime(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("brought_by", sa.String(length=32), nullable=False),
        sa.Column("brought_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("named", name=op.f("pk_facts")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )


def downgrade() -> None:
    op.drop_table("imports")
    op.drop_table("facts")
