"""What stands in the database, as gauges: asked for when somebody looks, and then good for some seconds."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.database_thread import run
from bot.logs import place_of
from bot.silence import is_silence
from handlers.kit import Kit
from storage.calculations import Calculations
from storage.outbox import State
from storage.vitals import OPEN_STATES, Vitals

log = structlog.get_logger()
PATIENCE = 5.0
"""Seconds after which the database counts as silent."""
FRESH = 5.0
"""Seconds for which what was counted is good for all who ask."""
ENDED_FRESH = 300.0
"""The same for messages that have ended well: they are many, and nobody acts on their number."""
CLASSES = {0: "answer", 1: "must_arrive", 2: "nudge"}
"""By rank, what a message's class is called in a label."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Messages by state; by platform and class the age in seconds of the oldest message that is due; how many seconds
    the planner is late; how many keys of the limits are paused; how many seconds somebody has waited for what is
    worked out beside the turns."""

    states: Mapping[State, int] = field(default_factory=dict)
    oldest: Mapping[tuple[str, str], float] = field(default_factory=dict)
    planner_lag: float = 0.0
    paused: int = 0
    calculating: float = 0.0


class Backlog(Collector):
    """Shows the last look; nothing when the database did not answer it, so that a graph has a gap and no old figure."""

    def __init__(self, kit: Kit, platforms: Sequence[str]) -> None:
        self._kit = kit
        self._platforms = platforms
        self._figures: Figures | None = None
        self._looking: asyncio.Task[Figures | None] | None = None
        self._looked = float("-inf")
        self._ended: Mapping[State, int] = {}
        self._ended_looked = float("-inf")

    async def look(self) -> None:
        """Ask the database, unless somebody did so within the last seconds."""
        now = asyncio.get_running_loop().time()
        if self._looking is None or (self._looking.done() and now - self._looked > FRESH):
            self._looked = now
            self._looking = asyncio.create_task(self._look(now))
        done, _ = await asyncio.wait({self._looking}, timeout=PATIENCE)
        self._figures = self._looking.result() if done else None

    async def _look(self, at: float) -> Figures | None:
        with_ended = at - self._ended_looked > ENDED_FRESH
        try:
            figures, ended = await run(self._kit.database, partial(self._ask, with_ended=with_ended))
        except Exception as failure:
            if not is_silence(failure):
                log.warning("the figures cannot be read", fault=type(failure).__name__, at=place_of(failure))
            return None
        if ended is not None:
            self._ended, self._ended_looked = ended, at
        return replace(figures, states={**self._ended, **figures.states})

    def _ask(self, *, with_ended: bool) -> tuple[Figures, Mapping[State, int] | None]:
        now = self._kit.now()
        with self._kit.database.guarded() as connection:
            vitals = Vitals(connection)
            states = vitals.states(OPEN_STATES)
            ended = vitals.states([state for state in State if state not in OPEN_STATES]) if with_ended else None
            oldest, waits, paused = vitals.oldest_due(now), vitals.waits_since(), vitals.paused_keys(now)
            asked = Calculations(connection).longest_open()
        ages = {(where, CLASSES[rank]): (now - due).total_seconds() for (where, rank), due in oldest.items()}
        nothing_due = {(where, name): 0.0 for where in self._platforms for name in CLASSES.values()}
        lag = max(0.0, (now - waits).total_seconds()) if waits else 0.0
        calculating = max(0.0, (now - asked).total_seconds()) if asked else 0.0
        return Figures(states, {**nothing_due, **ages}, lag, paused, calculating), ended

    def describe(self) -> Iterator[Metric]:
        """The names, for the registry."""
        yield from _families(Figures())

    def collect(self) -> Iterator[Metric]:
        """The last look."""
        if self._figures is not None:
            yield from _families(self._figures)


def _families(figures: Figures) -> Iterator[Metric]:
    states = GaugeMetricFamily("alongside_outbox_messages", "Messages by state.", labels=["state"])
    for state, count in figures.states.items():
        states.add_metric([state], count)
    yield states
    oldest = GaugeMetricFamily(
        "alongside_outbox_oldest_due_seconds",
        "For how long the oldest message has been due that was not sent.",
        labels=["platform", "class"],
    )
    for place, age in figures.oldest.items():
        oldest.add_metric(place, age)
    yield oldest
    unknown = "Messages of which nobody knows whether they arrived."
    yield GaugeMetricFamily("alongside_outbox_unknown", unknown, value=figures.states.get(State.UNKNOWN, 0))
    lag = "How late the planner is with what it should look at."
    yield GaugeMetricFamily("alongside_planner_lag_seconds", lag, value=figures.planner_lag)
    paused = "Keys of the limits that a platform asked to pause."
    yield GaugeMetricFamily("alongside_paused_keys", paused, value=figures.paused)
    calculating = "For how long the draft, price or comparison has been waited for that waits longest."
    yield GaugeMetricFamily("alongside_calculation_oldest_seconds", calculating, value=figures.calculating)
