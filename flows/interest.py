"""Is there interest in mentoring? Asked before a programme is made, answered without a name, counted alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flows.refusal import Refusal
from flows.suppression import AT_LEAST, suppress

OPEN_FOR = timedelta(days=14)
STANCE, TOPIC = "stance", "topic"
"""What is asked: whether, and then in what."""


class Stance(StrEnum):
    """What somebody would like."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Survey:
    """One time of asking. It takes answers until `closes_at` (UTC), unless it was closed before."""

    id: str
    asked_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether an answer counts now; afterwards its counts never change again."""
        return self.closed_at is None and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Result:
    """How many answered, and how often each stance and topic was chosen. What would speak of fewer than five people is
    not among them; `hidden` says for which stances."""

    people: int
    stances: Mapping[Stance, int]
    hidden: tuple[Stance, ...]
    topics: tuple[tuple[str, int], ...]
    """The most wanted first."""


def accept(survey: Survey | None, now: datetime) -> Survey:
    """The survey, while it takes answers. Raises Refusal("interest.closed")."""
    if survey is None or not survey.is_open(now):
        raise Refusal("interest.closed")
    return survey


def result(survey: Survey, counts: Mapping[str, Mapping[str, int]], now: datetime) -> Result | None:
    """What a closed survey came to, from question → choice → how many; None while it is open, and when fewer than five
    have answered.

    An open one would tell, from one look to the next, what the person said who answered in between.
    """
    stances = {stance: counts.get(STANCE, {}).get(stance, 0) for stance in Stance}
    people = sum(stances.values())
    if survey.is_open(now) or people < AT_LEAST:
        return None
    visible = suppress({stance.value: count for stance, count in stances.items()})
    # While anything is hidden, that nobody chose something is not told either.
    hides = any(count and stance not in visible for stance, count in stances.items())
    topics = counts.get(TOPIC, {})
    wanted = sorted(suppress(topics), key=lambda topic: (-topics[topic], topic))
    shown = {one: count for one, count in stances.items() if one in visible or not (count or hides)}
    return Result(
        people=people,
        stances=shown,
        hidden=tuple(stance for stance in Stance if stance not in shown),
        topics=tuple((topic, topics[topic]) for topic in wanted),
    )
