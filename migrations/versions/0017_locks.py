"""What coordinators decided about people in rounds, kept beyond the draft in which they did."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "locks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("mentee", sa.String(length=32)),
        sa.Column("mentor", sa.String(length=32)),
        sa.Column("override", sa.String(length=120), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("ended_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.id"], name=op.f("fk_locks_cohort")),
        sa.ForeignKeyConstraint(["mentee"], ["participants.id"], name=op.f("fk_locks_mentee")),
        sa.ForeignKeyConstraint(["mentor"], ["participants.id"], name=op.f("fk_locks_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locks")),
    )
    op.create_index(op.f("ix_locks_cohort"), "locks", ["cohort"])
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("rounds") as rounds:
        rounds.alter_column("edited", server_default=None)
    # No draft of before is left that could have one.
    with op.batch_alter_table("proposals") as proposals:
        proposals.drop_column("lock")


def downgrade() -> None:
    with op.batch_alter_table("proposals") as proposals:
        proposals.add_column(sa.Column("lock", sa.String(length=8), nullable=False, server_default=""))
    with op.batch_alter_table("proposals") as proposals:
        proposals.alter_column("lock", server_default=None)
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_column("edited")
    op.drop_table("locks")
