"""Connections for those who copy or replace a whole database, and whether somebody else works on it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage.copying import CopyFault
from storage.database import open_database
from storage.file_lock import InUse, file_of, hold

COPYING = "alongside copy"
"""How these connections call themselves on PostgreSQL; the bot's call themselves `alongside`."""
_AT_WORK = text(
    "select count(*) from pg_stat_activity where application_name = 'alongside' and datname = current_database()"
)


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A connection that cannot write and sees one moment of that database, while others go on writing.

    On SQLite it never checkpoints either, so the bot stays the only one who does: before 3.51.3 pages can be lost when
    two connections write or checkpoint at once. Raises CopyFault when there is nothing to read.
    """
    file = file_of(url)
    if file is not None:
        with reading(file) as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
    else:
        with _postgres(url, isolation="REPEATABLE READ", read_only=True) as connection:
            yield connection


@contextmanager
def reading(file: Path) -> Iterator[Connection]:
    """A connection to a SQLite file that cannot write it, outside of any transaction. Raises CopyFault."""
    if not file.is_file():
        raise CopyFault(f"there is no file {file}")
    address = f"{file.absolute().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, isolation_level=None),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def replacing(url: str) -> Iterator[Connection]:
    """One transaction that may write everything, however long it takes; committed at the end."""
    if file_of(url) is not None:
        database = open_database(url)
        try:
            with database.guarded() as connection:
                yield connection
        finally:
            database.close()
    else:
        with _postgres(url, isolation="READ COMMITTED", read_only=False) as connection, connection.begin():
            yield connection


@contextmanager
def standstill(*urls: str) -> Iterator[None]:
    """While nobody else works on these databases. Raises InUse; on PostgreSQL as far as it can be seen: look again with
    `refuse_others` before the end."""
    with ExitStack() as locks:
        for url in urls:
            file = file_of(url)
            if file is not None:
                locks.enter_context(hold(file))
            refuse_others(url)
        yield


def refuse_others(url: str) -> None:
    """Raises InUse when the bot is connected to that PostgreSQL database; a SQLite file is guarded by its lock."""
    if file_of(url) is not None:
        return
    with _postgres(url, isolation="AUTOCOMMIT", read_only=True) as connection:
        others = connection.execute(_AT_WORK).scalar_one()
    if others:
        raise InUse(f"the bot works on {shown(url)} ({others} connections): stop every replica first")


def shown(url: str | URL) -> str:
    """An address without its password, wherever that stands: libpq takes one behind the ?, too."""
    parsed = make_url(url)
    if "password" in parsed.query:
        parsed = parsed.difference_update_query(["password"]).set(password=str(parsed.query["password"]))
    return parsed.render_as_string(hide_password=True)


@contextmanager
def _postgres(url: str, *, isolation: str, read_only: bool) -> Iterator[Connection]:
    options = f"-c timezone=UTC -c default_transaction_read_only={'on' if read_only else 'off'}"
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        isolation_level=isolation,
        connect_args={"application_name": COPYING, "connect_timeout": 10, "options": options},
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
