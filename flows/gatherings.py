"""A round of gatherings under review: numbered, and known to nobody but coordinators."""

from dataclasses import dataclass, replace
from datetime import datetime

from flows.matching.gatherings.gathering import Gathering, Proposal
from flows.numbered import number_in
from flows.refusal import Refusal


@dataclass(frozen=True, slots=True)
class GatheringRound:
    """One run of matching in a format with gatherings. `number` counts a cohort's rounds; people are ids of
    participants."""

    id: str
    cohort: str
    number: int
    drafted_by: str
    drafted_at: datetime
    proposal: Proposal

    def at(self, number: str) -> Gathering:
        """The gathering that a coordinator calls by this number, from 1. Raises Refusal: `round.which_one` for none,
        `round.no_gathering`."""
        every = self.proposal.gatherings
        if every and not number:
            raise Refusal("round.which_one", most=str(len(every)))
        nth = number_in(number, least=1, most=len(every))
        if nth is None:
            raise Refusal("round.no_gathering", number=number[:80], most=str(len(every)))
        return every[nth - 1]

    @property
    def locked(self) -> tuple[Gathering, ...]:
        """What the next draft must keep."""
        return tuple(one for one in self.proposal.gatherings if one.locked)

    @property
    def everybody(self) -> frozenset[str]:
        """Whom the draft was about."""
        together = {person for one in self.proposal.gatherings for person in one.people}
        return frozenset(together | {one.person for one in self.proposal.left})

    def toggled(self, number: str) -> "GatheringRound":
        """The round with that gathering locked, or free again. Raises Refusal, see `at`."""
        wanted = self.at(number)
        changed = tuple(
            replace(one, locked=not one.locked) if one is wanted else one for one in self.proposal.gatherings
        )
        return replace(self, proposal=replace(self.proposal, gatherings=changed))
