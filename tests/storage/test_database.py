"""Transactions stand alone, or share one commit without sharing their faults."""

import pytest
from sqlalchemy import func, insert, select

from storage.database import Database
from storage.tables import pulse_tokens


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
