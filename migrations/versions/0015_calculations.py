"""What is worked out beside the turns, such as the draft of a round."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calculations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_calculations_asked_by")),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.id"], name=op.f("fk_calculations_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calculations")),
    )
    op.create_index("ix_calculations_state", "calculations", ["state", "asked_at"])
    op.create_index("ix_calculations_cohort", "calculations", ["cohort", "kind", "state"])


def downgrade() -> None:
    op.drop_index("ix_calculations_cohort", table_name="calculations")
    op.drop_index("ix_calculations_state", table_name="calculations")
    op.drop_table("calculations")
