"""Circles of four to eight peers who suit each other, with as few broken limits as can be found."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from flows.matching.gatherings.draws import Draws
from flows.matching.gatherings.gathering import SMALLEST_CIRCLE
from flows.matching.solving.candidates import Index
from flows.matching.solving.worth import Points

LEAST, MOST = SMALLEST_CIRCLE, 8
KICKED = 8
"""Per cent of the people who change circles by lot before another search."""
KICKS = 100
"""Searches after the first one, while there is time."""

Masks = NDArray[np.uint16]
"""A row and a column a person: the limits that stand between two people, a bit each."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Two people in one circle whom a limit would keep apart."""

    one: int
    other: int
    limits: int
    """A bit for each, as they were given."""


@dataclass(frozen=True, slots=True)
class Circles:
    """Everybody in one circle; sizes differ by one at most."""

    groups: tuple[tuple[int, ...], ...]
    """Each of them in order, and all by their first member."""
    affinity: int
    """Of all pairs of people who share a circle."""
    broken: tuple[Broken, ...]
    searches: int


def circles(
    affinity: Points,
    limits: Masks,
    *,
    zone: Sequence[int],
    count: int,
    ready: Collection[int] = (),
    never: int = 0,
    seed: str,
    over: Callable[[], bool],
    kicks: int = KICKS,
) -> Circles:
    """So many circles: as few broken limits as can be found, then as much affinity.

    A limit among the bits of `never` counts for more than all others that a swap could keep.

    Who is `ready` to facilitate is spread over the circles before affinity counts, so that each has one if it can.
    `affinity` is in points from 0 and, like `limits`, the same both ways; `zone` are minutes east of UTC, neighbours
    in which share a circle to begin with. The search swaps two people while that helps, then moves some by lot and
    tries again; the lot is the seed's, so that with time enough the same people come to the same circles. Once `over`
    says so, it returns the best so far.
    """
    people = len(zone)
    if not count:
        return Circles((), 0, (), 0)
    search = _Search(_costs(affinity, limits, ready, count, never), people, over)
    best = search.settle(_seated(zone, count))
    draws, searches = Draws(seed), 1
    for _ in range(kicks):
        if over() or count == 1:
            break
        tried = search.settle(_kicked(best, people, draws))
        best = tried if search.cost(tried) < search.cost(best) else best
        searches += 1
    groups = tuple(sorted(tuple(np.flatnonzero(best[:people] == circle).tolist()) for circle in range(count)))
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return Circles(
        groups=groups,
        affinity=sum(int(affinity[pair]) for pair in pairs),
        broken=tuple(Broken(*pair, int(limits[pair])) for pair in pairs if limits[pair]),
        searches=searches,
    )


def number_of_circles(people: int, size: int) -> int:
    """How many circles have about so many members each, and from four to eight; fewer than four people are one."""
    lawful = range(-(-people // MOST), people // LEAST + 1)
    return min(lawful, key=lambda circles: (abs(people - size * circles), circles), default=min(people, 1))


def _seated(zone: Sequence[int], count: int) -> Index:
    """The circle of each person and of each empty seat: neighbours in time together, one empty seat at most in each."""
    people = len(zone)
    seats = count * -(-people // count)
    full = count - (seats - people)
    sizes = [seats // count] * full + [seats // count - 1] * (count - full)
    at = np.arange(seats) - people + full  # An empty seat in each of the circles that are not full.
    at[np.argsort(np.array(zone), kind="stable")] = np.repeat(np.arange(count), sizes)
    return at


def _kicked(at: Index, people: int, draws: Draws) -> Index:
    """Some people take the next one's place in a round."""
    moved = draws.some(min(people, max(2, people * KICKED // 100)), among=people)
    kicked = at.copy()
    kicked[moved] = at[np.roll(moved, 1)]
    return kicked


def _costs(affinity: Points, limits: Masks, ready: Collection[int], count: int, never: int) -> NDArray[np.int64]:
    """What each two people cost in one circle: two facilitators more than any affinity is worth, a limit more still.

    Empty seats make all circles equally large, so that every move is a swap; two of them in one circle would cost more
    than a swap can gain.
    """
    people, size = len(affinity), -(-len(affinity) // count)
    pairs = count * size * (size - 1) // 2
    beside = 1 + pairs * int(affinity.max(initial=0))
    broken = beside * (1 + pairs)
    facilitating = np.isin(np.arange(people), list(ready))
    cost = np.zeros((count * size, count * size), dtype=np.int64)
    # A swap changes the company of two people: what it can break or keep are so many limits.
    swap = 2 * MOST * np.iinfo(limits.dtype).bits
    cost[people:, people:] = broken * swap * swap * 2
    cost[:people, :people] = broken * np.bitwise_count(limits).astype(np.int64) - affinity
    cost[:people, :people] += broken * swap * ((limits & np.uint16(never)) > 0)
    cost[:people, :people] += beside * (facilitating & facilitating[:, np.newaxis])
    np.fill_diagonal(cost, 0)
    return cost


class _Search:
    """Swaps two people between circles while that helps; what each person would cost each circle is kept in a table."""

    def __init__(self, cost: NDArray[np.int64], people: int, over: Callable[[], bool]) -> None:
        self.pair = cost
        self.people = people
        self.over = over

    def cost(self, at: Index) -> int:
        """Of all pairs of people who share a circle."""
        return int(self.pair[at[:, np.newaxis] == at].sum()) // 2

    def settle(self, start: Index) -> Index:
        """The circles that no swap makes better, or those reached in time."""
        at, everybody = start.copy(), np.arange(len(start))
        size = len(at) // (int(at.max()) + 1)
        by_circle = self.pair[:, np.argsort(at, kind="stable")]
        table = by_circle.reshape(len(at), -1, size).sum(axis=2)
        improved = True
        while improved and not self.over():
            improved = False
            for one in range(self.people):
                here, now = at[one], table[everybody, at]
                change = table[one, at] - now[one] + table[:, here] - now - 2 * self.pair[one]
                change[at == here] = 0
                other = int(change.argmin())
                if change[other] < 0:
                    there, moved = at[other], self.pair[:, other] - self.pair[:, one]
                    table[:, here] += moved
                    table[:, there] -= moved
                    at[one], at[other] = there, here
                    improved = True
        return at
