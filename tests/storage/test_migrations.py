"""The steps lead to the tables as they are in the code."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.migrating import NewerSchema, migrate
from storage.database import Database
from storage.tables import metadata


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'empty.db'}")


def test_an_empty_file_becomes_what_the_code_expects(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    empty.close()


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    assert migrate(empty) == migrate(empty)
    empty.close()


def test_a_database_of_a_newer_version_is_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        migrate(empty)
    empty.close()
