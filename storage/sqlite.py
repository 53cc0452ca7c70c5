"""SQLite: one file behind one connection in one thread, and readers of a whole company beside it."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool, StaticPool

from storage.file_lock import make_folder

T = TypeVar("T")
MOST_TOGETHER = 50
"""Turns that share a commit: more would make the first of them wait for long."""


class SqliteDatabase:
    """One file, one connection that writes, one thread.

    Turns run in that thread, one transaction each: nobody waits for a lock, and none ever has to be run again.
    `synchronous` is FULL (what was acknowledged survives a power cut) unless the caller
    says OFF for a file that is thrown away.
    """

    def __init__(self, url: str, *, synchronous: str = "FULL") -> None:
        parsed = make_url(url)
        if parsed.database and parsed.database != ":memory:":
            file = Path(parsed.database)
            make_folder(file)
            # Names and matches stand in it readable, so nobody else of the machine may; SQLite's side files follow.
            file.touch(mode=0o600)
        self.engine: Engine = create_engine(
            parsed,
            poolclass=StaticPool,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "isolation_level": None},
        )
        event.listen(self.engine, "connect", lambda connection, _: _set_up(connection, synchronous))
        self._aside = create_engine("sqlite://", creator=self._reader, poolclass=NullPool, hide_parameters=True)
        self._shared: Connection | None = None
        self._waiting: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction in the calling thread: committed at the end, rolled back on any exception."""
        if self._shared is not None:
            with _savepoint(self._shared):
                yield self._shared
            return
        with self.engine.begin() as connection:
            # A deferred transaction that reads before it writes fails at once with "database is locked" when another
            # writes. Said here: an engine-wide "begin" event would cost a tenth of every statement.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def guarded(self) -> AbstractContextManager[Connection]:
        """The same: in one thread every transaction is alone."""
        return self.transaction()

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """A connection of its own that can only read, so it has no part in writing or moving what was written: beside
        another that does, SQLite before 3.51.3 may spoil the file (sqlite.org/wal.html, "The WAL-Reset Bug")."""
        with self._aside.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    def _reader(self) -> sqlite3.Connection:
        file = Path(self.engine.url.database or "").absolute().as_uri()
        return sqlite3.connect(f"{file}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """One commit for all transactions inside; each is a savepoint, so one that fails takes back itself alone."""
        with self.transaction() as connection:
            self._shared = connection
            try:
                yield connection
            finally:
                self._shared = None

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Run plain work in the database thread; when its time has come, turns that wait go first all the same."""
        return self._thread.submit(self._after_turns, work)

    def submit_turn(self, turn: Callable[[], T]) -> "Future[T]":
        """Run a turn in the database thread. Turns that wait together share one commit; each has its result only
        when that commit is done, and one that fails takes back itself alone."""
        future: Future[T] = Future()
        self._waiting.append((turn, future))
        self._thread.submit(self._run_waiting)
        return future

    def _after_turns(self, work: Callable[[], T]) -> T:
        if self._waiting:
            self._run_waiting()
        return work()

    def _run_waiting(self) -> None:
        if not self._waiting:
            return
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self.together() as connection:
                while self._waiting and len(done) < MOST_TOGETHER:
                    turn, future = self._waiting.popleft()
                    try:
                        done.append((future, turn(), None))
                    except Exception as failure:
                        done.append((future, None, failure))
                        if not _is_open(connection):
                            raise
        except Exception as failure:
            # Nothing of any of them is kept: it could not begin or commit, or one of them ended it for all.
            futures = [future for future, _, _ in done] or [self._waiting.popleft()[1]]
            done = [(future, None, failure) for future in futures]
        for future, result, fault in done:
            if fault is None:
                future.set_result(result)
            else:
                future.set_exception(fault)

    def close(self) -> None:
        """Wait for the work under way, then let the file go."""
        self._thread.shutdown(wait=True)
        self._aside.dispose()
        self.engine.dispose()


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    driver = _driver(connection)
    driver.execute("SAVEPOINT one")
    try:
        yield
    except BaseException:
        if _is_open(connection):
            driver.execute("ROLLBACK TO one")
            driver.execute("RELEASE one")
        raise
    driver.execute("RELEASE one")


def _is_open(connection: Connection) -> bool:
    """Whether the transaction is still there: a full disk makes SQLite roll back the whole of it by itself
    (sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction")."""
    return bool(_driver(connection).in_transaction)


def _set_up(connection: Any, synchronous: str) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(f"PRAGMA synchronous={synchronous}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    # What savepoints may have to take back is kept in memory: as a file, every page that a turn changes was written
    # once more, to a folder that is not ours.
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
