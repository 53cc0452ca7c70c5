"""The steps lead to the tables as they are in the code."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from bot.migrating import migrate
from bot.schema import NewerSchema, config, unbound
from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.database import Database, open_database
from storage.sealing import Keyring
from storage.store import Store
from storage.tables import match_members, metadata, people


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = request.getfixturevalue("postgres").empty()
    database = open_database(url)
    yield database
    database.close()


def test_an_empty_database_becomes_what_the_code_expects(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    assert migrate(empty) == migrate(empty)


def test_a_database_of_a_newer_version_is_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        migrate(empty)


def test_every_step_since_the_season_can_be_taken_back_and_made_again(empty: Database, keyring: Keyring) -> None:
    migrate(empty)
    with empty.transaction() as connection:
        _a_circle(Store(connection, keyring))
        before = connection.execute(select(match_members)).all()
        assert (before[0].role, connection.scalar(select(people.c.address))) == (
            Role.FACILITATOR,
            "øystein@example.org",
        )
    with unbound(empty.engine), empty.engine.begin() as connection:
        command.downgrade(config(connection), "0008")
    migrate(empty)
    with empty.transaction() as connection:
        assert connection.execute(select(match_members)).all() == before
        assert connection.scalar(select(people.c.address)) == "øystein@example.org"


def _a_circle(store: Store) -> None:
    """Somebody facilitates, and is known by an address with letters beyond ASCII."""
    now = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    cohort = Cohort("co", "pr", "Circles", CohortState.RUNNING, now.date())
    store.programmes.add(Programme("pr", "Circles", Design(), "", now), cohort)
    store.people.meet(Account("slack", "T1", "U1"), Profile("Øystein", "", "", email="Øystein@Example.org"), "ø")
    store.participants.add(Participant("pa", "co", "ø", Standing.JOINED), source="command", at=now)
    member = Member("ø", "pa", Role.FACILITATOR)
    store.matches.add(Match("ma", "co", MatchState.ACTIVE, (member,), now.date(), now.date()))


def test_processes_that_start_together_migrate_one_after_the_other(empty: Database) -> None:
    started = [empty.submit(partial(migrate, empty)) for _ in range(3)]
    assert len({one.result() for one in started}) == 1
