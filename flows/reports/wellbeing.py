"""What the anonymous pulse came to: levels of windows that have closed, from five answers up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from flows.programme import Cohort
from flows.pulses import PulseQuestion, Window, WindowName, change, level, shown, windows
from flows.reports.records import Counts

BEHIND = timedelta(hours=12)
AHEAD_OF_UTC = timedelta(hours=14)
"""How far the clocks of the inhabited world lie from UTC: a day begins at UTC+14 and is over at UTC-12."""


class WindowState(StrEnum):
    """Where a window stands: OPEN while it is open anywhere."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Level:
    """A question's level in one window, from 0 (everybody took the least) to 100; None while it may not be shown.
    `change` is in points since the first window, where both may be shown."""

    window: WindowName
    level: int | None
    change: int | None


@dataclass(frozen=True, slots=True)
class Trend:
    """One question over the windows."""

    question: PulseQuestion
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Pulse:
    """The windows with their state, and the trends of all questions."""

    windows: tuple[tuple[Window, WindowState], ...]
    trends: tuple[Trend, ...]

    def is_shown(self, name: WindowName) -> bool:
        """Whether that window has a figure at all."""
        return any(one.level is not None for trend in self.trends for one in trend.levels if one.window is name)


def of_cohort(cohort: Cohort) -> tuple[Window, ...]:
    """The windows of a cohort's pulse."""
    opened_on = cohort.opened_at.date() if cohort.opened_at else cohort.starts_on
    return windows(cohort.id, opened_on=opened_on, starts_on=cohort.starts_on, weeks=cohort.weeks)


def pulse(three: Iterable[Window], questions: Sequence[PulseQuestion], counts: Counts, now: datetime) -> Pulse:
    """`now` is aware. A window counts as closed once its last day is over everywhere: somebody may still answer."""
    behind = (now.astimezone(UTC) - BEHIND).date()
    three = tuple(three)
    trends = []
    for question in questions:
        seen: dict[WindowName, Mapping[str, int] | None] = {}
        for window in three:
            known = dict(question.options)
            given = {choice: n for choice, n in counts.get((window.name, question.id), {}).items() if choice in known}
            seen[window.name] = shown(given, window.closes, behind)
        first = seen[three[0].name]
        levels = tuple(
            Level(
                window.name,
                None if (last := seen[window.name]) is None else level(question, last),
                None if window is three[0] else change(question, first, last),
            )
            for window in three
        )
        trends.append(Trend(question, levels))
    return Pulse(tuple((window, _state(window, now)) for window in three), tuple(trends))


def _state(window: Window, now: datetime) -> WindowState:
    if (now.astimezone(UTC) + AHEAD_OF_UTC).date() < window.opens:
        return WindowState.AHEAD
    return WindowState.CLOSED if (now.astimezone(UTC) - BEHIND).date() > window.closes else WindowState.OPEN
