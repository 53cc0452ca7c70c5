"""A process is told to end while it works: what is under way is finished, and the rest is left to the next."""

import asyncio
import shutil
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.playground.company import COMPANY
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from bot.sender import IN_FLIGHT, WORTH_A_LOOK
from bot.slack.send import opaque
from bot.world import World
from flows.voice.message import Kind, Post
from storage.database import Database, open_database
from storage.outbox import Outbox, State
from tests.bot.served import MOST_SECONDS, Gate, begun, played, serving, settled
from tests.engine.company import letters
from tests.engine.fleet import until
from tests.engine.ledger import copies

MOST_MEMORY = 130_000
"""Kilobytes."""
PRESSING = 50
"""Gestures in flight when the signal comes."""
HELD = IN_FLIGHT - WORTH_A_LOOK + 1
"""Calls that the workspace has not answered when the signal comes: so many that nothing more is claimed meanwhile."""
REST = 4
"""Messages for the next process. Each opens a conversation, at the pace that is set for that: more would wait long."""


@pytest.fixture
def gate() -> Gate:
    """Shut."""
    return Gate()


@pytest.fixture
async def workspace(gate: Gate) -> AsyncIterator[Workspace]:
    """A strict workspace in real time."""
    async with played(gate) as workspace:
        yield workspace


@pytest.fixture
def settled_in(database_url: str) -> str:
    """A database with people and pairs."""
    settled(database_url)
    return database_url


def put(url: str, number: int) -> Sequence[Post]:
    """So many answers to people, due now."""
    posts = list(letters(number, kinds=(Kind.ANSWER,), pairs=0))
    database = open_database(url)
    with database.guarded() as connection:
        Outbox(connection).put(*posts, now=World().now())
    database.close()
    return posts


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
    workspace: Workspace, gate: Gate, settled_in: str, tmp_path: Path
) -> None:
    posts = put(settled_in, IN_FLIGHT + REST)
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.LATE), times=HELD)
    acknowledged: list[str] = []
    failed: list[int] = []

    async with serving(workspace, settled_in, tmp_path / "first.log") as first:
        people = [Person(workspace, member.id) for member in islice(cycle(COMPANY.members), PRESSING)]
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
    assert left[State.QUEUED] == REST
    database.close()

    async with serving(workspace, settled_in, tmp_path / "second.log") as second:
        await workspace.until(lambda: sum(copies(workspace).values()) >= len(posts), seconds=60)
        assert await second.ended() == 0
    assert copies(workspace) == Counter(opaque(post.key) for post in posts)
    database = open_database(settled_in)
    assert states(database) == {State.SENT: len(posts)}
    database.close()


async def test_a_call_that_hangs_is_cut_off_and_a_press_meanwhile_is_still_taken(
    workspace: Workspace, tmp_path: Path, sqlite_template: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'alongside.db')}"
    settled(url)
    put(url, HELD)
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.SILENT), times=HELD)

    async with serving(workspace, url, tmp_path / "log") as served:
        await workspace.until(lambda: sum(copies(workspace).values()) >= HELD, seconds=MOST_SECONDS)
        ending = asyncio.create_task(served.ended())
        while (await served.ready())[1]["draining"] == "ok":
            pass
        pressed = (await Person(workspace, COMPANY.members[0].id).asks("/mentor", "help")).delivery
        assert pressed is not None
        assert pressed.taken
        assert await ending == 0

    database = open_database(url)
    # Nobody knows whether these arrived, so the next process asks; nothing was given up and nothing forgotten.
    assert states(database) == {State.SENDING: HELD}
    database.close()


async def test_a_process_that_is_told_while_it_starts_ends_as_cleanly(
    workspace: Workspace, gate: Gate, tmp_path: Path
) -> None:
    workspace.faults.on("auth.test", Fault(trouble=Trouble.LATE))
    async with begun(workspace, f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "log") as process:
        await until(lambda: gate.waiting, seconds=MOST_SECONDS, what="the process to ask who it is")
        process.send_signal(signal.SIGTERM)
        gate.opened.set()
        assert await asyncio.wait_for(process.wait(), MOST_SECONDS) == 0


async def test_what_cannot_end_by_itself_is_ended(workspace: Workspace, tmp_path: Path) -> None:
    stuck = ("-m", "tests.bot.stuck")
    async with serving(workspace, f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "log", program=stuck) as served:
        assert await served.ended() == -signal.SIGALRM


async def test_when_ready_it_is_small_and_an_idle_one_ends_at_once(
    workspace: Workspace, settled_in: str, tmp_path: Path
) -> None:
    async with serving(workspace, settled_in, tmp_path / "log") as served:
        await served.until_ready()
        print(f"ready with {served.memory / 1000:.0f} MB")
        assert served.memory < MOST_MEMORY
        began = time.monotonic()
        assert await served.ended(signal.SIGINT) == 0
        assert time.monotonic() - began < 10
