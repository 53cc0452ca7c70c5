"""Whether an assignment is what it claims to be: nothing here knows how it was found."""

from collections.abc import Sequence

import numpy as np

from flows.matching.solving.assignment import Solution
from flows.matching.solving.worth import Worth, blocks


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
    held = [(mentee, mentor) for mentee, mentor in enumerate(solution.partner) if mentor is not None]
    _demand(len(solution.partner) == len(solution.gain) == worth.mentees, "a mentee is missing")
    _demand(len(places) == len(load) == len(solution.price) == worth.mentors, "a mentor is missing")
    _demand(all(0 <= mentor < worth.mentors for _, mentor in held), "somebody's mentor does not exist")
    taken = [0] * worth.mentors
    for _, mentor in held:
        taken[mentor] += 1
    for mentor, price in enumerate(solution.price):
        _demand(taken[mentor] <= places[mentor], "a mentor has more mentees than places")
        _demand(price >= load_cost * (load[mentor] + max(0, taken[mentor] - 1)), "a place is sold under its cost")
        # An idle mentor has one possible price, the first place's cost, so that any other is noticed.
        if taken[mentor] < places[mentor] or not taken[mentor]:
            _demand(price <= load_cost * (load[mentor] + taken[mentor]), "a free place is dearer than its cost")

    gain, price_of = np.array(solution.gain, dtype=np.int64), np.array(solution.price, dtype=np.int64)
    partner = np.array([-1 if mentor is None else mentor for mentor in solution.partner], dtype=np.int64)
    closed = np.array(places, dtype=np.int64) == 0
    gap, best, given = 0, np.full(worth.mentees, -1, dtype=np.int64), np.full(worth.mentees, -1, dtype=np.int64)
    for rows, points in blocks(worth):
        block = points.astype(np.int64)
        given[rows] = block[np.arange(len(block)), partner[rows]]
        block[:, closed] = -1
        best[rows] = block.max(axis=1)
        gap += int(np.where(block < 0, 0, block - price_of - gain[rows, np.newaxis]).max(axis=1).clip(min=0).sum())

    value = -sum(load_cost * (load[mentor] + nth) for mentor in range(worth.mentors) for nth in range(taken[mentor]))
    for mentee, mentor in held:
        _demand(given[mentee] >= 0, "a pair is not permitted")
        _demand(solution.gain[mentee] == given[mentee] - solution.price[mentor], "a gain is not what its pair leaves")
        value += int(given[mentee])
    alone = {gain for gain, mentor in zip(solution.gain, solution.partner, strict=True) if mentor is None}
    _demand(alone <= {solution.nobody}, "a mentee without a pair gains something else than that")
    _demand(min(solution.gain, default=solution.nobody) >= solution.nobody, "a pair is worse than none")
    _demand(solution.value == value, "the pairs are not worth what is claimed")
    if unmatched is None:
        # Whoever has no place sells none, however many mentees they have.
        dearest = max((load_cost * (load[nth] + free) for nth, free in enumerate(places) if free), default=0)
        _demand(
            -solution.nobody > min(int((best >= 0).sum()), sum(places)) * (int(best.max(initial=0)) + dearest),
            "fit could outrank people",
        )
        fit = int(np.sort(best.clip(min=0))[::-1][: sum(places)].sum()) - value
    else:
        _demand(solution.nobody == unmatched, "a mentee without a pair counts for something else")
        fit = gap
    _demand(not gap if not solution.gap else solution.gap >= min(gap, fit), "a permitted pair would gain more")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Unsound(otherwise)
