"""What a company says of its people is found by their address or any account of theirs, also before they come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from flows.facts import NOTHING, Known, Word
from flows.people import Account, Profile
from storage.accounts import Accounts
from storage.database import Database
from storage.facts import Facts, name_of
from storage.people import People

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
INES, VERA = Account("slack", "T1", "U1"), Account("teams", "tenant", "7faf4dfe")
LISBON = Known("vera@example.org", (), "Data", "Lisbon", 4, date(2026, 9, 1), brought_by="olga")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.transaction() as connection:
        yield connection


def meet(connection: Connection, account: Account, email: str, person: str) -> None:
    People(connection).meet(account, Profile(person, "Europe/Lisbon", "pt", email=email), person)


def bring(connection: Connection, told: dict[str, Known], *, at: datetime = NOW) -> None:
    Facts(connection).keep(told, source="i1", by="olga", at=at)


def test_what_is_told_of_somebody_takes_effect_when_they_come(connection: Connection) -> None:
    bring(connection, {"ines@example.org": LISBON})
    assert Facts(connection).get("ines") == NOTHING
    meet(connection, INES, "Ines@Example.org", "ines")
    assert Facts(connection).get("ines") == LISBON


def test_a_manager_is_found_among_those_who_are_asked_for_by_any_of_their_names(connection: Connection) -> None:
    bring(connection, {"ines@example.org": LISBON})
    meet(connection, INES, "ines@example.org", "ines")
    meet(connection, VERA, "vera@example.org", "vera")
    meet(connection, Account("slack", "T1", "U2"), "vera@example.org", "vera too")
    facts = Facts(connection)
    assert facts.of(["ines", "vera", "vera too"])["ines"].managers == ("vera", "vera too")
    assert facts.of(["ines"])["ines"].managers == ()
    assert facts.of(["vera"]) == {"vera": NOTHING}
    assert facts.of([]) == {}
    assert facts.who_is("vera@example.org") == ["vera", "vera too"]


def test_of_two_names_of_one_person_the_newer_counts_field_by_field(connection: Connection) -> None:
    meet(connection, INES, "ines@example.org", "ines")
    meet(connection, VERA, "", "stray")
    Accounts(connection, b"secret").fold(People(connection).get("stray"), to="ines")
    bring(connection, {name_of(VERA): Known(site="Porto", level=5)}, at=NOW + timedelta(days=1))
    bring(connection, {"ines@example.org": LISBON})
    known = Facts(connection).get("ines")
    assert (known.site, known.level, known.department, known.manager) == ("Porto", 5, "Data", "vera@example.org")


def test_what_is_brought_again_takes_the_place_of_what_was_there(connection: Connection) -> None:
    facts = Facts(connection)
    bring(connection, {"a@example.org": LISBON, "b@example.org": LISBON})
    bring(connection, {"a@example.org": Known(site="Porto")})
    facts.remove(["b@example.org", "c@example.org"])
    assert facts.all() == {"a@example.org": Known(site="Porto", brought_by="olga")}


def test_the_word_of_a_person_stands_at_what_is_said_of_them_alone(connection: Connection) -> None:
    facts = Facts(connection)
    meet(connection, INES, "ines@example.org", "ines")
    meet(connection, VERA, "vera@example.org", "vera")
    bring(connection, {"ines@example.org": LISBON, "vera@example.org": LISBON})
    facts.note_word("ines", Word.RIGHT, NOW)
    assert (facts.get("ines").word, facts.get("vera").word) == (Word.RIGHT, Word.NOT_ASKED)
