"""What a round of a format with gatherings is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.formats import Format
from flows.matching.gatherings.functional import Deliverable, Stay
from flows.matching.gatherings.gathering import Gathering, Left
from flows.matching.gatherings.shapes import Shape
from flows.matching.people import Candidate

Over = Callable[[], bool]
People = tuple[Candidate, ...]
Found = tuple[list[Gathering], list[Left], int | None]
"""Who is together, who sits out, and the gap: see `Proposal`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a round is asked for. People are ids of participants; it may cross to another process."""

    format: Format
    shape: Shape
    candidates: tuple[Candidate, ...]
    """Who takes part and is free for something new."""
    ready: frozenset[str] = frozenset()
    """To facilitate a circle."""
    before: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Who was together in earlier rounds, the oldest round first."""
    work: Mapping[str, Deliverable] = field(default_factory=dict)
    """What mentees are to deliver."""
    stays: Mapping[str, Stay] = field(default_factory=dict)
    """When mentors are there, where that has a bound."""
    covered: frozenset[tuple[str, str]] = frozenset()
    """Person and theme for which they have a mentor already."""
    kept: tuple[Gathering, ...] = ()
    """Locked by a coordinator; who is in one is in no other, and a mentor has a place less."""

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.candidates)

    @property
    def deadline(self) -> float:
        """Seconds after which the best so far is the answer."""
        return self.shape.rules.deadline
