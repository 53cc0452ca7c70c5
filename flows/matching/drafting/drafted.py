"""A draft as it is kept and shown: who with whom, who is left, what proves it, and what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.matching.drafting.fairness import Groups
from flows.matching.drafting.recruiting import Wanted
from flows.matching.drafting.remedies import Idle, Unmatched
from flows.matching.locks import Lock
from flows.matching.pairs import Pair
from flows.matching.rules import Aim


@dataclass(frozen=True, slots=True)
class Totals:
    """A draft in numbers, for the coordinator; who is on hold is not counted."""

    mentees: int
    matched: int
    mentors: int
    """Who offers a place, taken or not."""
    places: int
    """Free before this draft."""
    score: int
    """Of all pairs together."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Mentees whose every permitted mentor is among these, who have too few places: so nobody more can be matched.

    Anybody can check it with a pencil.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int
    """In all, those of pinned mentees among them."""

    @property
    def short(self) -> int:
        """So many stay without."""
        return len(self.mentees) - self.places


@dataclass(frozen=True, slots=True)
class Proof:
    """That no draft is better, or by how much one could be; of the draft as it was found, before anybody changed it."""

    proved: bool
    gap: int
    """Points; 0 where it is proved."""
    value: int
    """What it is the best by, once as many as possible are matched: scores and what steers beside them, less load."""
    floor: int | None
    """The lowest score that any pair has which is not locked; a higher one would cost a person, or too much."""
    floor_cost: int
    """Points of value that went into it."""
    passes: int
    edges: int
    solves: int
    shortage: Shortage | None
    """Why nobody more can be matched; None when everybody is, when it is not known, and where fit alone decides."""
    gains: Mapping[str, int]
    """By mentee: what is left of the pair's points when the mentor's price is paid. Pinned mentees have none."""
    prices: Mapping[str, int]
    """By mentor: of a place."""
    nobody: int
    """What counts for a mentee without a pair."""


@dataclass(frozen=True, slots=True)
class Record:
    """Enough to say for ever what a draft was made from, and to replay it while that is still at hand. The hashes are
    SHA-256, in hex."""

    people: str
    """Of all candidates."""
    rules: str
    locks: str
    previous: str
    """Of the pairs of the draft before; "" without one."""
    proof: str
    rules_version: int
    seed: str
    aim: Aim
    alongside: str
    """Versions."""
    numpy: str
    scipy: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coordinator reviews. Nobody has heard anything of it."""

    pairs: tuple[Pair, ...]
    """Sorted by the mentee's id."""
    unmatched: tuple[Unmatched, ...]
    """In the order of the queue."""
    idle: tuple[Idle, ...]
    """Mentors with a free place who have nobody, sorted by id."""
    held: tuple[str, ...]
    locks: tuple[Lock, ...]
    """To be given to the next draft."""
    totals: Totals
    proof: Proof
    record: Record
    groups: Groups = ()
    """How the groups of people fare in it; see `fairness`."""
    wanted: tuple[Wanted, ...] = ()
    """What new mentors would have to bring to match those who are left."""
