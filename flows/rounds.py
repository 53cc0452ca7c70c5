"""A round of matching under review: numbered pairs that nobody but coordinators knows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.matching.drafting.drafted import Draft
from flows.matching.pairs import Pair
from flows.numbered import number_in
from flows.refusal import Refusal


class RoundState(StrEnum):
    """A cohort has one DRAFTED round at most."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Round:
    """One run of matching. `number` counts a cohort's rounds; people in the draft are ids of participants."""

    id: str
    cohort: str
    number: int
    state: RoundState
    drafted_by: str
    drafted_at: datetime
    draft: Draft
    published_at: datetime | None = None
    edited: bool = False
    """Somebody changed its pairs by hand, so that what proves it says how good the best one is, and not this one."""

    def pair(self, number: str) -> Pair:
        """The pair that a coordinator calls by this number, from 1. Raises Refusal: `round.no_pairs`, `round.which`,
        `round.no_pair`."""
        if not self.draft.pairs:
            raise Refusal("round.no_pairs")
        if not number:
            raise Refusal("round.which", most=str(len(self.draft.pairs)))
        nth = number_in(number, least=1, most=len(self.draft.pairs))
        if nth is None:
            raise Refusal("round.no_pair", number=number[:80], most=str(len(self.draft.pairs)))
        return self.draft.pairs[nth - 1]

    @property
    def everybody(self) -> frozenset[str]:
        """Whom the draft was about: paired, left over or without a mentee."""
        paired = {person for pair in self.draft.pairs for person in (pair.mentee, pair.mentor)}
        left = {one.person for one in self.draft.unmatched} | {one.person for one in self.draft.idle}
        return frozenset(paired | left)
