"""Who is saved is found by their key, and nobody who refers to them is looked at."""

from datetime import UTC, datetime

import pytest

from flows.people import Account, Participant, Profile, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.database import Database
from storage.sealing import Keyring
from storage.store import Store
from tests.handlers.statements import statements

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_key_is_written_again(database: Database, keyring: Keyring) -> None:
    with database.transaction() as connection:
        store = Store(connection, keyring)
        cohort = Cohort("c", "pr", "Spring", CohortState.OPEN, NOW.date())
        store.programmes.add(Programme("pr", "Spring", Design(), "nobody", NOW), cohort)
        person = store.people.meet(Account("slack", "T1", "U1"), Profile("Ines", "UTC", "en"), "ines")
        place = Participant("place", "c", "ines", Standing.JOINED)
        store.participants.add(place, source="command", at=NOW)
        with statements() as seen:
            store.people.save(person)
            store.participants.save(place)
        saved = [_written(statement) for statement in seen]
        assert all("id" not in columns and len(columns) > 5 for columns in saved)
        assert saved[1].isdisjoint({"cohort", "person"})


def _written(statement: str) -> set[str]:
    columns, _, _ = statement.partition(" SET ")[2].partition(" WHERE ")
    return {one.partition("=")[0].strip(' "') for one in columns.split(",")}
