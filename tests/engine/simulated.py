"""A made-up machine room for the engine: replicas, a platform and a database in one thread, on time that is skipped.

Every wait of the real sender (a transaction, a call, a bell) takes a made-up while that the dice decide, so a seed is
an interleaving: the same seed plays the same one again.
"""

import asyncio
import selectors
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.database_thread import run
from bot.sender import Sender
from flows.content import Content
from flows.people import Account
from flows.voice.message import Message
from handlers.delivering import intend
from handlers.kit import Kit
from handlers.outcomes import (
    Absent,
    CannotTell,
    Finding,
    Found,
    Outcome,
    Sent,
    Throttled,
    TryLater,
    Unknown,
    Unreachable,
)
from handlers.pacing import Act, Paces
from handlers.reconciling import free_expired
from storage.database import Database
from storage.limits import Pace
from storage.sealing import Keyring

T = TypeVar("T")
BEGINS = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TROUBLE = 300.0
"""Seconds of bad luck; afterwards everything works."""
TIMEOUT = 10.0
LATE = 15.0
"""When the platform takes a message whose sender has given up waiting."""


def home_of(conversation: str) -> str:
    """The workspace of a conversation: that of its only reader, and one and the same for all channels."""
    return f"T{int(conversation[2:]) % 3}" if conversation.startswith("D") else "T0"


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: where nothing is ready, it sets its clock to what comes next."""

    def __init__(self) -> None:
        self._ahead = 0.0
        super().__init__(_Impatient(self))

    def time(self) -> float:
        """Seconds since the beginning of the simulation."""
        return self._ahead

    def skip(self, seconds: float) -> None:
        """Let them have passed."""
        self._ahead += seconds


class _Impatient(selectors.DefaultSelector):
    def __init__(self, loop: SkippingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise RuntimeError("nothing will ever happen again")
        self._loop.skip(timeout)
        return super().select(0)


@dataclass
class Wire:
    """The platform: what it took, from whom it asked patience, and how often nobody could know."""

    loop: SkippingLoop
    dice: Random
    taken: Counter[str] = field(default_factory=Counter)
    taken_at: dict[str, list[float]] = field(default_factory=dict)
    doubts: Counter[str] = field(default_factory=Counter)
    calls: list[tuple[float, str]] = field(default_factory=list)

    def take(self, key: str) -> None:
        """The message is there."""
        self.taken[key] += 1
        self.taken_at.setdefault(key, []).append(self.loop.time())

    def chance(self, share: float) -> bool:
        """Whether something goes wrong that does so this often."""
        return self.loop.time() < TROUBLE and self.dice.random() < share


@dataclass
class SimulatedMessenger:
    """One replica's way to the platform."""

    wire: Wire
    patient: dict[str, float] = field(default_factory=dict)
    """Until when this replica was asked to wait, by workspace; a call before then is impatient."""
    impatient: int = 0

    @property
    def paces(self) -> Paces:
        """Fast enough that the waits are those of the bad luck."""
        return Paces({act: Pace(6000, burst=50, spare=0.2) for act in Act}, conversation=Pace(600, burst=5))

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        """A private conversation each."""
        await self._while()
        return TryLater(5, "away") if self.wire.chance(0.1) else f"D{accounts[0].user}"

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        """Whatever can become of a message."""
        wire = self.wire
        home = home_of(conversation)
        self.impatient += wire.loop.time() < self.patient.get(home, 0.0)
        await self._while()
        wire.calls.append((wire.loop.time(), delivery))
        if wire.chance(0.08):
            seconds = wire.dice.randint(1, 30)
            await self._while()
            self.patient[home] = wire.loop.time() + seconds
            return Throttled(seconds, "wait")
        if wire.chance(0.08):
            return TryLater(5, "away")
        if wire.chance(0.02):
            return Unreachable("closed")
        if wire.chance(0.06):
            return await self._nobody_knows(delivery)
        if wire.chance(0.04):
            wire.loop.call_later(LATE, wire.take, delivery)
            return await self._nobody_knows(delivery)
        wire.take(delivery)
        if wire.chance(0.08):
            return await self._nobody_knows(delivery)
        await self._while()
        return Sent(conversation, f"{wire.loop.time():.6f}")

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """Nothing is changed in this simulation."""
        raise AssertionError("no message is changed here")

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """A private conversation can be read, most of the time."""
        await self._while()
        if not conversation.startswith("D"):
            return CannotTell("no scope")
        if self.wire.chance(0.2):
            return TryLater(5, "away") if self.wire.dice.random() < 0.5 else Throttled(10, "wait")
        return Found(conversation, "found") if self.wire.taken[delivery] else Absent()

    async def _nobody_knows(self, delivery: str) -> Unknown:
        self.wire.doubts[delivery] += 1
        await asyncio.sleep(TIMEOUT)
        return Unknown("no answer")

    async def _while(self) -> None:
        await asyncio.sleep(self.wire.dice.uniform(0.005, 0.8))


class Crossing:
    """One replica's way to the database that all share: a transaction takes a while to begin and to be heard of, and
    none begins once the replica is dead."""

    def __init__(self, database: Database, wire: Wire) -> None:
        self._database = database
        self._wire = wire
        self.dead = False
        self.freezes = 0.0
        self.frozen_until = 0.0

    @property
    def engine(self) -> Engine:
        """That of all."""
        return self._database.engine

    def transaction(self) -> AbstractContextManager[Connection]:
        """One of all."""
        return self._database.transaction()

    def guarded(self) -> AbstractContextManager[Connection]:
        """One of all."""
        return self._database.guarded()

    def aside(self) -> AbstractContextManager[Connection]:
        """One of all."""
        return self._database.aside()

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Run it, some time."""
        future: Future[T] = Future()
        self._later(self._run, future, work)
        return future

    def submit_turn(self, turn: Callable[[], T]) -> "Future[T]":
        """The same."""
        return self.submit(turn)

    def close(self) -> None:
        """It is closed by who opened it."""

    def _run(self, future: "Future[T]", work: Callable[[], T]) -> None:
        if self.dead:
            return
        try:
            result = work()
        except Exception as failure:
            self._later(future.set_exception, failure)
        else:
            if self.freezes and isinstance(work, partial) and work.func is intend:
                self.frozen_until, self.freezes = self._wire.loop.time() + self.freezes, 0.0
            self._later(future.set_result, result)

    def _later(self, what: Callable[..., object], *given: object) -> None:
        loop = self._wire.loop
        frozen = max(0.0, self.frozen_until - loop.time())
        loop.call_later(frozen + self._wire.dice.uniform(0.0, 0.2), partial(self._unless_frozen, what, *given))

    def _unless_frozen(self, what: Callable[..., object], *given: object) -> None:
        if self._wire.loop.time() < self.frozen_until:
            self._later(what, *given)
        elif not self.dead:
            what(*given)


class Replica:
    """The real sender with its bells, until it is killed."""

    def __init__(self, name: str, database: Database, wire: Wire, content: Content) -> None:
        self.database = Crossing(database, wire)
        self.messenger = SimulatedMessenger(wire)
        loop = wire.loop
        kit = Kit(
            database=self.database,
            content=content,
            keyring=Keyring((bytes(32),), lambda: bytes(12)),
            now=lambda: BEGINS + timedelta(seconds=loop.time()),
            new_id=lambda: name,
            owners=frozenset(),
        )
        self.sender = Sender(kit, {"slack": self.messenger}, name, loop.time)
        self._kit = kit
        self._tasks = [
            loop.create_task(self.sender.serve()),
            loop.create_task(self._every(1.0, self._ring)),
            loop.create_task(self._every(10.0, self._reap)),
        ]

    def kill(self) -> None:
        """Nothing of it happens any more; what it has under way at the platform goes on there."""
        self.database.dead = True
        for task in asyncio.all_tasks(self.messenger.wire.loop):
            if task in self._tasks or _belongs(task, self.sender):
                task.cancel()

    def freeze_at_intent(self, seconds: float) -> None:
        """Stand still for so long, as soon as it has next committed to sending something."""
        self.database.freezes = seconds

    async def _ring(self) -> None:
        self.sender.ring()

    async def _reap(self) -> None:
        await run(self._kit.database, partial(free_expired, self._kit))
        await self.sender.reconcile()

    async def _every(self, seconds: float, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await act()


def _belongs(task: "asyncio.Task[Any]", sender: Sender) -> bool:
    """Whether a task runs a step of that sender."""
    coroutine: Any = task.get_coro()
    frame = getattr(coroutine, "cr_frame", None)
    return frame is not None and frame.f_locals.get("self") is sender
