"""Where somebody stands: their places in cohorts and the people with whom they mentor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.match import Match
from flows.people import Participant, Person, Standing
from flows.programme import Cohort


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a cohort."""

    participant: Participant
    cohort: Cohort


@dataclass(frozen=True, slots=True)
class Pair:
    """A living match as one side sees it. `number` is the conversation that is open, 0 when none is, `planned_at` the
    moment agreed for it."""

    match: Match
    partners: tuple[Person, ...]
    number: int = 0
    planned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that status needs. `open` are cohorts to join, looked up when there is no place yet."""

    places: tuple[Place, ...]
    pairs: tuple[Pair, ...] = ()
    open: tuple[Cohort, ...] = ()

    @property
    def current(self) -> tuple[Place, ...]:
        """Places that were not left."""
        return tuple(place for place in self.places if place.participant.standing is not Standing.LEFT)

    def pairs_in(self, cohort: str) -> Sequence[Pair]:
        """The pairs of one cohort."""
        return [pair for pair in self.pairs if pair.match.cohort == cohort]
