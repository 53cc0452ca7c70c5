"""`alongside serve` over Socket Mode, in processes of their own: stopped under load, and killed beside another one."""

import asyncio
from collections.abc import AsyncIterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.playground.company import COMPANY
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from storage.database import open_database
from tests.bot.served import MOST_SECONDS, Gate, played, said, serving, settled
from tests.postgres import Databases

PRESSING = 40
"""People who ask at the same time."""


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A strict workspace in real time, with Socket Mode on."""
    async with played(Gate()) as workspace:
        workspace.sockets.on = True
        yield workspace


async def asks_on(person: Person, enough: asyncio.Event, outcomes: list[str]) -> None:
    """Ask for help over and over; what became of each: "", or why no acknowledgement came."""
    while not enough.is_set():
        delivery = (await person.asks("/mentor", "help")).delivery
        assert delivery is not None
        outcomes.append(delivery.reason)
        # Where nobody listens an act fails without waiting for anything.
        await asyncio.sleep(0)


def stored(url: str) -> int:
    """How many gestures were ever taken."""
    database = open_database(url)
    with database.transaction() as connection:
        count = int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())
    database.close()
    return count


async def connected(workspace: Workspace, number: int) -> None:
    """Until that many connections are open."""
    await workspace.until(lambda: len(workspace.sockets.connections) == number, seconds=MOST_SECONDS)


async def test_a_stop_under_load_acknowledges_what_it_stored_and_stores_nothing_else(
    workspace: Workspace, database_url: str, tmp_path: Path
) -> None:
    settled(database_url)
    outcomes: list[str] = []
    enough = asyncio.Event()
    async with serving(workspace, database_url, tmp_path / "log") as served:
        await connected(workspace, 2)
        await served.until_ready()
        people = [Person(workspace, member.id) for member in islice(cycle(COMPANY.members), PRESSING)]
        asking = [asyncio.create_task(asks_on(person, enough, outcomes)) for person in people]
        await workspace.until(lambda: len(outcomes) >= 3 * PRESSING, seconds=MOST_SECONDS)
        ending = asyncio.create_task(served.ended())
        await workspace.until(lambda: not workspace.sockets.connections, seconds=MOST_SECONDS)
        enough.set()
        assert await ending == 0
        await asyncio.gather(*asking)

    acknowledged = outcomes.count("")
    assert set(outcomes) <= {"", "connection_failed"}
    assert stored(database_url) == acknowledged
    assert workspace.refused == []
    assert all("xapp-" not in str(line) and "ticket" not in str(line) for line in said(tmp_path / "log"))


async def test_when_one_of_two_replicas_is_killed_the_other_takes_everything(
    workspace: Workspace, postgres: Databases, tmp_path: Path
) -> None:
    url = postgres.new()
    settled(url)
    outcomes: list[str] = []
    enough = asyncio.Event()
    async with (
        serving(workspace, url, tmp_path / "one.log") as one,
        serving(workspace, url, tmp_path / "two.log"),
    ):
        await connected(workspace, 4)
        people = [Person(workspace, member.id) for member in islice(cycle(COMPANY.members), PRESSING)]
        asking = [asyncio.create_task(asks_on(person, enough, outcomes)) for person in people]
        await workspace.until(lambda: len(outcomes) >= 2 * PRESSING, seconds=MOST_SECONDS)
        one.process.kill()
        await connected(workspace, 2)
        before = len(outcomes)
        await workspace.until(lambda: len(outcomes) >= before + 2 * PRESSING, seconds=MOST_SECONDS)
        enough.set()
        await asyncio.gather(*asking)

    lost = [reason for reason in outcomes if reason]
    assert set(lost) <= {"connection_failed"}
    assert len(lost) <= PRESSING, "only what was under way over the connections that died"
    assert outcomes.count("") <= stored(url) <= len(outcomes)
    assert workspace.refused == []
    postgres.drop(url)
