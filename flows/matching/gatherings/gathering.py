"""People proposed to be together, however many: what a round of any format but one to one proposes."""

from dataclasses import dataclass
from enum import StrEnum

from flows.matching.drafting.drafted import Record
from flows.people import Role

SAME_TEAM = "same_team"
"""Two who report to the same manager speak less freely; it is a limit of circles alone."""
SMALLEST_CIRCLE = 4


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a gathering, by the id of the participant."""

    participant: str
    role: Role


@dataclass(frozen=True, slots=True)
class Breach:
    """Two people of one gathering whom a limit would keep apart; `limits` are names, see `peers.named`."""

    one: str
    other: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Two people or more who are to be introduced together.

    `score` is the mean fit of its pairs (0 to 10,000). `subject` is the skill that it is about, where the format has
    one, `turn` the sitting of an event, from 1. `reasons` are stored as those of a pair are.
    """

    seats: tuple[Seat, ...]
    score: int
    subject: str = ""
    turn: int = 0
    broken: tuple[Breach, ...] = ()
    reasons: tuple[tuple[str, ...], ...] = ()
    locked: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of everybody in it."""
        return tuple(seat.participant for seat in self.seats)

    def in_role(self, role: Role) -> tuple[str, ...]:
        """Ids of those who hold a role."""
        return tuple(seat.participant for seat in self.seats if seat.role is role)


class Cause(StrEnum):
    """Why somebody is in no gathering."""

    NOBODY = "nobody"
    """Limits keep them from everybody else."""
    FEW = "few"
    """Too few people for one more group."""
    PLACES = "places"
    """Those who could help have no place left."""
    SKILL = "skill"
    """Nobody has the skill that it takes."""
    DAY = "day"
    """Nobody who could help is there on the day when it is due, or the programme is over by then."""
    ASKED_FOR = "asked_for"
    """They offer a place, and nobody needed it."""


@dataclass(frozen=True, slots=True)
class Left:
    """Who sits out, and why; `subject` is the skill that nobody helps with, where the format has one."""

    person: str
    cause: Cause
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a coordinator reviews. Nobody has heard anything of it."""

    gatherings: tuple[Gathering, ...]
    left: tuple[Left, ...]
    gap: int | None
    """By how many points of fit another one for as many people could be better at most; 0: it is the best. None where
    no such bound is known."""
    record: Record | None = None
    """What it was made from; None where it was drafted before that was kept."""

    @property
    def fit(self) -> int:
        """What all of it is worth: each mentee with who helps them, each pair and each circle once."""
        return sum(one.score * max(1, len(one.in_role(Role.MENTEE))) for one in self.gatherings)
