"""A look at everything that nobody waits for, and that sees one moment however long it takes."""

from threading import Event

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from flows.people import Account, Profile
from storage.database import Database
from storage.people import People
from storage.tables import people


def meet(database: Database, name: str) -> None:
    with database.transaction() as connection:
        People(connection).meet(Account("slack", "T1", name), Profile(name, "", ""), name)


def test_turns_go_on_while_somebody_reads_and_the_reader_sees_one_moment(database: Database) -> None:
    meet(database, "ines")
    with database.aside() as connection:
        count = select(func.count()).select_from(people)
        assert connection.execute(count).scalar() == 1
        database.submit_turn(lambda: meet(database, "mira")).result(60)
        assert connection.execute(count).scalar() == 1
        assert list(People(connection).all(["ines", "mira"])) == ["ines"]
    with database.aside() as connection:
        assert connection.execute(count).scalar() == 2


def test_a_reader_waits_for_no_turn(database: Database) -> None:
    meet(database, "ines")
    begun, goes_on = Event(), Event()

    def slow() -> None:
        with database.transaction() as connection:
            connection.execute(delete(people))
            begun.set()
            assert goes_on.wait(60)

    turn = database.submit_turn(slow)
    assert begun.wait(60)
    with database.aside() as connection:
        assert [name for _, name in People(connection).names()] == ["ines"]
    goes_on.set()
    turn.result(60)


def test_nothing_can_be_written_aside(database: Database) -> None:
    meet(database, "ines")
    with pytest.raises(DBAPIError, match=r"read-?only"), database.aside() as connection:
        connection.execute(delete(people))
