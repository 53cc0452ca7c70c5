"""The exact assignment of mentees to the places of mentors, with the prices that prove it; it knows no people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from flows.matching.candidates import Edges, Index, Prices, candidates, missing
from flows.matching.worth import Narrowed, Worth, blocks

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


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """How many mentees each mentor can take, and what each of those costs."""

    free: Index
    load: Index
    """Mentees whom a mentor has by now: the next one costs the step times as many points."""
    step: int

    def cost(self, mentors: Index, nth: Index) -> Prices:
        """Of the nth new mentee, counted from 0, of each of these mentors."""
        return self.step * (self.load[mentors] + nth)

    def following(self, taken: Index) -> Prices:
        """Of the next one, when each mentor has taken so many."""
        return self.step * (self.load + taken)

    def total(self, taken: Index) -> int:
        """Of all together."""
        return int((self.step * (self.load * taken + taken * (taken - 1) // 2)).sum())


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
) -> Solution:
    """The best assignment of all that are permitted; `worth` is in points, a mentor takes up to `places` mentees.

    The next mentee costs a mentor `load_cost` times those whom they have by then, `load` to begin with. `unmatched`
    None: more people outrank whatever the others could gain. A number: what counts for a mentee without a pair, so
    that a pair that brings less is worse than none. Once `over` says so, the best so far is returned with its gap; and
    so it is as soon as none can match so many people and be worth so much as `at_least` says. `guess` are the prices of
    a similar solution: with them the first candidates are nearly always the right ones.
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
        held = _matched(edges, room, nobody, inner.mentees)
        gain, price = _settled(edges, held, room, nobody)
        more, gap = missing(inner, gain, price)
        pairs = _held(edges, held)
        taken = np.bincount(edges.columns[pairs], minlength=inner.mentors)
        value = int(edges.points[pairs].sum(dtype=np.int64)) - room.total(taken)
        hopeless = at_least and nobody * (len(pairs) - at_least[0]) > value + gap - at_least[1]
        if not gap or hopeless or over():
            break
        edges = edges.joined(more)
    if gap and unmatched is None:
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


def _matched(edges: Edges, room: Places, nobody: int, mentees: int) -> Index:
    """The mentor of each mentee, -1 for none: the best that these pairs allow."""
    # Here and not above: it takes a quarter of a second and 40 MB, and most starts of the program match nobody.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    held = np.full(mentees, -1, dtype=np.int64)
    if not len(edges):
        return held
    # Who has no permitted pair stays outside.
    people, person = np.unique(edges.rows, return_inverse=True)
    free = np.minimum(room.free, np.bincount(edges.columns, minlength=len(room.free)))
    seats = np.repeat(np.arange(len(free)), free)
    copies = free[edges.columns]
    edge = np.repeat(np.arange(len(edges)), copies)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    mentor = edges.columns[edge]
    person, seat = person[edge], (np.cumsum(free) - free)[mentor] + nth
    # The solver takes a cost of 0 for a missing pair, so everything costs 1 more.
    top = 1 + max(int(edges.points.max()), nobody)
    cost = top - edges.points[edge] + room.cost(mentor, nth)
    # Everybody on the smaller side, which is several times faster, has a column of their own for staying alone.
    scarce = len(seats) < len(people)
    row, column = (seat, person) if scarce else (person, seat)
    few, many = sorted((len(people), len(seats)))
    graph = csr_array(
        (
            np.concatenate((cost, np.full(few, top - nobody))).astype(np.float64),
            (np.concatenate((row, np.arange(few))), np.concatenate((column, many + np.arange(few)))),
        ),
        shape=(few, many + few),
    )
    rows, columns = min_weight_full_bipartite_matching(graph)
    paired = columns < many
    row, column = rows[paired], columns[paired]
    held[people[column if scarce else row]] = seats[row if scarce else column]
    return held


def _held(edges: Edges, held: Index) -> Index:
    return np.flatnonzero(held[edges.rows] == edges.columns)


def _settled(edges: Edges, held: Index, room: Places, nobody: int) -> tuple[Prices, Prices]:
    """The least prices at which these pairs leave nobody a better choice, with the gains that they leave.

    Everybody bids for each of their mentors what would leave as much as they have, and prices rise until no bid is
    higher. Whole numbers, so that they settle exactly; if they do not, the matching was not the best.
    """
    pairs = _held(edges, held)
    taken = np.bincount(edges.columns[pairs], minlength=len(room.free))
    price = room.following(np.maximum(taken - 1, 0))
    gain = np.full(len(held), nobody, dtype=np.int64)
    by_column = np.argsort(edges.columns, kind="stable")
    rows, points = edges.rows[by_column], edges.points[by_column]
    # Only mentors who have a pair: an empty stretch would take its neighbour's highest bid for its own.
    bid_for, start = np.unique(edges.columns[by_column], return_index=True)
    for _ in range(len(room.free) + 1):
        gain[edges.rows[pairs]] = edges.points[pairs] - price[edges.columns[pairs]]
        raised = price.copy()
        if len(edges):
            raised[bid_for] = np.maximum(price[bid_for], np.maximum.reduceat(points - gain[rows], start))
        if np.array_equal(raised, price):
            break
        price = raised
    else:
        raise ArithmeticError("the prices of a matching do not settle: it is not the best one")
    if bool(((price > room.following(taken)) & (taken < room.free)).any()) or bool((gain < nobody).any()):
        raise ArithmeticError("the prices of a matching contradict it: it is not the best one")
    return gain, price
