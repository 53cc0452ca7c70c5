"""A connection that may read and not write, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class WouldWrite(Exception):
    """Something was about to be written where reading alone is allowed; nothing was."""


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Inside, whoever writes is stopped with WouldWrite before the statement reaches the database."""
    event.listen(connection, "before_cursor_execute", _stop)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", _stop)


def _stop(_: Connection, __: Any, statement: str, ___: Any, ____: Any, _____: bool) -> None:
    if not statement.lstrip().upper().startswith(HARMLESS):
        raise WouldWrite
