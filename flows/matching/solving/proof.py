"""Whether an assignment is what it claims to be: nothing here knows how it was found."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.assignment import Solution
from flows.matching.solving.worth import Worth, barred, blocks


class Unsound(ValueError):
    """An assignment breaks a limit, or its prices do not prove what it claims."""


def check(
    worth: Worth,
    places: Sequence[int],
    solution: Solution,
    *,
    load: Sequence[int],
    load_cost: int,
    unmatched: int | None,
) -> None:
    """Raise Unsound unless the assignment respects every limit and its prices prove its gap; arguments as for `assign`.

    Why prices prove it: nobody can have more than their gain from any permitted pair, and no mentor's places can bring
    more than their prices less their costs. So the sum of all gains and all those rents bounds every assignment, and
    an assignment that reaches it is the best.
    """
    _demand(len(solution.partner) == len(solution.gain) == worth.mentees, "a mentee is missing")
    _demand(len(places) == len(load) == len(solution.price) == worth.mentors, "a mentor is missing")
    known = (mentor is None or 0 <= mentor < worth.mentors for mentor in solution.partner)
    _demand(all(known), "somebody's mentor does not exist")
    free, now = np.array(places, dtype=np.int64), np.array(load, dtype=np.int64)
    gain, price = np.array(solution.gain, dtype=np.int64), np.array(solution.price, dtype=np.int64)
    partner = np.array([-1 if mentor is None else mentor for mentor in solution.partner], dtype=np.int64)
    held = np.flatnonzero(partner >= 0)
    taken = np.bincount(partner[held], minlength=worth.mentors)
    _demand(taken <= free, "a mentor has more mentees than places")
    _demand(price >= load_cost * (now + np.maximum(taken - 1, 0)), "a place is sold under its cost")
    # An idle mentor has one possible price, the first place's cost, so that any other is noticed.
    full = (taken == free) & (taken > 0)
    _demand(full | (price <= load_cost * (now + taken)), "a free place is dearer than its cost")

    closed = np.array(places, dtype=np.int32) - 1
    gap, best, given = 0, np.full(worth.mentees, -1, dtype=np.int64), np.full(worth.mentees, -1, dtype=np.int64)
    for rows, points in blocks(worth):
        given[rows] = points[np.arange(len(points)), partner[rows]]
        possible = barred(points, by=closed)
        best[rows] = possible.max(axis=1)
        more = barred(possible - price - gain[rows, np.newaxis], by=possible)
        gap += int(more.max(axis=1, initial=0).sum())

    value = int(given[held].sum()) - int((load_cost * (now * taken + taken * (taken - 1) // 2)).sum())
    _demand(given[held] >= 0, "a pair is not permitted")
    _demand(gain[held] == given[held] - price[partner[held]], "a gain is not what its pair leaves")
    _demand(gain[partner < 0] == solution.nobody, "a mentee without a pair gains something else than that")
    _demand(gain >= solution.nobody, "a pair is worse than none")
    _demand(solution.value == value, "the pairs are not worth what is claimed")
    if unmatched is None:
        # Whoever has no place sells none, however many mentees they have.
        dearest = int((load_cost * (now + free))[free > 0].max(initial=0))
        _demand(
            -solution.nobody > min(int((best >= 0).sum()), sum(places)) * (int(best.max(initial=0)) + dearest),
            "fit could outrank people",
        )
        fit = int(np.sort(best.clip(min=0))[::-1][: sum(places)].sum()) - value
    else:
        _demand(solution.nobody == unmatched, "a mentee without a pair counts for something else")
        fit = gap
    _demand(not gap if not solution.gap else solution.gap >= min(gap, fit), "a permitted pair would gain more")


def _demand(holds: bool | NDArray[np.bool_], otherwise: str) -> None:
    if not np.all(holds):
        raise Unsound(otherwise)
