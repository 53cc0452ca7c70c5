"""Who skips the next round; and a look at the rounds that have a date already, so that people hear of them."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_cohorts = sa.table("cohorts", sa.column("id", sa.String), sa.column("next_round", sa.Date))
_schedule = sa.table("schedule", sa.column("subject", sa.String), sa.column("next_due", sa.DateTime))
_LONG_PAST = datetime(2000, 1, 1)  # noqa: DTZ001 - as moments are kept


def upgrade() -> None:
    with op.batch_alter_table("participants") as participants:
        participants.add_column(sa.Column("skips", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("participants") as participants:
        participants.alter_column("skips", server_default=None)
    dated = sa.select("round:" + _cohorts.c.id, sa.literal(_LONG_PAST, sa.DateTime)).where(
        _cohorts.c.next_round.is_not(None),
        sa.not_(sa.exists().where(_schedule.c.subject == ("round:" + _cohorts.c.id))),
    )
    # The first look finds the moment that counts, or that there is none any more.
    op.execute(sa.insert(_schedule).from_select(["subject", "next_due"], dated))


def downgrade() -> None:
    op.execute(sa.delete(_schedule).where(_schedule.c.subject.startswith("round:")))
    with op.batch_alter_table("participants") as participants:
        participants.drop_column("skips")
