"""One person may have two accounts: found by either, written to at one, and one row when they are joined."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from flows.people import Account, Profile
from flows.voice.message import Kind, Message, Post, ToPerson
from storage.accounts import Accounts
from storage.database import Database
from storage.outbox import Outbox
from storage.people import People
from storage.programmes import Programmes
from storage.queue import Queue
from storage.tables import outbox

HERE, THERE = Account("slack", "T1", "U1"), Account("teams", "tenant", "7faf4dfe")
INES = Profile("Ines Duarte", "Europe/Lisbon", "pt")
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.transaction() as connection:
        yield connection


@pytest.fixture
def accounts(connection: Connection) -> Accounts:
    return Accounts(connection, b"secret")


def test_a_person_is_found_by_both_accounts_and_written_to_at_the_chosen_one(
    connection: Connection, accounts: Accounts
) -> None:
    people = People(connection)
    ines, stray = people.meet(HERE, INES, "p1"), people.meet(THERE, INES, "p2")
    people.keep_conversation("p1", "here")
    people.keep_conversation("p2", "there")
    accounts.fold(stray, to="p1")
    assert people.of(THERE) == people.of(HERE) == ines
    assert people.reached_at(["p1"])["p1"][1] == "here"

    accounts.write_at(ines, THERE)
    found = people.of(HERE)
    assert found is not None
    assert (found.id, found.account, accounts.further("p1")) == ("p1", THERE, [HERE])
    assert people.reached_at(["p1"])["p1"][1] == "there"
    accounts.write_at(found, HERE)
    assert people.reached_at(["p1"])["p1"] == (ines, "here")


def test_a_conversation_that_was_opened_late_is_kept_for_its_own_account_alone(
    connection: Connection, accounts: Accounts
) -> None:
    people = People(connection)
    ines, stray = people.meet(HERE, INES, "p1"), people.meet(THERE, INES, "p2")
    accounts.fold(stray, to="p1")
    accounts.write_at(ines, THERE)
    people.keep_conversation("p1", "opened too late", at=HERE)
    people.mark_unreachable("p1", "account_inactive", at=HERE)
    person, conversation = people.reached_at(["p1"])["p1"]
    assert (person.reachable, conversation) == (True, "")
    people.mark_unreachable("p1", "removed", at=THERE)
    assert not people.get("p1").reachable


def test_a_code_is_good_for_its_time_and_one_a_person(connection: Connection, accounts: Accounts) -> None:
    People(connection).meet(HERE, INES, "p1")
    until = NOW + timedelta(minutes=30)
    accounts.ask("p1", "7KQ4M2XP", until=until)
    assert accounts.asker("7KQ4M2XP", NOW) == "p1"
    assert accounts.asker("7KQ4M2XP", until) is None
    assert Accounts(connection, b"another key").asker("7KQ4M2XP", NOW) is None
    accounts.ask("p1", "AAAABBBB", until=until)
    assert [accounts.asker(code, NOW) for code in ("7KQ4M2XP", "AAAABBBB", "")] == [None, "p1", None]
    accounts.forget_codes(before=until + timedelta(seconds=1))
    assert accounts.asker("AAAABBBB", NOW) is None


def test_accounts_of_the_one_who_is_folded_in_come_along(connection: Connection, accounts: Accounts) -> None:
    people, third = People(connection), Account("slack", "T2", "U2")
    people.meet(HERE, INES, "p1")
    accounts.fold(people.meet(third, INES, "p3"), to=people.meet(THERE, INES, "p2").id)
    accounts.fold(people.get("p2"), to="p1")
    assert accounts.further("p1") == [third, THERE]
    accounts.part("p2", third)
    accounts.part("p1", third)
    assert people.of(third) is None


def test_who_has_a_role_or_a_place_is_not_folded_in(connection: Connection, accounts: Accounts) -> None:
    """The handlers ask before; should one forget to, the database refuses."""
    people = People(connection)
    people.meet(HERE, INES, "p1")
    coordinator = people.meet(THERE, INES, "p2")
    assert not accounts.coordinates("p2")
    assert not accounts.took_part("p2")
    Programmes(connection).appoint("p2", "", "viewer", by="p1", at=NOW)
    assert accounts.coordinates("p2")
    with pytest.raises(IntegrityError), connection.begin_nested():
        accounts.fold(coordinator, to="p1")
    assert people.of(THERE) == coordinator


def test_what_waits_goes_with_its_reader_and_changes_stay_with_their_message(
    connection: Connection, accounts: Accounts
) -> None:
    people, posts = People(connection), Outbox(connection)
    ines = people.meet(HERE, INES, "p1")
    accounts.fold(people.meet(THERE, INES, "p2"), to="p1")
    said = Message("Said", ())
    posts.put(Post("one", ToPerson("p1"), said, Kind.ANSWER), now=NOW)
    posts.put(Post("two", ToPerson("p1"), said, Kind.ANSWER), now=NOW)
    connection.execute(outbox.update().where(outbox.c.key == "one").values(state="sent"))
    accounts.write_at(ines, THERE)
    posts.move("p1")
    posts.put(Post("changed", ToPerson("p1"), said, Kind.ANSWER, edits="one"), now=NOW)
    posts.put(Post("three", ToPerson("p1"), said, Kind.ANSWER), now=NOW)
    found = {row.key: row.workspace for row in connection.execute(select(outbox.c.key, outbox.c.workspace))}
    assert found == {"one": "slack:T1", "two": "teams:tenant", "changed": "slack:T1", "three": "teams:tenant"}
    assert list(Queue(connection).workspaces(NOW)) == ["slack:T1", "teams:tenant"]

    posts.take_back("two")
    posts.take_back("one")
    posts.put(Post("two", ToPerson("p1"), said, Kind.ANSWER), now=NOW)
    assert {row.key for row in connection.execute(select(outbox.c.key))} == {"one", "two", "changed", "three"}
