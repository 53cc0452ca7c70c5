"""The steps lead to the tables as they are in the code."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.migrating import migrate
from bot.schema import NewerSchema
from storage.database import Database, open_database
from storage.tables import metadata


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


def test_processes_that_start_together_migrate_one_after_the_other(empty: Database) -> None:
    started = [empty.submit(partial(migrate, empty)) for _ in range(3)]
    assert len({one.result() for one in started}) == 1
