"""What the directory tells of people, and of whom nothing is kept."""

from dataclasses import replace
from datetime import UTC, datetime

from flows.people import Account, Profile
from handlers.inbound import AccountChanged, Asked, Inbound, Place
from handlers.router import dispatch
from storage.store import Store
from tests.handlers.stage import Stage
from tests.written_down import everybody

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def told(stage: Stage, key: str, account: Account, profile: Profile) -> None:
    """The directory says something of an account."""
    dispatch(Inbound(key, account, AccountChanged(profile), Place.PRIVATE, NOON), stage.kit)


def test_nobody_is_written_down_who_never_came_here(stage: Stage) -> None:
    told(stage, "e1", Account("slack", "T1", "U0STRANGER"), Profile("Sam Lind", "Europe/Oslo", "nb"))

    with stage.database.transaction() as connection:
        assert everybody(connection) == []


def test_whom_we_know_is_called_by_their_new_name(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    with stage.database.transaction() as connection:
        (known,) = everybody(connection)

    told(stage, "e1", known.account, Profile("Ines Duarte Lopes", "Asia/Tokyo", "ja", title="Lead analyst"))

    with stage.database.transaction() as connection:
        (renamed,) = everybody(connection)
    assert (renamed.name, renamed.title) == ("Ines Duarte Lopes", "Lead analyst")
    assert renamed.zone == known.zone


def test_an_account_that_opens_again_is_looked_at(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    with stage.database.transaction() as connection:
        (known,) = everybody(connection)
    told(stage, "e1", known.account, Profile("Ines Duarte", "Europe/Lisbon", "pt", active=False))

    told(stage, "e2", known.account, Profile("Ines Duarte", "Europe/Lisbon", "pt"))

    with stage.database.transaction() as connection:
        due = Store(connection, stage.kit.keyring).schedule.claim(stage.now, {"person"}, 10)
    assert [one.subject for one in due] == [f"person:{known.id}"]


def test_whom_the_directory_did_not_tell_at_first_keeps_no_made_up_zone(stage: Stage) -> None:
    account = Account("slack", "T1", "U0INES")
    help_wanted = Inbound("c1", account, Asked("mentor", "help"), Place.PRIVATE, NOON)
    dispatch(help_wanted, stage.kit)
    profile = Profile("Ines Duarte", "Asia/Tokyo", "ja")
    dispatch(replace(help_wanted, id="c2", profile=profile), stage.kit)

    with stage.database.transaction() as connection:
        (known,) = everybody(connection)
    assert (known.name, known.zone, known.locale) == ("Ines Duarte", "Asia/Tokyo", "ja")


def test_an_address_is_kept_until_another_one_is_told(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    profile = Profile("Ines Duarte", "Europe/Lisbon", "pt")
    told(stage, "e1", ines.account, replace(profile, email="ines@example.org"))
    told(stage, "e2", ines.account, profile)
    assert ines.me.email == "ines@example.org"
    assert "example.org" not in repr(ines.me)

    told(stage, "e3", ines.account, replace(profile, email="ines.duarte@example.org"))
    assert ines.me.email == "ines.duarte@example.org"
