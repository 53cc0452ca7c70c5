"""Real databases of both kinds."""

from collections.abc import Iterator

import pytest

from storage.database import Database, open_database
from storage.sealing import Keyring

KEY = bytes(range(32))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with all tables."""
    database = open_database(database_url, durable=False)
    yield database
    database.close()


@pytest.fixture
def keyring() -> Keyring:
    """One key, and a nonce that is good enough for a test."""
    nonces = iter(range(1_000_000))
    return Keyring((KEY,), lambda: next(nonces).to_bytes(12, "big"))
