"""Programmes and their cohorts: what runs from when to when, and which moves are lawful."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from flows.formats import Format
from flows.refusal import Refusal


class CohortState(StrEnum):
    """The life of a cohort."""

    DRAFT = "draft"
    OPEN = "open"
    MATCHING = "matching"
    RUNNING = "running"
    CLOSING = "closing"
    ARCHIVED = "archived"


class Choice(StrEnum):
    """Who decides who is matched with whom."""

    DRAFT = "draft"
    """The coordinator's draft."""
    WISHES = "wishes"
    """The draft, in which it counts whom mentees wish for; a match begins when both have said yes."""
    ASK = "ask"
    """Mentees ask mentors, one after the other; whoever is left is in the next draft."""


LAWFUL: frozenset[tuple[CohortState, CohortState]] = frozenset(
    {
        (CohortState.DRAFT, CohortState.OPEN),
        (CohortState.DRAFT, CohortState.ARCHIVED),
        (CohortState.OPEN, CohortState.MATCHING),
        (CohortState.OPEN, CohortState.ARCHIVED),
        (CohortState.MATCHING, CohortState.OPEN),
        (CohortState.MATCHING, CohortState.RUNNING),
        (CohortState.RUNNING, CohortState.MATCHING),
        (CohortState.RUNNING, CohortState.CLOSING),
        (CohortState.CLOSING, CohortState.ARCHIVED),
    }
)


@dataclass(frozen=True, slots=True)
class Design:
    """Why the programme exists and how it will be judged; `open` asks for each. `measure` is the unit or the source of
    the figures, numbers are as the coordinator gave them."""

    purpose: str = ""
    problem: str = ""
    format: str = ""
    format_reason: str = ""
    objective: str = ""
    measure: str = ""
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    champion: str = ""

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that `open` asks for and that are empty, in the order of the form."""
        needed = ("purpose", "problem", "format", "format_reason", "objective", "baseline", "target", "champion")
        return tuple(name for name in needed if getattr(self, name) in ("", None))


@dataclass(frozen=True, slots=True)
class Programme:
    """A mentoring scheme."""

    id: str
    name: str
    design: Design
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Cohort:
    """One run of a programme. `starts_on` is the first day of week 1; `channel` is where the invitation stands; `name`
    and `format` are the programme's."""

    id: str
    programme: str
    name: str
    state: CohortState
    starts_on: date
    weeks: int = 12
    next_round: date | None = None
    platform: str = ""
    channel: str = ""
    opened_at: datetime | None = None
    format: Format = Format.ONE_TO_ONE
    choice: Choice = Choice.DRAFT
    aim: str = ""
    """What its drafts are to be best at, where coordinators chose it; "" is what the pack says."""

    @property
    def takes_wishes(self) -> bool:
        """Whether mentees name mentors, and both sides are asked before a match begins; only pairs are."""
        return self.format.paired and self.choice is not Choice.DRAFT

    @property
    def ends_on(self) -> date:
        """The last day of the last week."""
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)

    @property
    def takes_people(self) -> bool:
        """Whether somebody may join now."""
        return self.state in (CohortState.OPEN, CohortState.MATCHING, CohortState.RUNNING)

    def may_be_joined(self, today: date) -> bool:
        """Whether somebody may join today: while it takes people, and until its last day."""
        return self.takes_people and today <= self.ends_on

    def move(self, to: CohortState) -> "Cohort":
        """The cohort in its next state. Raises Refusal("cohort.unlawful", state=…, to=…)."""
        if (self.state, to) not in LAWFUL:
            raise Refusal("cohort.unlawful", state=self.state, to=to)
        return replace(self, state=to)
