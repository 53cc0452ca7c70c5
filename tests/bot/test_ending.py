"""A process is told to end while it works: what is under way is finished, and the rest is left to the next."""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot.playground import server
from bot.playground.company import COMPANY
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.slack.send import opaque
from bot.world import World
from flows.voice.message import Kind
from storage.database import Database, open_database
from storage.outbox import Outbox, State
from tests.engine.company import letters, settle_in
from tests.engine.ledger import copies

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
MOST_SECONDS = 30.0
MOST_MEMORY = 130_000
"""Kilobytes."""
HELD = 5
"""Calls that the workspace has taken and not answered when the signal comes."""


@dataclass(slots=True)
class Served:
    """`alongside serve` in a process of its own."""

    process: asyncio.subprocess.Process
    address: str

    async def ready(self) -> tuple[int, dict[str, str]]:
        """What /readyz says."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}/readyz") as answer:
            return answer.status, (await answer.json())["checks"]

    async def until_ready(self) -> None:
        """Wait until it takes work."""
        async with asyncio.timeout(MOST_SECONDS):
            while (await self.ready())[0] != 200:  # noqa: ASYNC110 - nobody tells us what another process does
                await asyncio.sleep(0.05)

    @property
    def memory(self) -> int:
        """Resident, in kilobytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:")))


@asynccontextmanager
async def serving(workspace: Workspace, url: str) -> AsyncIterator[Served]:
    """A process that serves this workspace on this database, until it has ended."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "PORT": "0",
        "SLACK_BOT_TOKEN": workspace.token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "MENTOR_KEYS": KEY,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        assert process.stderr is not None
        line = json.loads(await asyncio.wait_for(process.stderr.readline(), MOST_SECONDS))
        assert line["event"] == "serving", line
        served = Served(process, f"http://{line['address']}")
        workspace.app_url = f"{served.address}/slack/events"
        yield served
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@dataclass(slots=True)
class Gate:
    """Where calls with the fault LATE wait until it is opened."""

    waiting: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, _: float) -> None:
        """One call more."""
        self.waiting += 1
        await self.opened.wait()


@pytest.fixture
def gate() -> Gate:
    """Shut."""
    return Gate()


@pytest.fixture
async def workspace(gate: Gate) -> AsyncIterator[Workspace]:
    """A strict workspace in real time."""
    world = World()
    times = Times(now=world.now, real=time.time, limits=time.time, sleep=gate.wait)
    made = Workspace(company=COMPANY, times=times, new_id=world.new_id, ack_seconds=10)
    playing = await server.serve(made)
    yield made
    await playing.stop()


@pytest.fixture
def settled_in(database_url: str) -> str:
    """A database with people and pairs."""
    database = open_database(database_url)
    with database.transaction() as connection:
        settle_in(connection, KEY)
    database.close()
    return database_url


def states(database: Database) -> Counter[str]:
    """How many messages are in each state."""
    with database.guarded() as connection:
        return Counter({str(state): count for state, count in Outbox(connection).counts("").items()})


def gestures_stored(database: Database) -> int:
    """How many gestures were ever taken."""
    with database.guarded() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())


async def press_on(person: Person, acknowledged: list[str], failed: list[int]) -> None:
    """Ask for help over and over, until nobody listens any more."""
    while True:
        delivery = (await person.asks("/mentor", "help")).delivery
        assert delivery is not None
        if delivery.reason == "connection_failed":
            return
        (acknowledged.append(person.id) if delivery.taken else failed.append(delivery.status))


async def test_under_load_it_ends_in_time_and_the_next_process_goes_on(
    workspace: Workspace, gate: Gate, settled_in: str
) -> None:
    database = open_database(settled_in)
    with database.transaction() as connection:
        posts = list(letters(24, kinds=(Kind.ANSWER,), pairs=0))
        Outbox(connection).put(*posts, now=World().now())
    database.close()
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.LATE), times=HELD)
    acknowledged: list[str] = []
    failed: list[int] = []

    async with serving(workspace, settled_in) as first:
        people = [Person(workspace, member.id) for member in COMPANY.members[:8]]
        pressing = [asyncio.create_task(press_on(person, acknowledged, failed)) for person in people]
        await workspace.until(lambda: gate.waiting >= HELD, seconds=MOST_SECONDS)
        first.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        while (await first.ready())[1]["draining"] == "ok":
            first.process.send_signal(signal.SIGTERM)
        gate.opened.set()
        status = await asyncio.wait_for(first.process.wait(), MOST_SECONDS)
        took = time.monotonic() - began
        await asyncio.gather(*pressing)

    assert status == 0
    assert failed == []
    database = open_database(settled_in)
    stored, left = gestures_stored(database), states(database)
    print(f"ended in {took:.1f} s; {len(acknowledged)} gestures acknowledged, {stored} stored; {dict(left)}")
    assert 0 < len(acknowledged) <= stored
    assert left.keys() <= {State.QUEUED, State.SENT}
    assert left[State.SENT] == sum(copies(workspace).values()) >= HELD
    assert left[State.QUEUED] > 0
    database.close()

    async with serving(workspace, settled_in) as second:
        await workspace.until(lambda: sum(copies(workspace).values()) >= len(posts), seconds=60)
        second.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.process.wait(), MOST_SECONDS) == 0
    assert copies(workspace) == Counter(opaque(post.key) for post in posts)
    database = open_database(settled_in)
    assert states(database) == {State.SENT: len(posts)}
    database.close()


async def test_when_ready_it_is_small_and_an_idle_one_ends_at_once(workspace: Workspace, settled_in: str) -> None:
    async with serving(workspace, settled_in) as served:
        await served.until_ready()
        print(f"ready with {served.memory / 1000:.0f} MB")
        assert served.memory < MOST_MEMORY
        served.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert await asyncio.wait_for(served.process.wait(), MOST_SECONDS) == 0
        assert time.monotonic() - began < 10
