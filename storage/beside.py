"""A connection of an operator's command, beside the bot that may be running on the same database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine

from storage.file_lock import file_of, hold


class NoDatabase(Exception):
    """There is no database yet, in a line for the operator."""


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Reads what is committed, and can write nothing: on SQLite through a connection of its own that is opened
    read-only, which disturbs no process that works on the file. Raises NoDatabase, and what the driver raises."""
    file = file_of(url)
    address = url if file is None else f"sqlite:///file:{_there(file)}?mode=ro&uri=true"
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect().execution_options(postgresql_readonly=True) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """One transaction. A SQLite file belongs to one process, so it must be free: raises InUse while the bot runs on it,
    NoDatabase, and what the driver raises."""
    file = file_of(url)
    if file is None:
        yield from _write(url)
        return
    _there(file)
    with hold(file):
        yield from _write(url)


def _write(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _there(file: Path) -> str:
    if not file.exists():
        raise NoDatabase(f"there is no database at {file} yet: alongside serve makes it")
    return str(file.resolve()).replace("?", "%3f").replace("#", "%23")
