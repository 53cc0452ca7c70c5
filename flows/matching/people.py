"""The people whom a round matches, with what they allowed the match to use."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flows.people import Role

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
    """Mentees whom a mentor is ready to have in all, those of `load` included."""
    load: int = 0
    """Mentees whom a mentor has already, over all their matches."""
    available: bool = True
    """False while paused or away: takes no part."""
    met: frozenset[str] = frozenset()
    """Ids of former and present partners; either side's list is enough."""
    blocked: frozenset[str] = frozenset()
    """Ids of people never to be matched with; either side's list is enough, and nobody is ever shown it."""
    manager: str = ""
    """The id of the line manager, who need not take part."""
    offset: int = 0
    """Minutes east of UTC."""
    free: int = 0
    """Free time in a usual week, a bit for each quarter hour in UTC; see `flows.matching.week`."""
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
    wishes: tuple[str, ...] = ()
    """Ids of the mentors that a mentee asked for, dearest first."""
    waited: int = 0
    """Rounds in which they stayed without a mentor."""
    segments: tuple[tuple[str, str], ...] = ()
    """Kind of group and group, such as ("region", "Asia"): for the table of fairness alone. No rule, no limit and no
    order may read it."""
    private: frozenset[str] = frozenset()
    """Names of fields that may steer the score and are never named to the other side."""

    @property
    def places(self) -> int:
        """Mentees whom this mentor can still take; a capacity lowered below the load keeps pairs and adds none."""
        return max(0, self.capacity - self.load) if self.available and Role.MENTOR in self.roles else 0


def canonical(candidates: Iterable[Candidate], seed: str) -> tuple[Candidate, ...]:
    """The order in which ties are broken: by a hash, so that neither alphabet nor joining date is an advantage."""
    return tuple(sorted(candidates, key=lambda one: hashlib.sha256(f"{seed}{one.id}".encode()).digest()))
