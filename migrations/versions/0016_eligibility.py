"""Whom a programme is for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "eligibility",
        sa.Column("programme", sa.String(length=32), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("level_from", sa.Integer(), nullable=True),
        sa.Column("level_to", sa.Integer(), nullable=True),
        sa.Column("months_from", sa.Integer(), nullable=True),
        sa.Column("months_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name=op.f("fk_eligibility_programme")),
        sa.PrimaryKeyConstraint("programme", name=op.f("pk_eligibility")),
    )


def downgrade() -> None:
    op.drop_table("eligibility")
