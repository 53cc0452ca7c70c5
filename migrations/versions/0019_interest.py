"""Whether there is interest in mentoring: times of asking, and counters."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_table(
        "interest_counts",
        sa.Column("survey", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=8), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["surveys.id"], name=op.f("fk_interest_counts_survey")),
        sa.PrimaryKeyConstraint("survey", "question", "choice", name=op.f("pk_interest_counts")),
    )


def downgrade() -> None:
    op.drop_table("interest_counts")
    op.drop_table("surveys")
