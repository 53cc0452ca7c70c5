"""The exact assignment of mentees to the places of mentors, with the prices that prove it; it knows no people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from flows.matching.solving.candidates import Edges, candidates, missing
from flows.matching.solving.places import Places
from flows.matching.solving.prices import settled
from flows.matching.solving.solver import matching
from flows.matching.solving.worth import Narrowed, Worth, blocks

Told = Callable[[int, int], None]
"""Hears after each pass what was found so far is worth, and the points by which the best is better at most."""
EXACT = 2**53
"""Whole numbers below this are exact as the floats that the solver works with."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Who goes to whom, and the proof: prices at which nobody would rather have somebody else.

    A place is priced like goods on a market. Each mentee has the gain that is left of a pair's points when the price
    is paid, or `nobody` without a pair; no permitted pair would leave more. `proof.check` says all of it.
    """

    partner: tuple[int | None, ...]
    """The mentor of each mentee."""
    value: int
    """The points of all pairs, less what the load costs."""
    gap: int
    """0: proved to be the best. Else no draft can be better by more points than this."""
    passes: int
    """How often every permitted pair was looked at."""
    edges: int
    """Pairs that the solver was given in the end."""
    nobody: int
    """What counts for a mentee without a pair."""
    gain: tuple[int, ...]
    """Of each mentee."""
    price: tuple[int, ...]
    """Of a place of each mentor: at least what the last taken one costs, and at most what the next one would."""

    @property
    def matched(self) -> int:
        return len(self.partner) - self.partner.count(None)


def assign(
    worth: Worth,
    places: Sequence[int],
    *,
    load: Sequence[int],
    load_cost: int,
    unmatched: int | None,
    over: Callable[[], bool],
    at_least: tuple[int, int] | None = None,
    guess: Sequence[int] | None = None,
    told: Told = lambda value, gap: None,
) -> Solution:
    """The best assignment of all that are permitted; `worth` is in points, a mentor takes up to `places` mentees.

    The next mentee costs a mentor `load_cost` times those whom they have by then, `load` to begin with. `unmatched`
    None: more people outrank whatever the others could gain. A number: what counts for a mentee without a pair, so
    that a pair that brings less is worse than none. Once `over` says so, the best so far is returned with its gap; and
    so it is as soon as none can match so many people and be worth so much as `at_least` says. `guess` are the prices of
    a similar solution: with them the first candidates are nearly always the right ones. `told` hears how far it is.
    Among equals the result depends on the order of rows and columns and on nothing else. Raises OverflowError when
    the sums would not be exact.
    """
    free = np.array(places, dtype=np.int64)
    open_ = np.flatnonzero(free)  # A mentor without a place would only be a column to walk over.
    room = Places(free[open_], np.array(load, dtype=np.int64)[open_], load_cost)
    inner = worth if len(open_) == len(free) else Narrowed(worth, open_)
    edges = candidates(inner, price=None if guess is None else np.array(guess, dtype=np.int64)[open_])
    nobody = _outranked(edges, room, inner.mentees) if unmatched is None else unmatched
    passes = 0
    while True:
        passes += 1
        held = matching(edges, room, nobody=nobody, mentees=inner.mentees)
        gain, price = settled(edges, held, room, nobody=nobody)
        more, gap = missing(inner, gain, price)
        pairs = edges.held(held)
        taken = np.bincount(edges.columns[pairs], minlength=inner.mentors)
        value = int(edges.points[pairs].sum(dtype=np.int64)) - room.total(taken)
        told(value, gap)
        hopeless = at_least and nobody * (len(pairs) - at_least[0]) > value + gap - at_least[1]
        if not gap or hopeless or over():
            break
        edges = edges.joined(more)
    if gap and unmatched is None and not hopeless:
        # The bound counts people as well as fit; what is told is fit.
        gap = max(1, min(gap, most_fit(inner, int(free.sum())) - value))
    prices = load_cost * np.array(load, dtype=np.int64)
    prices[open_] = price
    return Solution(
        partner=tuple(int(open_[mentor]) if mentor >= 0 else None for mentor in held.tolist()),
        value=value,
        gap=gap,
        passes=passes,
        edges=len(edges),
        nobody=nobody,
        gain=tuple(gain.tolist()),
        price=tuple(prices.tolist()),
    )


def most_fit(worth: Worth, places: int) -> int:
    """More points than this no assignment has: everybody with the best mentor, as far as there are places at all."""
    best = [points.max(axis=1) for _, points in blocks(worth)]
    highest = np.sort(np.maximum(np.concatenate(best), 0))[::-1] if best else np.empty(0, np.int32)
    return int(highest[:places].sum(dtype=np.int64))


def _outranked(edges: Edges, room: Places, mentees: int) -> int:
    """What counts for a mentee without a pair, so low that no gain of all the others makes up for it."""
    if not len(edges):
        return -1
    # The best pair of all is among the first candidates, as its mentor's best: the span holds for every pair.
    span = int(edges.points.max()) + int(room.following(room.free).max()) + 1
    pairs = min(len(np.unique(edges.rows)), int(room.free.sum()))
    nobody = -(pairs + 1) * span
    if (mentees + 1) * (span - nobody) >= EXACT:
        raise OverflowError(f"the points of {mentees} mentees would not add up exactly")
    return nobody
