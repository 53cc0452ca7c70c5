"""A real SQLite file for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.sealing import Keyring
from storage.tables import metadata

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database with all tables."""
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    with database.transaction() as connection:
        metadata.create_all(connection)
    yield database
    database.close()


@pytest.fixture
def keyring() -> Keyring:
    """One key, and a nonce that is good enough for a test."""
    nonces = iter(range(1_000_000))
    return Keyring((KEY,), lambda: next(nonces).to_bytes(12, "big"))
