"""Where somebody stands is found without a look at everybody else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.database import Database
from storage.sealing import Keyring
from storage.store import Store

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
MANY = 3_000


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """One transaction for all of a test."""
    with database.transaction() as connection:
        yield connection


@pytest.fixture
def store(connection: Connection, keyring: Keyring) -> Store:
    """Mira is matched with Ines; matches with Joao and Rui are over."""
    store = Store(connection, keyring)
    cohort = Cohort("c1", "p1", "Spring", CohortState.RUNNING, date(2027, 3, 1))
    store.programmes.add(Programme("p1", "Spring", Design(), "nobody", NOW), cohort)
    for name in ("mira", "ines", "joao", "rui"):
        store.people.meet(Account("slack", "T1", name), Profile(name.title(), "UTC", "en"), name)
        place = Participant(name, "c1", name, Standing.JOINED, frozenset({Role.MENTEE}), capacity=1, joined_at=NOW)
        store.participants.add(place, source="command", at=NOW)
    for state, mentee in zip(MatchState, ("ines", "joao", "rui"), strict=True):
        members = (Member("mira", "mira", Role.MENTOR), Member(mentee, mentee, Role.MENTEE))
        store.matches.add(Match(mentee, "c1", state, members, NOW.date(), NOW.date() + timedelta(weeks=12)))
    return store


def test_a_match_that_is_over_is_not_shown(store: Store) -> None:
    (pair,) = store.overviews.of("mira").pairs
    assert [partner.name for partner in pair.partners] == ["Ines"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_before_postgresql_has_counted_its_rows_the_matches_of_others_are_not_gone_through(
    store: Store, connection: Connection
) -> None:
    multiply(connection, "people", "ines", id="i", user="i")
    multiply(connection, "participants", "ines", id="i", person="i")
    multiply(connection, "matches", "ines", id="i")
    multiply(connection, "match_members", "ines", match="i", person="i", participant="i")
    read = text("SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables WHERE relname LIKE 'match%'")
    before = connection.execute(read).scalar_one()

    assert store.overviews.of("mira").pairs

    assert connection.execute(read).scalar_one() - before < 100


def multiply(connection: Connection, table: str, like: str, **columns: str) -> None:
    """Many rows like one of that person's, numbered in the named columns."""
    of = "person" if "person" in columns else "id"
    changed = ", ".join(f"'{column}', '{prefix}' || n" for column, prefix in columns.items())
    connection.execute(
        text(
            f"INSERT INTO {table} SELECT (jsonb_populate_record({table}, jsonb_build_object({changed}))).* "  # noqa: S608 - names of our own
            f"FROM {table}, generate_series(1, {MANY}) n WHERE {of} = '{like}'"
        )
    )
