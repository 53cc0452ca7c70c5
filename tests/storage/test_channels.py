"""Where the bot may speak is kept a workspace and a team at a time."""

from collections.abc import Callable

import pytest

from flows.channels import Channel
from flows.people import Account
from handlers.inbound import Places
from handlers.placing import learn
from storage.channels import Channels
from storage.database import Database
from storage.sealing import Keyring
from storage.store import Store

US = Account("teams", "tenant-1", "")
OTHERS = Account("teams", "tenant-2", "")


def channel(name: str, group: str = "t1", group_name: str = "Harbour") -> Channel:
    return Channel(f"id of {name or group}", f"conversation of {name or group}", name, group, group_name)


Learn = Callable[..., None]


@pytest.fixture
def learns(database: Database, keyring: Keyring) -> Learn:
    def put(places: Places, at: Account = US) -> None:
        with database.transaction() as connection:
            learn(at, places, Store(connection, keyring))

    return put


def known(database: Database, at: Account = US) -> list[tuple[str, str]]:
    with database.transaction() as connection:
        found = Channels(connection).of(at.platform, at.workspace)
        return [(one.group_name, one.name) for one in found]


def test_a_whole_list_takes_the_place_of_what_was_known_of_that_team_alone(database: Database, learns: Learn) -> None:
    learns(Places("t1", "Harbour", (channel(""), channel("old")), whole=True))
    learns(Places("t2", "Product", (channel("", "t2"),), whole=True))
    learns(Places("t1", "Harbour", (channel(""),)), at=OTHERS)
    learns(Places("t1", "Harbour", (channel("new"), channel("")), whole=True))
    assert known(database) == [("Harbour", ""), ("Harbour", "new"), ("Product", "")]
    assert known(database, OTHERS) == [("Harbour", "")]


def test_channels_come_go_and_are_called_otherwise(database: Database, learns: Learn) -> None:
    learns(Places("t1", "Harbour", (channel(""), channel("plans")), whole=True))
    learns(Places("t1", channels=(channel("ideas", group_name=""),)))
    assert known(database) == [("Harbour", ""), ("Harbour", "ideas"), ("Harbour", "plans")]
    learns(Places("t1", channels=(Channel("id of ideas", "elsewhere", "Good ideas", "t1", ""),)))
    learns(Places("t1", gone=("id of plans", "id of nothing")))
    assert known(database) == [("Harbour", ""), ("Harbour", "Good ideas")]
    learns(Places("t1", "Harbour & Co"))
    assert known(database) == [("Harbour & Co", ""), ("Harbour & Co", "Good ideas")]
    learns(Places("t1", whole=True))
    assert known(database) == []


def test_a_channel_of_a_team_that_nobody_has_named_yet_is_kept(database: Database, learns: Learn) -> None:
    learns(Places("t1", channels=(channel("ideas", group_name=""),)))
    assert known(database) == [("", "ideas")]
    learns(Places("t1", "Harbour", (channel(""), channel("ideas")), whole=True))
    assert known(database) == [("Harbour", ""), ("Harbour", "ideas")]
