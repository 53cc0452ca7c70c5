"""Who stays without a mentor, why, and what would match one more person: proved, and told without what is private."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from flows.matching.drafting.assigned import Mask, rows
from flows.matching.drafting.drafted import Shortage
from flows.matching.drafting.remedies import Cause
from flows.matching.drafting.solved import Solved, queue
from flows.matching.limits import BIT
from flows.matching.people import Candidate
from flows.matching.rules import SWITCHABLE, Aim, Limit
from flows.matching.solving.certificate import certificate


@dataclass(frozen=True, slots=True)
class Left:
    """A mentee without a mentor. Mentors are those who have a place to offer."""

    person: str
    cause: Cause
    permitted: int
    """Mentors whom no limit forbids, whoever has their places."""
    failed_only: Mapping[Limit, int]
    """Mentors whom this limit alone forbids."""
    relax: Mapping[Limit, int]
    """Mentors with whom lifting this limit for this pair matches one more person."""
    places: tuple[str, ...]
    """Mentors of whom one more place matches one more person."""
    queue: int
    """1 goes first next time."""


def shortage(draft: Solved) -> Shortage | None:
    """The proof that nobody more can be matched; None when everybody is, when it is not known, and in best-fit.

    A pinned mentee is permitted for their mentor alone: where that mentor is in it, so is the mentee.
    """
    if draft.rules.aim is Aim.BEST_FIT or not draft.unmatched:
        return None
    found = certificate(draft.objective.scores, draft.objective.places, draft.best.solution.partner)
    if found is None or found.short != len(draft.unmatched):
        return None
    mentors = frozenset(draft.mentors[nth].id for nth in found.mentors)
    pinned = (mentee for mentee, mentor in draft.pins.items() if mentor in mentors)
    return Shortage(
        mentees=tuple(sorted((*(draft.mentees[nth].id for nth in found.mentees), *pinned))),
        mentors=tuple(sorted(mentors)),
        places=sum(one.places for one in draft.mentors if one.id in mentors),
    )


def left(draft: Solved, *, proved: bool) -> tuple[Left, ...]:
    """Everybody without a mentor, in the order of the queue; `proved`: it is known that nobody more can be matched.

    Without that proof nothing is said to help.
    """
    waiting = queue(draft.unmatched)
    if not waiting:
        return ()
    reach = draft.assigned.reach() if proved else frozenset()
    near = np.array([one.id in reach for one in draft.mentors], dtype=bool)
    return tuple(_explained(draft, waiting, near, proved=proved))


def _explained(draft: Solved, waiting: tuple[Candidate, ...], near: Mask, *, proved: bool) -> Iterator[Left]:
    names = np.array([one.id for one in draft.mentors], dtype=object)
    by_name = np.argsort(names)
    found = rows(waiting, draft.mentors, draft.rules, forbidden=draft.forbidden)
    for place, row in enumerate(found, start=1):
        permitted = row.fails == 0
        alone = {limit: row.fails == BIT[limit] for limit in SWITCHABLE}
        if not permitted.any():
            cause = Cause.NO_PERMITTED
        elif not (row.scores[permitted] >= draft.rules.least).any():
            cause = Cause.BELOW_MINIMUM
        else:
            cause = Cause.PLACES
        yield Left(
            person=row.mentee.id,
            cause=cause,
            permitted=int(permitted.sum()),
            failed_only={limit: count for limit, fails in alone.items() if (count := int(fails.sum()))},
            relax={limit: count for limit, fails in alone.items() if (count := int((fails & near).sum()))},
            places=tuple(names[by_name[permitted[by_name]]].tolist()) if proved else (),
            queue=place,
        )
