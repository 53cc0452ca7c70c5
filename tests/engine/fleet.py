"""A workspace, a database, and workers that come and go: what every test of a fault plays with."""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from bot.playground import server
from bot.playground.company import COMPANY
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.sender import IN_FLIGHT
from bot.solving import PRELOADED
from bot.world import World
from flows.voice.message import Kind, Post
from storage.outbox import Outbox, State
from tests.engine import worker
from tests.engine.failpoints import Failpoint
from tests.engine.history import ENDS, remembered
from tests.engine.invariants import Evidence, Figures, Row, check
from tests.engine.ledger import WatchedLimits, copies
from tests.engine.tempo import FastWorld, Tempo

__all__ = ["IN_FLIGHT", "KEY", "TEMPO", "Fleet", "Worker", "fleet_on", "until"]
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
BUSY = 60.0
"""Real seconds in which whatever happens at all has happened, on a machine that does other things too."""
STARTS = 10
"""How often a worker is started that cannot start, as a supervisor would: a busy machine may be too slow for it."""
READY = 30.0
"""Real seconds in which a worker must serve."""
TEMPO = 20.0
"""Seconds of the engine in one real one: a lease of 60 s ends after 3."""

_starter = multiprocessing.get_context("forkserver")
# Workers are forked from a process that has imported the bot, so that one is there in a tenth of the time.
# One such process serves all that a test run forks, the calculations of the bot too.
_starter.set_forkserver_preload([*PRELOADED, "tests.engine.worker"])


@dataclass(eq=False, slots=True)
class Worker:
    """A process that the fleet started."""

    process: ForkServerProcess
    log: Path
    port: int = 0

    @property
    def app_url(self) -> str:
        """Where it takes gestures."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.is_alive()

    def kill(self) -> None:
        """As the machine would: no goodbye."""
        self.process.kill()
        self.process.join()

    def freeze(self) -> None:
        """Stop it in the middle of whatever it does."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    async def ended(self, *, seconds: float) -> int:
        """Its exit status. Raises TimeoutError."""
        await until(lambda: not self.alive, seconds=seconds, what="the worker's end")
        return self.process.exitcode if self.process.exitcode is not None else -1

    def _signal(self, number: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def end(self) -> None:
        """Whatever state it is in, afterwards it is gone."""
        if self.alive:
            self.kill()


async def until(condition: Callable[[], object], *, seconds: float, what: str) -> float:
    """Wait for a condition, looking every 50 ms; the real seconds that it took. Raises AssertionError at the end."""
    begun = time.monotonic()
    while not condition():
        waited = time.monotonic() - begun
        assert waited < seconds, f"waited {waited:.1f} s in vain for {what}"
        await asyncio.sleep(0.05)
    return time.monotonic() - begun


@dataclass(eq=False, slots=True)
class Fleet:
    """One company. `url` is the database as the workers reach it unless they are told otherwise."""

    folder: Path
    url: str
    tempo: Tempo
    workspace: Workspace
    limits: WatchedLimits
    engine: Engine
    workers: list[Worker] = field(default_factory=list)
    put_so_far: dict[str, Kind] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    timeout: float = worker.TIMEOUT
    """Seconds of the engine after which a worker gives up a call."""

    @property
    def replicated(self) -> bool:
        """Whether several workers may run at once."""
        return not self.url.startswith("sqlite")

    @property
    def now(self) -> datetime:
        """The engine's time."""
        return self.tempo.now()

    async def start(self, failpoint: Failpoint | None = None, *, url: str = "", **settings: str) -> Worker:
        """One worker more, ready to serve. `url`: its way to the database."""
        for _ in range(STARTS):
            started = self.begin(failpoint, url=url, **settings)
            if await self._ready(*started):
                return started[0]
        raise AssertionError(f"no worker could start:\n{started[0].log.read_text(encoding='utf-8', errors='replace')}")

    async def start_several(self, number: int) -> list[Worker]:
        """So many at once."""
        begun = [self.begin() for _ in range(number)]
        return [one[0] if await self._ready(*one) else await self.start() for one in begun]

    def begin(
        self, failpoint: Failpoint | None = None, *, url: str = "", **settings: str
    ) -> "tuple[Worker, multiprocessing.connection.Connection[int, int]]":
        """Start a process without waiting for it."""
        log = self.folder / f"worker-{len(self.workers) + 1}.log"
        environment = {
            "DATABASE_URL": url or self.url,
            "PORT": "0",
            "SLACK_BOT_TOKEN": self.workspace.token,
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
            "SLACK_API_URL": self.workspace.api_url,
            "MENTOR_KEYS": KEY,
            **settings,
        }
        here, there = _starter.Pipe(duplex=False)
        process = _starter.Process(
            target=worker.run, args=(worker.Orders(environment, self.tempo, log, failpoint, self.timeout), there)
        )
        process.start()
        there.close()
        made = Worker(process, log)
        self.workers.append(made)
        return made, here

    async def _ready(self, made: Worker, said: "multiprocessing.connection.Connection[int, int]") -> bool:
        """Whether it serves; one that could not start has ended, and its words stand in its log."""
        with said:
            await until(lambda: said.poll() or not made.alive, seconds=READY, what="a worker to serve")
            try:
                made.port = said.recv()
            except EOFError:
                return False
        self.workspace.app_url = made.app_url
        return True

    # -- what is to be sent

    def put(self, posts: Iterable[Post]) -> None:
        """Into the outbox, as a turn would put them."""
        listed = list(posts)
        with self.engine.begin() as connection:
            Outbox(connection).put(*listed, now=self.now)
        self.put_so_far |= {post.key: post.kind for post in listed}

    def cancel(self, person: str) -> None:
        """Take back what is queued for a person; what is cancelled then may never arrive."""
        with self.engine.begin() as connection:
            Outbox(connection).cancel(to_person=person)
        with self.engine.connect() as connection:
            found = connection.execute(
                text("SELECT key FROM outbox WHERE to_id = :who AND state = 'cancelled'"), {"who": person}
            )
            self.cancelled |= set(found.scalars())

    async def wait(self, seconds: float) -> None:
        """Let so many real seconds pass: a fault comes at a moment of its own, not when something is ready."""
        await asyncio.sleep(seconds)

    # -- what became of it

    def rows(self) -> list[Row]:
        """The outbox."""
        query = text("SELECT key, kind, state, error, to_id, to_kind = 'person' AS readable FROM outbox ORDER BY key")
        with self.engine.connect() as connection:
            found = connection.execute(query).all()
        return [
            Row(row.key, Kind(row.kind), State(row.state), row.error, row.to_id, bool(row.readable)) for row in found
        ]

    def states(self) -> Mapping[State, int]:
        """How many posts are in each state."""
        with self.engine.connect() as connection:
            return Outbox(connection).counts("")

    async def finished(self, *, engine_seconds: float) -> float:
        """Wait until every post has ended; the engine's seconds that it took."""
        return await self.until(
            lambda: set(self.states()) <= ENDS, engine_seconds=engine_seconds, what="every post to end"
        )

    async def until(self, condition: Callable[[], object], *, engine_seconds: float, what: str) -> float:
        """Wait for a condition, a real minute at least, because machines may be busy; the engine's seconds that it
        took."""
        seconds = max(BUSY, self.tempo.real(engine_seconds))
        return await until(condition, seconds=seconds, what=what) * self.tempo.scale

    def evidence(self) -> Evidence:
        """All that was seen so far."""
        with self.engine.connect() as connection:
            steps = remembered(connection)
        return Evidence(dict(self.put_so_far), self.rows(), copies(self.workspace), steps, frozenset(self.cancelled))

    def check(self, *, may_double: int = 0, may_be_unknown: int = 0) -> Figures:
        """Every promise; the figures, which are printed too."""
        figures = check(self.evidence(), may_double=may_double, may_be_unknown=may_be_unknown)
        print(figures)
        return figures

    def words(self) -> str:
        """What the workers said, for a failure."""
        said = []
        for one in self.workers:
            if one.log.exists():
                tail = one.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
                said.append("\n".join([f"--- {one.log.name} (exit status {one.process.exitcode})", *tail]))
        return "\n".join(said)


@asynccontextmanager
async def fleet_on(url: str, folder: Path, *, scale: float = TEMPO) -> AsyncIterator[Fleet]:
    """A fleet without workers on a database that has its tables; every worker is ended when it is left."""
    tempo = Tempo(scale, time.time())
    world = FastWorld(tempo)
    times = Times(now=world.now, real=time.time, limits=lambda: time.time() * scale, sleep=world.sleep)
    workspace = Workspace(company=COMPANY, times=times, new_id=World().new_id, ack_seconds=10)
    limits = WatchedLimits(times.limits)
    workspace.limits = limits
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _wait_for_others)
    serving = await server.serve(workspace)
    fleet = Fleet(folder, url, tempo, workspace, limits, engine)
    try:
        yield fleet
    except BaseException:
        print(fleet.words())
        raise
    finally:
        for one in fleet.workers:
            one.end()
        await serving.stop()
        engine.dispose()


def _wait_for_others(connection: object, _: object) -> None:
    with contextlib.closing(connection.cursor()) as cursor:  # type: ignore[attr-defined]
        cursor.execute("PRAGMA busy_timeout=10000")
