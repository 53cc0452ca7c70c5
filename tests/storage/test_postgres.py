"""PostgreSQL: turns that met are run again until each has had its effect, and a crash of the database is survived."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count as count_up
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError

from bot.bench import own_postgres
from storage import upsert
from storage.postgres import TURNS, PostgresDatabase
from storage.tables import pulse_tokens
from tests.postgres import Databases, Server


@pytest.fixture
def database(postgres: Databases) -> Iterator[PostgresDatabase]:
    """An empty database with all tables."""
    url = postgres.new()
    database = PostgresDatabase(url)
    yield database
    database.close()
    postgres.drop(url)


def add(database: PostgresDatabase, token: str) -> None:
    """Once, however often it is run: as the key of a gesture makes of a turn."""
    with database.transaction() as connection:
        connection.execute(upsert.insert(pulse_tokens).values(token=token).on_conflict_do_nothing())


def add_until_it_is_stored(database: PostgresDatabase, token: str) -> int:
    """Once more whenever it fails, as a platform repeats what was not acknowledged; how often it failed."""
    for failed in count_up():
        try:
            database.submit_turn(partial(add, database, token)).result()
        except OperationalError:
            continue
        return failed
    raise AssertionError


def count(database: PostgresDatabase) -> int:
    with database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(pulse_tokens)).scalar_one()


@contextmanager
def held_up(database: PostgresDatabase) -> Iterator[Callable[[], None]]:
    """Every thread for turns is taken, and one more turn waits, until the end or what is given is called."""
    go_on = threading.Event()
    turns = [database.submit_turn(partial(go_on.wait, 30)) for _ in range(TURNS + 1)]
    try:
        yield go_on.set
    finally:
        go_on.set()
        assert all(turn.result(10) for turn in turns)


class OneSeat:
    """Two turns that each take the last seat when it is free; at first both look before either writes."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._both_have_looked = threading.Barrier(2)
        self.looks: list[str] = []

    def take(self, name: str) -> bool:
        """Whether this one has it now."""
        with self._database.transaction() as connection:
            free = connection.execute(select(func.count()).select_from(pulse_tokens)).scalar_one() == 0
            self.looks.append(name)
            if self.looks.count(name) == 1:
                self._both_have_looked.wait(10)
            if free:
                connection.execute(insert(pulse_tokens).values(token=name))
            return free


def test_of_two_turns_that_want_the_last_seat_one_gets_it_and_the_other_looks_again(database: PostgresDatabase) -> None:
    seat = OneSeat(database)
    turns = [database.submit_turn(partial(seat.take, name)) for name in ("mira", "ines")]

    assert sorted(turn.result() for turn in turns) == [False, True]
    assert len(seat.looks) == 3
    assert count(database) == 1


def test_turns_that_insert_the_same_at_once_end_as_one_after_the_other(database: PostgresDatabase) -> None:
    def meet() -> bool:
        with database.transaction() as connection:
            known = connection.execute(select(pulse_tokens).where(pulse_tokens.c.token == "ines")).first()
            if known is None:
                connection.execute(insert(pulse_tokens).values(token="ines"))
            return known is None

    turns = [database.submit_turn(meet) for _ in range(20)]
    assert [turn.result() for turn in turns].count(True) == 1


def test_who_met_another_runs_alone_and_what_goes_on_failing_is_let_out(database: PostgresDatabase) -> None:
    locks: list[str] = []
    lock = text("SELECT mode FROM pg_locks WHERE relation = 'alembic_version'::regclass AND pid = pg_backend_pid()")

    def fail() -> None:
        with database.transaction() as connection:
            locks.append(connection.execute(lock).scalar_one())
            connection.execute(text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))

    with pytest.raises(OperationalError):
        database.submit_turn(fail).result()
    assert locks == ["RowExclusiveLock"] + ["ShareRowExclusiveLock"] * 5


def test_other_work_lets_waiting_turns_go_first(database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.GIVING_WAY", 60)
    with held_up(database) as go_on:
        work = database.submit(partial(count, database))
        with pytest.raises(TimeoutError):
            work.result(0.2)
        go_on()
        assert work.result(10) == 0


def test_other_work_is_not_stopped_by_turns_that_wait_for_long(database: PostgresDatabase) -> None:
    with held_up(database):
        assert database.submit(partial(count, database)).result(10) == 0


def test_a_fault_of_our_own_is_not_tried_again(database: PostgresDatabase) -> None:
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        database.submit_turn(fail).result()
    assert len(tries) == 1


def test_a_statement_that_hangs_is_ended(database: PostgresDatabase) -> None:
    with database.transaction() as connection:
        limits = [connection.execute(text(f"SHOW {name}_timeout")).scalar_one() for name in ("statement", "lock")]
    assert limits == ["10s", "5s"]


def test_work_goes_on_after_the_database_crashed(postgres: Databases) -> None:
    server = Server(fsync=True)
    server.start()
    databases = Databases(server.url)
    database = PostgresDatabase(databases.new())
    try:
        with ThreadPoolExecutor(max_workers=20) as people:
            for crash in range(2):
                before = [people.submit(add_until_it_is_stored, database, f"{crash} before {n}") for n in range(20)]
                assert [one.result() for one in before] == [0] * 20
                server.stop_immediately()
                during = [people.submit(add_until_it_is_stored, database, f"{crash} during {n}") for n in range(20)]
                server.start()
                for one in during:
                    one.result()
        assert count(database) == 80
    finally:
        database.close()
        server.close()


def test_what_cannot_be_stored_because_the_database_is_gone_is_let_out(postgres: Databases) -> None:
    server = Server()
    server.start()
    database = PostgresDatabase(server.url)
    assert database.submit_turn(lambda: 1).result() == 1
    server.close()
    with pytest.raises(OperationalError):
        database.submit_turn(partial(count, database)).result()
    database.close()


def test_a_server_of_our_own_does_not_outlive_whoever_started_it() -> None:
    program = "from bot.bench.own_postgres import Server; one = Server(); one.start(); print(one.socket, flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{program}; input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starting:
        assert starting.stdout is not None
        socket = Path(starting.stdout.readline().strip())
        assert socket.exists()
        starting.kill()
        starting.stdout.read()  # up to the end of whoever clears up
    assert not socket.parent.exists()


def test_where_there_is_no_postgresql_at_all_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_postgres, "SYSTEM", Path("/nowhere"))
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LookupError, match="no PostgreSQL 15 or newer"):
        own_postgres.binaries.__wrapped__()
