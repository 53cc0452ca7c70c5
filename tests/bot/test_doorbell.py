"""The doorbell rings in every process on one PostgreSQL, and is mended when its connection breaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.doorbell import Doorbell
from storage.database import Database, open_database
from tests.postgres import Databases, connect


class Bell:
    """Counts how often it was rung."""

    def __init__(self) -> None:
        self.rung = 0
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Once more."""
        self.rung += 1
        self._next.set()

    async def next(self) -> None:
        """Wait until it rings."""
        async with asyncio.timeout(20):
            await self._next.wait()
        self._next.clear()


async def no_time_passes(_: float) -> None:
    await asyncio.sleep(0)


@pytest.fixture
def url(postgres: Databases) -> str:
    """A database for two processes."""
    return postgres.new()


@asynccontextmanager
async def process(url: str) -> AsyncIterator[tuple[Database, Doorbell, Bell]]:
    """One that listens."""
    database, bell = open_database(url), Bell()
    doorbell = Doorbell(database, bell.ring, no_time_passes)
    serving = asyncio.create_task(doorbell.serve())
    await bell.next()  # whoever begins to listen looks once: something may have been put just before
    yield database, doorbell, bell
    serving.cancel()
    await asyncio.wait({serving})
    database.close()


async def test_what_one_process_puts_rings_at_the_other(url: str) -> None:
    async with process(url) as (_, here, _), process(url) as (_, _, there):
        here.tell()
        await there.next()


async def test_a_doorbell_whose_connection_broke_rings_again(url: str) -> None:
    async with process(url) as (_, here, bell):
        with connect(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        await bell.next()
        here.tell()
        await bell.next()
