"""One file, one thread: several transactions share one commit without sharing their faults."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from storage.sqlite import SqliteDatabase
from storage.tables import metadata, pulse_counts, pulse_tokens


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """An empty file with all tables."""
    database = SqliteDatabase(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(database.engine)
    yield database
    database.close()


def add(database: SqliteDatabase, token: str, *, fails: bool = False) -> None:
    with database.transaction() as connection:
        connection.execute(insert(pulse_tokens).values(token=token))
        if fails:
            raise ValueError(token)


def count(database: SqliteDatabase) -> int:
    with database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(pulse_tokens)).scalar_one()


def add_and_break(database: SqliteDatabase) -> None:
    with database.together():
        add(database, "a")
        raise ValueError("broken")


def test_among_several_that_share_a_commit_one_that_fails_takes_back_itself_alone(database: SqliteDatabase) -> None:
    with database.together():
        add(database, "a")
        with pytest.raises(ValueError, match="b"):
            add(database, "b", fails=True)
        add(database, "c")
    assert count(database) == 2


def test_when_the_shared_commit_fails_nothing_of_it_stays(database: SqliteDatabase) -> None:
    with pytest.raises(ValueError, match="broken"):
        add_and_break(database)
    assert count(database) == 0
    add(database, "b")
    assert count(database) == 1


def test_when_the_commit_of_turns_fails_none_of_them_is_told_that_it_is_stored(database: SqliteDatabase) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait()

    database.submit(wait)
    begun.wait()
    kept = database.submit_turn(partial(add, database, "a"))
    broken = database.submit_turn(partial(break_commit, database))
    go_on.set()

    assert kept.exception() is not None
    assert broken.exception() is not None
    assert database.submit(partial(count, database)).result() == 0


def break_commit(database: SqliteDatabase) -> None:
    """Something that only the commit notices: a reference to nobody, checked at its end."""
    with database.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        row = {"cohort": "nobody", "window": "start", "question": "q", "choice": "c", "count": 1}
        connection.execute(insert(pulse_counts).values(**row))


def test_a_turn_that_ends_the_shared_transaction_takes_the_others_with_it(database: SqliteDatabase) -> None:
    go_on = threading.Event()
    room = fill(database)
    database.submit(go_on.wait)
    turns = [database.submit_turn(partial(add, database, token)) for token in ("a", "b" * room, "c")]
    go_on.set()
    failures = [turn.exception(timeout=5) for turn in turns]
    assert all(isinstance(failure, OperationalError) for failure in failures[:2])
    assert failures[2] is None
    assert count(database) == 1


def test_a_turn_that_cannot_begin_says_so_at_once(database: SqliteDatabase, tmp_path: Path) -> None:
    add(database, "a")
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as another:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        another.execute("BEGIN IMMEDIATE")
        turn = database.submit_turn(partial(add, database, "b"))
        assert isinstance(turn.exception(timeout=5), OperationalError)
    database.submit_turn(partial(add, database, "c")).result(timeout=5)
    assert count(database) == 2


def fill(database: SqliteDatabase) -> int:
    """Let the file hold three pages more; how many characters are too many for them."""
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 3}")
        size: int = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    return size * 10
