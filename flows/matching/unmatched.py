"""Who stays without a mentor, why, and what would match one more person: proved, and told without what is private."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.certificate import certificate, openings
from flows.matching.drafted import Shortage
from flows.matching.limits import BIT
from flows.matching.people import Candidate
from flows.matching.remedies import Cause
from flows.matching.rules import SWITCHABLE, Aim, Limit
from flows.matching.scoring import Table
from flows.matching.solved import Solved, queue

ROWS = 256
"""Mentees looked at together."""


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
    reach = np.zeros(len(draft.mentors), dtype=bool)
    if proved:
        reach[list(openings(draft.objective.scores, draft.objective.places, draft.best.solution.partner))] = True
    return tuple(_explained(draft, waiting, reach, proved=proved))


def _explained(
    draft: Solved, waiting: tuple[Candidate, ...], reach: NDArray[np.bool_], *, proved: bool
) -> Iterator[Left]:
    column = {one.id: nth for nth, one in enumerate(draft.mentors)}
    names = np.array([one.id for one in draft.mentors], dtype=object)
    by_name = np.argsort(names)
    forbidden: dict[str, list[int]] = {}
    for mentee, mentor in draft.forbidden:
        if mentor in column:
            forbidden.setdefault(mentee, []).append(column[mentor])
    table = Table.of(waiting, draft.mentors, draft.rules)
    for start in range(0, len(waiting), ROWS):
        rows = slice(start, start + ROWS)
        masks, scores = table.masks(rows), table.scores(rows)
        for nth, one in enumerate(waiting[rows]):
            # A pair that somebody forbade is none that a limit forbids, and lifting a limit does not help it.
            masks[nth, forbidden.get(one.id, [])] = np.iinfo(masks.dtype).max
            permitted = masks[nth] == 0
            alone = {limit: masks[nth] == BIT[limit] for limit in SWITCHABLE}
            if not permitted.any():
                cause = Cause.NO_PERMITTED
            elif not (scores[nth][permitted] >= draft.rules.least).any():
                cause = Cause.BELOW_MINIMUM
            else:
                cause = Cause.PLACES
            yield Left(
                person=one.id,
                cause=cause,
                permitted=int(permitted.sum()),
                failed_only={limit: count for limit, fails in alone.items() if (count := int(fails.sum()))},
                relax={limit: count for limit, fails in alone.items() if (count := int((fails & reach).sum()))},
                places=tuple(names[by_name[permitted[by_name]]].tolist()) if proved else (),
                queue=start + nth + 1,
            )
