"""What a cohort's drafts are to be best at, where its coordinators chose it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.add_column(sa.Column("aim", sa.String(length=16), nullable=False, server_default=""))
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.alter_column("aim", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("cohorts") as cohorts:
        cohorts.drop_column("aim")
