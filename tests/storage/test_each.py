"""A statement about any number of people is one statement, however many they are."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from flows.people import Account, Profile
from storage.database import Database
from storage.facts import Facts
from storage.participants import Participants
from storage.people import People
from storage.requests import Requests
from storage.sealing import Keyring
from storage.season import Season

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
EVERYBODY = [f"person {number}" for number in range(70_000)]
"""More than either database takes parameters."""


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.transaction() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            # As it is built unless somebody builds it otherwise; some distributions allow more.
            driver.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
        People(connection).meet(Account("slack", "T1", "U1"), Profile("Ines", "Europe/Lisbon", "pt"), EVERYBODY[-1])
        yield connection


def test_a_company_of_seventy_thousand_is_read_at_once(connection: Connection, keyring: Keyring) -> None:
    people, last = People(connection), EVERYBODY[-1]
    people.mark_unreachable(last, "account_inactive")
    assert list(people.all(EVERYBODY)) == [last]
    assert list(people.reached_at(EVERYBODY)) == [last]
    assert people.unreachable(EVERYBODY) == {last: "account_inactive"}
    people.mark_reached(EVERYBODY)
    assert people.unreachable(EVERYBODY) == {}
    assert Participants(connection, keyring).answers_of(EVERYBODY) == {}
    assert Participants(connection, keyring).of_people(EVERYBODY) == []
    assert len(Season(connection).histories(EVERYBODY)) == len(EVERYBODY)
    assert Requests(connection).concerning(EVERYBODY) == []
    assert len(Facts(connection).of(EVERYBODY)) == len(EVERYBODY)


def test_many_are_held_at_once(connection: Connection) -> None:
    people = People(connection)
    ids = [f"somebody {number}" for number in range(200)]
    for person in ids:
        people.meet(Account("slack", "T1", person), Profile(person, "", ""), person)
    assert sorted(people.hold_free(ids)) == sorted(ids)
    with pytest.raises(LookupError):
        people.hold_free([*ids, "nobody"])


def test_nobody_is_found_by_an_address_that_is_not_known(connection: Connection) -> None:
    assert People(connection).at_address("") == ()
    assert Facts(connection).who_is("slack/T1/U1") == [EVERYBODY[-1]]
    assert Facts(connection).who_is("slack/T2/U1") == []


def test_an_address_is_found_in_any_case_on_either_database(connection: Connection) -> None:
    people = People(connection)
    person = people.meet(Account("slack", "T1", "U2"), Profile("Øystein", "", "", email="Øystein@Example.org"), "ø")
    assert people.at_address("øYSTEIN@example.ORG") == ["ø"]
    people.renew(person, Profile("Øystein", "", "", email="oystein@example.org"))
    assert people.at_address("øystein@example.org") == []
    assert Facts(connection).who_is("oystein@example.org") == ["ø"]
