"""The stable draft: wishes and fit say whom people would rather have, and no two would rather have each other."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from flows.matching.drafting.assigned import Assigned
from flows.matching.drafting.solved import Problem
from flows.matching.people import Candidate, canonical
from flows.matching.scoring.fit import fit
from flows.matching.solving.envy import check
from flows.matching.solving.stable import accept
from flows.matching.solving.worth import Dense, Worth, blocks, held


def settle(problem: Problem) -> Assigned:
    """Who mentors whom, the pinned mentees left out.

    A mentee would rather have whom they wished for, in that order, then whoever fits better; a mentor whoever fits
    better, those who waited before others. Ties are broken in canonical order. Load and an earlier draft do not count:
    they are nobody's wish. Raises proof.Unsound when two people would rather have each other.
    """
    rules, pins = problem.rules, problem.pins
    mentees = tuple(one for one in canonical(problem.mentees, rules.seed) if one.id not in pins)
    mentors = tuple(one for one in canonical(problem.mentors, rules.seed) if one.places)
    pinned = Counter(pins.values())
    places = [max(0, one.places - pinned.get(one.id, 0)) for one in mentors]
    scores = fit(mentees, mentors, rules, forbidden=problem.forbidden)
    points = _points(scores)
    wishes = [list(order) for order in _orders(mentees, mentors, points)]
    waiting = np.array([rules.waited(one.waited) for one in mentees], dtype=np.int32)
    worth = Dense(np.where(points < 0, points, points + waiting[:, np.newaxis]))
    partner = accept(wishes, worth, places)
    check(wishes, worth, places, partner)
    return Assigned(
        mentees=mentees,
        mentors=mentors,
        rules=rules,
        forbidden=problem.forbidden,
        scores=scores,
        places=places,
        partner=partner,
    )


def total(assigned: Assigned) -> int:
    """The scores of all pairs."""
    return int(held(assigned.scores, assigned.partner).sum())


def _points(scores: Worth) -> NDArray[np.int32]:
    found = np.empty((scores.mentees, scores.mentors), dtype=np.int32)
    for rows, block in blocks(scores):
        found[rows] = block
    return found


def _orders(
    mentees: Sequence[Candidate], mentors: Sequence[Candidate], points: NDArray[np.int32]
) -> Iterator[Sequence[int]]:
    """Each mentee's mentors, dearest first."""
    place = {one.id: nth for nth, one in enumerate(mentors)}
    for row, mentee in enumerate(mentees):
        wished = [place[one] for one in mentee.wishes if one in place and points[row, place[one]] >= 0]
        others = np.argsort(-points[row], kind="stable")
        yield [*wished, *(int(nth) for nth in others if points[row, nth] >= 0 and nth not in wished)]
