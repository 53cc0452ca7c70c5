"""Fleets on both databases, and the seed of a run."""

import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.database import open_database
from tests.engine.company import settle_in
from tests.engine.fleet import KEY, TEMPO, Fleet, fleet_on
from tests.engine.history import remember
from tests.postgres import Databases, Server


@asynccontextmanager
async def furnished(url: str, folder: Path, *, scale: float = TEMPO) -> AsyncIterator[Fleet]:
    """A fleet on a database with people and pairs in it."""
    database = open_database(url, durable=False)
    try:
        with database.transaction() as connection:
            settle_in(connection, KEY)
            remember(connection)
    finally:
        database.close()
    async with fleet_on(url, folder, scale=scale) as made:
        yield made


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be played again: the seed stands in what a failed test says."""
    given = request.config.getoption("--seed")
    seed = given if given is not None else random.SystemRandom().randrange(10**6)
    print(f"to play this run again: --seed {seed}")
    return random.Random(seed)


@pytest.fixture
async def alone(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A fleet on SQLite: of one worker at a time."""
    file = tmp_path / "alongside.db"
    shutil.copy(sqlite_template, file)
    async with furnished(f"sqlite:///{file}", tmp_path) as made:
        yield made


@pytest.fixture
async def replicas(postgres: Databases, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A fleet on PostgreSQL: of as many workers as there are."""
    url = postgres.new()
    async with furnished(url, tmp_path) as made:
        yield made
    postgres.drop(url)


@pytest.fixture(params=["alone", "replicas"])
def fleet(request: pytest.FixtureRequest) -> Fleet:
    """A fleet on each database."""
    made: Fleet = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def durable() -> Iterator[Server]:
    """A PostgreSQL of the test's own that keeps every commit, as in production."""
    server = Server(fsync=True)
    server.start()
    yield server
    server.close()


@pytest.fixture
async def surviving(durable: Server, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A fleet on that server."""
    databases = Databases(durable.url)
    async with furnished(databases.new(), tmp_path) as made:
        yield made
