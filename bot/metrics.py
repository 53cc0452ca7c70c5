"""Numbers for Prometheus, on a registry of their own; labels are platforms, classes, states and ends, never people."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import generate_latest

from bot.backlog import Backlog
from bot.platform import Messenger
from flows.people import Account
from flows.voice.message import Message
from handlers.outcomes import Finding, Outcome, Sent, Throttled
from handlers.pacing import Paces

LAG_EVERY = 0.5
"""Seconds between two looks at how late the event loop is."""


class Metrics:
    """One per process; handed to whoever has something to count."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry(auto_describe=True)
        self._backlog: Backlog | None = None
        self._acks = Histogram(
            "alongside_ack_seconds",
            "From a gesture's arrival to its acknowledgement; the platform gives up after 3 seconds.",
            ["platform"],
            buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10),
            registry=registry,
        )
        self._turns = Histogram(
            "alongside_turn_seconds",
            "From the parsed gesture to its commit, over HTTP and Socket Mode alike.",
            ["platform"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3),
            registry=registry,
        )
        self._failed_gestures = Counter(
            "alongside_gestures_failed",
            "Gestures that ended in an error of ours: the platform repeats them, or the person presses again.",
            ["platform"],
            registry=registry,
        )
        self._repeats = Counter(
            "alongside_duplicates_suppressed", "Gestures that came again and had no second effect.", registry=registry
        )
        self._sends = Counter(
            "alongside_sends",
            "Calls that carried a message, by how they ended.",
            ["platform", "outcome"],
            registry=registry,
        )
        self._throttled = Counter(
            "alongside_throttled", "Calls that the platform asked to put off (429).", ["platform"], registry=registry
        )
        self._last_sent = Gauge(
            "alongside_last_sent_timestamp_seconds",
            "When the last message was taken; before the first, when the process began.",
            ["platform"],
            registry=registry,
        )
        self._expired = Counter(
            "alongside_lease_expiries", "Messages taken over from a process that died or froze.", registry=registry
        )
        self._asked = Counter(
            "alongside_doubts", "Messages of which the platform was asked whether they had arrived.", registry=registry
        )
        self._lag = Histogram(
            "alongside_event_loop_lag_seconds",
            "How late the event loop wakes up.",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
            registry=registry,
        )
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)

    def watch(self, backlog: Backlog, platforms: Sequence[str], began: datetime) -> None:
        """Show these figures too, and what is counted of these platforms from zero on: a series that is there from the
        start can be watched for its first step."""
        self._backlog = backlog
        self._registry.register(backlog)
        for platform in platforms:
            for family in (self._acks, self._turns, self._failed_gestures, self._throttled):
                family.labels(platform)
            self._last_sent.labels(platform).set(began.timestamp())

    def acknowledged(self, platform: str, seconds: float) -> None:
        """A gesture was acknowledged so long after it had come."""
        self._acks.labels(platform).observe(seconds)

    @contextmanager
    def turn(self, platform: str) -> Iterator[None]:
        """What runs inside is the turn of one gesture."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        yield
        self._turns.labels(platform).observe(loop.time() - began)

    def not_acknowledged(self, platform: str) -> None:
        """A gesture ended in an error of ours."""
        self._failed_gestures.labels(platform).inc()

    def repeated(self) -> None:
        """A gesture came again. Called in the database thread."""
        self._repeats.inc()

    def leases_expired(self, count: int) -> None:
        """So many leases had ended before what they were for was written down."""
        self._expired.inc(count)

    def asked(self, count: int) -> None:
        """The platform was asked of so many messages whether they had arrived."""
        self._asked.inc(count)

    def ended(self, platform: str, outcome: Outcome, now: datetime) -> None:
        """A call that carried a message ended so."""
        self._sends.labels(platform, type(outcome).__name__.lower()).inc()
        if isinstance(outcome, Sent):
            self._last_sent.labels(platform).set(now.timestamp())
        elif isinstance(outcome, Throttled):
            self._throttled.labels(platform).inc()

    async def feel(self) -> None:
        """Note how late the event loop is, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await asyncio.sleep(LAG_EVERY)
            self._lag.observe(max(0.0, loop.time() - asked - LAG_EVERY))

    async def shown(self) -> bytes:
        """Everything, in Prometheus' text format."""
        if self._backlog is not None:
            await self._backlog.look()
        return generate_latest(self._registry)


class Counted:
    """A messenger whose calls are counted by how they end."""

    def __init__(self, messenger: Messenger, platform: str, metrics: Metrics, now: Callable[[], datetime]) -> None:
        self._messenger = messenger
        self._platform = platform
        self._metrics = metrics
        self._now = now

    @property
    def paces(self) -> Paces:
        """As the messenger's."""
        return self._messenger.paces

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """As the messenger does; it carries no message, so it is not counted."""
        return await self._messenger.find(conversation, delivery=delivery, since=since)

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        """As the messenger does; it carries no message, so only what went wrong is counted."""
        opened = await self._messenger.open(accounts)
        return opened if isinstance(opened, str) else self._counted(opened)

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        """As the messenger does."""
        return self._counted(await self._messenger.post(conversation, message, delivery=delivery))

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """As the messenger does."""
        return self._counted(await self._messenger.update(conversation, receipt, message))

    def _counted(self, outcome: Outcome) -> Outcome:
        self._metrics.ended(self._platform, outcome, self._now())
        return outcome
