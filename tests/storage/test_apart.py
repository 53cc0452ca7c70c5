"""Who is never matched with whom, as it is kept: what people ask for themselves cannot be read without the key."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select

from flows.apart import Block, ordered
from flows.people import Account, Profile
from storage.avoided import Avoided
from storage.blocks import Blocks
from storage.database import Database
from storage.people import People
from storage.sealing import Keyring, Unreadable
from storage.tables import avoided, metadata

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.transaction() as connection:
        for number in range(1, 5):
            People(connection).meet(
                Account("slack", "T1", f"U{number}"), Profile(f"P{number}", "UTC", "en"), f"p{number}"
            )
        yield connection


def test_whom_somebody_avoids_is_known_to_them_and_to_matching(connection: Connection, keyring: Keyring) -> None:
    store = Avoided(connection, keyring)
    store.add("a1", by="p1", of="p2")
    store.add("a2", by="p1", of="p2")
    store.add("a3", by="p3", of="p1")
    assert store.by("p1") == ["p2"]
    assert store.by("p2") == []
    assert sorted(store.pairs()) == [("p1", "p2"), ("p3", "p1")]
    store.drop(by="p1", of="p2")
    store.drop(by="p1", of="p3")
    assert store.pairs() == [("p3", "p1")]


def test_a_row_names_nobody_and_opens_in_its_own_place_alone(connection: Connection, keyring: Keyring) -> None:
    store = Avoided(connection, keyring)
    store.add("a1", by="p1", of="p2")
    row = connection.execute(select(avoided)).one()
    assert [column.name for column in metadata.tables["avoided"].columns] == ["id", "sealed"]
    assert b"p1" not in row.sealed
    connection.execute(avoided.update().values(id="a9"))
    with pytest.raises(Unreadable):
        store.pairs()


def test_it_outlives_a_new_key(connection: Connection, keyring: Keyring) -> None:
    nonces = iter(range(100))
    newer = Keyring((b"n" * 32, bytes(range(32))), lambda: next(nonces).to_bytes(12, "big"))
    Avoided(connection, keyring).add("a1", by="p1", of="p2")
    assert Avoided(connection, newer).by("p1") == ["p2"]


def test_two_accounts_that_turn_out_to_be_one_person_keep_what_either_asked_for(
    connection: Connection, keyring: Keyring
) -> None:
    store = Avoided(connection, keyring)
    for place, (by, of) in enumerate((("p2", "p3"), ("p1", "p3"), ("p3", "p2"), ("p1", "p2"), ("p3", "p4"))):
        store.add(f"a{place}", by=by, of=of)
    store.fold("p2", to="p1")
    assert sorted(store.pairs()) == [("p1", "p3"), ("p3", "p1"), ("p3", "p4")]


def test_each_coordinator_has_their_own_line_for_a_pair(connection: Connection) -> None:
    store = Blocks(connection)
    store.add(Block("b1", ordered("p2", "p1"), "p3", NOW))
    store.add(Block("b2", ordered("p1", "p2"), "p4", NOW))
    mine = store.of("p2", "p1", by="p3")
    assert mine is not None
    assert (mine.id, mine.people) == ("b1", ("p1", "p2"))
    assert store.pairs() == [("p1", "p2")]
    store.drop("b1")
    assert store.pairs() == [("p1", "p2")]
    assert [one.id for one in store.all()] == ["b2"]
    assert store.all(by="p3") == []
    assert store.get("b1") is None


def test_a_block_follows_the_person_to_whom_an_account_turns_out_to_belong(connection: Connection) -> None:
    store = Blocks(connection)
    store.add(Block("b1", ("p2", "p3"), "p4", NOW))
    store.add(Block("b2", ("p1", "p3"), "p4", NOW))
    store.add(Block("b3", ("p1", "p2"), "p4", NOW))
    store.add(Block("b4", ("p3", "p4"), "p2", NOW))
    store.fold("p2", to="p1")
    assert sorted((one.people, one.by) for one in store.all()) == [(("p1", "p3"), "p4"), (("p3", "p4"), "p1")]
