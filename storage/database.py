"""The database as everything above storage knows it, and which of the two kinds an address asks for."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, make_url

from storage.postgres import PostgresDatabase
from storage.sqlite import SqliteDatabase

T = TypeVar("T")


class Database(Protocol):
    """Turns are plain functions, one transaction each, that run in a thread of the database's own."""

    @property
    def engine(self) -> Engine:
        """For those who ask of the schema, such as the migrations."""
        ...

    def transaction(self) -> AbstractContextManager[Connection]:
        """One transaction in the calling thread, as if it were alone: committed at the end, rolled back on any
        exception. For turns, which read, decide and write."""
        ...

    def guarded(self) -> AbstractContextManager[Connection]:
        """A transaction for statements that guard themselves: by owner and epoch, by locks, or because each is one
        atomic upsert. Nothing that others read makes it fail, but what it read itself may be out of date when it
        writes."""
        ...

    def aside(self) -> AbstractContextManager[Connection]:
        """Everything as it is now and stays inside, in the calling thread, which may be any, and for as long as it
        takes: nobody waits for it. Nothing can be written. For what reads a whole company."""
        ...

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Run plain work in a database thread. It must bear to be run again from its beginning."""
        ...

    def submit_turn(self, turn: Callable[[], T]) -> "Future[T]":
        """Run a turn in a database thread, before work that waits; its result is there when it is stored."""
        ...

    def close(self) -> None:
        """Wait for the work under way, then let the database go."""
        ...


def open_database(url: str, *, durable: bool = True) -> Database:
    """The database of an address such as `sqlite:////var/lib/alongside/alongside.db` or
    `postgresql+psycopg://alongside@host/alongside`. `durable=False` is for one that is thrown away: a power cut may
    then take what was acknowledged. Nothing is connected before the first transaction."""
    if make_url(url).get_backend_name() == "sqlite":
        return SqliteDatabase(url, synchronous="FULL" if durable else "OFF")
    return PostgresDatabase(url, synchronous_commit=durable)
