"""Runs the steps on the connection that bot/schema.py hands over."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from storage.tables import Moment, metadata


def _as_plain(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our own column type as the plain one, so that old steps need nothing of ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def _run(connection: Connection) -> None:
    # SQLite cannot alter a column in place: batch mode copies the table.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=_as_plain,
        compare_type=True,
    )
    context.run_migrations()


_run(context.config.attributes["connection"])
