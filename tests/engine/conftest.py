"""Fleets on both databases, and the seed of a run."""

import random
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.migrating import migrate
from storage.database import open_database
from tests.engine.company import settle_in
from tests.engine.fleet import KEY, Fleet, fleet_on
from tests.engine.history import remember


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables, people and pairs."""
    file = tmp_path_factory.mktemp("engine") / "furnished.db"
    furnish(f"sqlite:///{file}")
    return file


def furnish(url: str) -> None:
    """Tables, people and pairs in an empty database."""
    database = open_database(url)
    try:
        migrate(database)
        with database.transaction() as connection:
            settle_in(connection, KEY)
            remember(connection)
    finally:
        database.close()


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be played again: the seed stands in what a failed test says."""
    given = request.config.getoption("--seed")
    seed = given if given is not None else random.SystemRandom().randrange(10**6)
    print(f"to play this run again: --seed {seed}")
    return random.Random(seed)


@pytest.fixture
async def alone(furnished: Path, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A fleet of one ship: on SQLite."""
    file = tmp_path / "alongside.db"
    shutil.copy(furnished, file)
    async with fleet_on(f"sqlite:///{file}", tmp_path) as made:
        yield made


@pytest.fixture
async def fleet(alone: Fleet) -> Fleet:
    """A fleet on each database."""
    return alone
