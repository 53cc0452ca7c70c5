"""Room for platforms that give conversations and messages longer names."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LONGER = {
    ("people", "conversation"): (64, 512),
    ("matches", "conversation"): (64, 512),
    ("cohorts", "channel"): (64, 512),
    ("outbox", "to_id"): (64, 512),
    ("outbox", "conversation"): (64, 512),
    ("outbox", "receipt"): (64, 128),
}


def upgrade() -> None:
    for (table, column), (before, after) in LONGER.items():
        _resize(table, column, before, after)


def downgrade() -> None:
    for (table, column), (before, after) in LONGER.items():
        _resize(table, column, after, before)


def _resize(table: str, column: str, before: int, after: int) -> None:
    # SQLite keeps to no length, and to change one there it would have to copy the whole table.
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(table, column, existing_type=sa.String(length=before), type_=sa.String(length=after))
