"""Transactions stand alone, or share one commit without sharing their faults."""

import threading
from functools import partial

import pytest
from sqlalchemy import func, insert, select

from storage.database import Database
from storage.tables import pulse_counts, pulse_tokens


def add(database: Database, token: str, *, fails: bool = False) -> None:
    with database.transaction() as connection:
        connection.execute(insert(pulse_tokens).values(token=token))
        if fails:
            raise ValueError(token)


def count(database: Database) -> int:
    with database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(pulse_tokens)).scalar_one()


def add_and_break(database: Database) -> None:
    with database.together():
        add(database, "a")
        raise ValueError("broken")


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ValueError, match="a"):
        add(database, "a", fails=True)
    assert count(database) == 0


def test_among_several_that_share_a_commit_one_that_fails_takes_back_itself_alone(database: Database) -> None:
    with database.together():
        add(database, "a")
        with pytest.raises(ValueError, match="b"):
            add(database, "b", fails=True)
        add(database, "c")
    assert count(database) == 2


def test_when_the_shared_commit_fails_nothing_of_it_stays(database: Database) -> None:
    with pytest.raises(ValueError, match="broken"):
        add_and_break(database)
    assert count(database) == 0
    add(database, "b")
    assert count(database) == 1


def test_turns_that_wait_together_each_get_their_own_end(database: Database) -> None:
    futures = [
        database.submit_turn(partial(add, database, "a")),
        database.submit_turn(partial(add, database, "b", fails=True)),
        database.submit_turn(partial(add, database, "c")),
    ]

    assert futures[0].result() is None
    assert isinstance(futures[1].exception(), ValueError)
    assert futures[2].result() is None
    assert database.submit(partial(count, database)).result() == 2


def test_when_the_commit_of_turns_fails_none_of_them_is_told_that_it_is_stored(database: Database) -> None:
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


def break_commit(database: Database) -> None:
    """Something that only the commit notices: a reference to nobody, checked at its end."""
    with database.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        row = {"cohort": "nobody", "window": "start", "question": "q", "choice": "c", "count": 1}
        connection.execute(insert(pulse_counts).values(**row))
