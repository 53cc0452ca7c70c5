"""`alongside serve` in a process of its own, beside a strict workspace in real time."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.playground import server
from bot.playground.company import COMPANY
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.world import World
from storage.database import open_database
from tests.engine.company import settle_in

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
MOST_SECONDS = 30.0
SERVE = ("-m", "bot", "serve")


@dataclass(slots=True)
class Gate:
    """Where calls with the fault LATE wait until it is opened."""

    waiting: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, _: float) -> None:
        """One call more."""
        self.waiting += 1
        await self.opened.wait()


@dataclass(slots=True)
class Served:
    """The process, where it listens, and the file with what it says."""

    process: asyncio.subprocess.Process
    address: str
    log: Path

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

    async def ended(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit status after a signal."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), MOST_SECONDS)


@asynccontextmanager
async def begun(
    workspace: Workspace, url: str, log: Path, *, program: Sequence[str] = SERVE
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that is to serve this workspace on this database; it is gone when this is left."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "PORT": "0",
        "SLACK_BOT_TOKEN": workspace.token,
        "SLACK_API_URL": workspace.api_url,
        "MENTOR_KEYS": KEY,
    }
    if workspace.sockets.on:
        environment["SLACK_APP_TOKEN"] = workspace.app_token
    else:
        environment["SLACK_SIGNING_SECRET"] = workspace.signing_secret
    with log.open("wb") as words:
        process = await asyncio.create_subprocess_exec(sys.executable, *program, env=environment, stderr=words)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@asynccontextmanager
async def serving(
    workspace: Workspace, url: str, log: Path, *, program: Sequence[str] = SERVE
) -> AsyncIterator[Served]:
    """The same, once it takes gestures."""
    async with begun(workspace, url, log, program=program) as process:
        address = await asyncio.wait_for(_address(log, process), MOST_SECONDS)
        workspace.app_url = f"{address}/slack/events"
        yield Served(process, address, log)


def said(log: Path) -> list[dict[str, str]]:
    """What a process has written so far, line by line."""
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{") and line.endswith("}")]


async def _address(log: Path, process: asyncio.subprocess.Process) -> str:
    """Where it says that it listens."""
    while True:
        lines = said(log)
        for line in lines:
            if line["event"] == "serving":
                return f"http://{line['address']}"
        assert process.returncode is None, lines
        await asyncio.sleep(0.05)


@asynccontextmanager
async def played(gate: Gate) -> AsyncIterator[Workspace]:
    """A strict workspace in real time."""
    world = World()
    times = Times(now=world.now, real=time.time, limits=time.time, sleep=gate.wait)
    made = Workspace(company=COMPANY, times=times, new_id=world.new_id, ack_seconds=10)
    playing = await server.serve(made)
    try:
        yield made
    finally:
        await playing.stop()


def settled(url: str) -> None:
    """Put people and pairs into a database."""
    database = open_database(url)
    with database.transaction() as connection:
        settle_in(connection, KEY)
    database.close()
