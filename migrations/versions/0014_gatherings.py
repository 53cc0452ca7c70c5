"""Rounds that propose any number of people together, and the roles of those who are no pair."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLES = ("match_members", "unmatched")


def upgrade() -> None:
    for name in ROLES:
        with op.batch_alter_table(name) as table:
            table.alter_column("role", existing_type=sa.String(length=8), type_=sa.String(length=16))
    op.create_table(
        "gatherings",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("broken", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_gatherings_round")),
        sa.PrimaryKeyConstraint("round", "number", name=op.f("pk_gatherings")),
    )
    op.create_table(
        "seats",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name=op.f("fk_seats_participant")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_seats_round")),
        sa.PrimaryKeyConstraint("round", "number", "participant", name=op.f("pk_seats")),
    )
    op.create_table(
        "sitting_out",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("participant", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name=op.f("fk_sitting_out_participant")),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_sitting_out_round")),
        sa.PrimaryKeyConstraint("round", "participant", "subject", name=op.f("pk_sitting_out")),
    )


def downgrade() -> None:
    op.drop_table("sitting_out")
    op.drop_table("seats")
    op.drop_table("gatherings")
    # The columns of roles stay as wide as they are: "facilitator" would not fit into what they were, and nobody who
    # takes back an update means to lose who met whom.
