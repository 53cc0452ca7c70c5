"""The people whom a round matches, with what they allowed the match to use."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flows.people import Role

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {"am": range(9, 13), "pm": range(13, 17)}
WEEK = 7 * 24
MOST_PLACES = 5


class Mode(StrEnum):
    """How somebody wants to meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One participant as a round sees them. Everything but `id` and `roles` may be unknown: empty, or None.

    Tags (`goals`, `skills`, `languages` …) are ids of options, compared as they are.
    """

    id: str
    roles: frozenset[Role]
    """A mentee who needs no mentor now comes without that role."""
    capacity: int = 1
    """Mentees whom a mentor is ready to have in all, 0 to 5."""
    load: int = 0
    """Mentees whom a mentor has already, over all their matches."""
    available: bool = True
    """False while paused or away: takes no part."""
    met: frozenset[str] = frozenset()
    """Ids of former and present partners; either side's list is enough."""
    offset: int = 0
    """Minutes east of UTC."""
    times: frozenset[str] = frozenset()
    """Free hours of a usual week in UTC, such as "tue-09"; see `in_utc`."""
    languages: frozenset[str] = frozenset()
    mode: Mode = Mode.EITHER
    office: str = ""
    grade: int | None = None
    function: str = ""
    moving_into: str = ""
    """The function that a mentee would like to move into."""
    goals: frozenset[str] = frozenset()
    """Skills that a mentee wants."""
    skills: frozenset[str] = frozenset()
    """Skills that a mentor has."""
    teaches: frozenset[str] = frozenset()
    """Skills that a mentor wishes to teach; they count as skills too."""
    interests: frozenset[str] = frozenset()
    types_wished: frozenset[str] = frozenset()
    types_offered: frozenset[str] = frozenset()
    """Kinds of mentoring: peer, career, reverse career, life."""
    new: bool = False
    """New in the company or in the role."""
    hours: int | None = None
    """Hours a month."""
    waited: int = 0
    """Rounds in which they stayed without a mentor."""
    private: frozenset[str] = frozenset()
    """Names of fields that may steer the score and are never named to the other side."""

    @property
    def places(self) -> int:
        """Mentees whom this mentor can still take; a capacity lowered below the load keeps pairs and adds none."""
        return max(0, self.capacity - self.load) if self.available and Role.MENTOR in self.roles else 0


def canonical(candidates: Iterable[Candidate], seed: str) -> tuple[Candidate, ...]:
    """The order in which ties are broken: by a hash, so that neither alphabet nor joining date is an advantage."""
    return tuple(sorted(candidates, key=lambda one: hashlib.sha256(f"{seed}\0{one.id}".encode()).digest()))


def in_utc(slots: Iterable[str], offset: int) -> frozenset[str]:
    """Hours in UTC of local parts of a day, such as "mon-am"; `offset` is in minutes east of UTC.

    Where a zone is half an hour off, an hour begins at the full hour before. Raises ValueError for an unknown slot.
    """
    hours = set()
    for slot in slots:
        day, _, part = slot.partition("-")
        if day not in DAYS or part not in PARTS:
            raise ValueError(f"unknown slot {slot!r}: a day {DAYS}, a hyphen and a part of it {tuple(PARTS)}")
        hours |= {(DAYS.index(day) * 24 + hour) * 60 - offset for hour in PARTS[part]}
    return frozenset(_name(minute // 60) for minute in hours)


def in_local(hours: Iterable[str], offset: int) -> tuple[str, ...]:
    """Local parts of a day that hold one of these hours in UTC, in the order of the week: how a reader is told."""
    known = frozenset(hours)
    return tuple(slot for slot in SLOTS if in_utc((slot,), offset) & known)


def _name(hour: int) -> str:
    day, rest = divmod(hour % WEEK, 24)
    return f"{DAYS[day]}-{rest:02}"


SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
