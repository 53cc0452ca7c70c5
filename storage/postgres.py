"""PostgreSQL: a pool of threads with a connection each, and turns that are run again when they met another one."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError

T = TypeVar("T")
TURNS = 4
"""Threads that run turns and nothing else, so that no planner and no sender can keep a person waiting. They have one
interpreter between them and the event loop: more of them get little more done, and the loop waits longer for it."""
WORK = 3
"""Threads for all other work. Every thread has a connection of its own: seven together."""
GIVING_WAY = 0.05
"""Seconds for which other work lets turns that wait for a thread go first. Then it goes on all the same, so that a
crowd makes the sender slower and never stops it."""
PAUSES = (0.01, 0.03, 0.1, 0.3, 0.9)
"""Seconds before each run after the connection was lost. Together they outlast a restart of the database, and a
platform waits three seconds for its answer."""
BESIDE_OTHERS = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE alembic_version IN ROW EXCLUSIVE MODE"
ALONE = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE"
"""How a turn begins, and how one does that met another: it waits for those under way, and those that come wait for it.
A table that nobody writes stands for all; locking it takes no snapshot yet, which any other statement would do, so
whoever waited sees what the others have done."""
READING = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = '10min'; "
    "SET LOCAL statement_timeout = '60s'"
)
"""How a look at everything begins. It locks nothing, so it may think for long between two statements."""
SETTINGS = {
    # Longer than anything of ours takes: what hangs must fail, so that the platform can be told.
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    # A process that was frozen in the middle of a turn gives back what it had locked.
    "idle_in_transaction_session_timeout": "15s",
    "timezone": "UTC",
}
CONNECTING: Mapping[str, str | int] = {
    "application_name": "alongside",
    "connect_timeout": 5,
    # A database machine that is gone without a word is noticed after ten seconds, not after two hours.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
MET_ANOTHER = frozenset({"40001", "40P01", "23505"})
"""Serialization failure and deadlock; and a key that is taken, because two turns which find nothing and insert the same
may end so as well (postgresql.org, "Serialization Failure Handling"). Such a turn finds it when it is run again."""
GONE = ("08", "57P")
"""What the codes of a lost connection and of a server that stops or starts begin with (postgresql.org, appendix A)."""


class PostgresDatabase:
    """Any number of processes may work on the database behind `url`.

    A transaction is serializable: the database lets it commit only if the outcome is one that turns could have had one
    after the other, and fails it otherwise. What was submitted is then run again, alone: a turn that was rolled back
    has done nothing yet. Should the connection break while it commits, nobody knows whether it did; the run that
    follows finds the key of the gesture in the inbox, or does not.
    """

    def __init__(self, url: str, *, synchronous_commit: bool = True) -> None:
        settings = SETTINGS if synchronous_commit else SETTINGS | {"synchronous_commit": "off"}
        self.engine: Engine = create_engine(
            url,
            hide_parameters=True,
            use_native_hstore=False,  # which every new connection would ask the server for
            pool_size=TURNS + WORK,
            max_overflow=2,  # a transaction outside of the threads: a command line, a test
            pool_timeout=5,
            connect_args={
                **CONNECTING,
                "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            },
        )
        # We say BEGIN ourselves: together with the lock, so that it costs no way to the server of its own.
        self._unbegun = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._this_thread = threading.local()
        self._turns = ThreadPoolExecutor(max_workers=TURNS, thread_name_prefix="turns")
        self._work = ThreadPoolExecutor(max_workers=WORK, thread_name_prefix="database")
        self._turns_wait = 0
        self._turn_begins = threading.Condition()
        self._closing = threading.Event()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """SERIALIZABLE; storage.database says what it is for."""
        with self._unbegun.begin() as connection:
            connection.exec_driver_sql(ALONE if getattr(self._this_thread, "is_alone", False) else BESIDE_OTHERS)
            yield connection

    @contextmanager
    def guarded(self) -> Iterator[Connection]:
        """READ COMMITTED; storage.database says what it is for."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """REPEATABLE READ, READ ONLY; storage.database says what it is for."""
        with self._unbegun.begin() as connection:
            connection.exec_driver_sql(READING)
            yield connection

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Run plain work in a database thread; again from its beginning, a few times, when it met another one or the
        connection was lost. Turns that wait go first, for a moment."""
        return self._work.submit(self._after_turns, work)

    def submit_turn(self, turn: Callable[[], T]) -> "Future[T]":
        """The same for a turn, in a thread that is kept for turns."""
        with self._turn_begins:
            self._turns_wait += 1
        return self._turns.submit(self._begin_turn, turn)

    def close(self) -> None:
        """Wait for the work under way, then let the connections go. Nothing is run again from here on."""
        self._closing.set()
        self._turns.shutdown(wait=True)
        self._work.shutdown(wait=True)
        self.engine.dispose()

    def _after_turns(self, work: Callable[[], T]) -> T:
        # The threads have one interpreter between them: what runs beside turns takes of their time.
        with self._turn_begins:
            self._turn_begins.wait_for(lambda: self._turns_wait == 0, GIVING_WAY)
        return self._run(work)

    def _begin_turn(self, turn: Callable[[], T]) -> T:
        with self._turn_begins:
            self._turns_wait -= 1
            self._turn_begins.notify_all()
        return self._run(turn)

    def _run(self, work: Callable[[], T]) -> T:
        try:
            for pause in PAUSES:
                try:
                    return work()
                except DBAPIError as failure:
                    if met_another(failure):
                        self._this_thread.is_alone = True
                    elif not lost_connection(failure) or self._closing.wait(pause):
                        raise
            return work()
        finally:
            self._this_thread.is_alone = False


def met_another(failure: DBAPIError) -> bool:
    """Whether it was another turn that was in the way."""
    return getattr(failure.orig, "sqlstate", None) in MET_ANOTHER


def lost_connection(failure: DBAPIError) -> bool:
    """Whether the server went away, or let nobody in."""
    state = getattr(failure.orig, "sqlstate", None)
    if state is None:  # it did not even say why
        return failure.connection_invalidated or isinstance(failure, OperationalError)
    return failure.connection_invalidated or state.startswith(GONE)
