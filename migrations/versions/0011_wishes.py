"""Who decides who is matched with whom; wishes, and requests whether two people would be a match."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.add_column(sa.Column("choice", sa.String(length=8), nullable=False, server_default="draft"))
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.alter_column("choice", server_default=None)
    op.create_table(
        "wishes",
        sa.Column("mentee", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mentor", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentee"], ["participants.id"], name=op.f("fk_wishes_mentee")),
        sa.ForeignKeyConstraint(["mentor"], ["participants.id"], name=op.f("fk_wishes_mentor")),
        sa.PrimaryKeyConstraint("mentee", "number", name=op.f("pk_wishes")),
    )
    op.create_index(op.f("ix_wishes_mentor"), "wishes", ["mentor"])
    op.create_table(
        "requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("mentee", sa.String(length=32), nullable=False),
        sa.Column("mentor", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("agreed", sa.String(length=24), nullable=False),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("question", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.id"], name=op.f("fk_requests_cohort")),
        sa.ForeignKeyConstraint(["mentee"], ["participants.id"], name=op.f("fk_requests_mentee")),
        sa.ForeignKeyConstraint(["mentor"], ["participants.id"], name=op.f("fk_requests_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index("ix_requests_cohort", "requests", ["cohort", "state"])
    op.create_index(op.f("ix_requests_mentee"), "requests", ["mentee"])
    op.create_index(op.f("ix_requests_mentor"), "requests", ["mentor"])


def downgrade() -> None:
    op.drop_table("requests")
    op.drop_table("wishes")
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.drop_column("choice")
