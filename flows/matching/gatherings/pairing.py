"""Peers in pairs: as many people as possible, nobody twice with the same one, and a third where one is left over."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from flows.matching.gatherings.leftover import Pair, take_in
from flows.matching.gatherings.repeats import Met, fresh, new_alone
from flows.matching.solving.assignment import assign
from flows.matching.solving.candidates import Edges, Index, highest
from flows.matching.solving.worth import FORBIDDEN, Points, Worth, blocks

ALL_PAIRS = 1_000
"""People up to whom every permitted pair is looked at."""
BEST = 15
"""Partners of each person that are looked at where there are more people."""
WIDER = 4


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who meets whom in a round."""

    groups: tuple[tuple[int, ...], ...]
    """Two people, or three; each group and all groups in order."""
    alone: tuple[int, ...]
    """Whom no pair may take in."""
    value: int
    """The points of the pairs, before anybody joined as a third; see `repeats.fresh`."""
    exact: bool
    """Every permitted pair was looked at, so that no other pairs have more people. And none of as many people have more
    points, unless that would leave somebody alone, or with somebody whom they have met."""


def pair_up(fit: Worth, *, met: Met, over: Callable[[], bool]) -> Pairing:
    """The best pairs of these peers: as many as possible, then as many as possible that have not met, then the fit.

    `fit` has the same people on both sides and is worth the same both ways; see `Mutual`. Among equals the result
    depends on the order of the people and on nothing else. Where there are too many for every pair, and more than one
    is left over by the best of each, a wider choice is tried as long as it helps and `over` does not end it.
    """
    worth, people = fresh(fit, met), fit.mentees
    most = people if people <= ALL_PAIRS else BEST
    edges = _best(worth, most)
    partner = _matched(edges, people)
    while most < people and len(_left(partner, edges)) > 1 and not over():
        most *= WIDER
        edges = _best(worth, most)
        wider = _matched(edges, people)
        helped = np.count_nonzero(wider < 0) < np.count_nonzero(partner < 0)
        partner = wider
        if not helped:
            break
    chosen = partner[edges.rows] == edges.columns
    groups = list(zip(edges.rows[chosen].tolist(), edges.columns[chosen].tolist(), strict=True))
    pairs, third = _taken_in(worth, groups, np.flatnonzero(partner < 0).tolist(), over)
    joined = {pair: person for person, pair in third.items()}
    paired = {person for pair in pairs for person in pair}
    return Pairing(
        groups=tuple(tuple(sorted((*pair, joined[pair]))) if pair in joined else pair for pair in pairs),
        alone=tuple(person for person in range(people) if person not in paired and person not in third),
        value=sum(int(worth.block(slice(one, one + 1))[0, other]) for one, other in pairs),
        exact=most >= people,
    )


def gap(fit: Worth, pairing: Pairing, *, met: Met, over: Callable[[], bool]) -> int:
    """By how many points another pairing of as many people could be better at most; from NEW on, it could have fewer
    who meet again.

    Who is with somebody has that somebody with them: counted from both, a pairing is an assignment of everybody to
    everybody. So half of the best assignment is a bound, and it takes one solve.
    """
    worth = fresh(fit, met)
    some = np.flatnonzero(
        np.concatenate([np.zeros(0, bool), *((block >= 0).any(axis=1) for _, block in blocks(worth))])
    )
    seats = _WithEmpty(worth, some, empty=len(some) - 2 * len(pairing.groups))
    ones = [1] * seats.mentors
    best = assign(seats, ones, load=[0] * seats.mentors, load_cost=0, unmatched=None, over=over)
    return (best.value + best.gap) // 2 - pairing.value


def _taken_in(
    worth: Worth, groups: list[Pair], left: list[int], over: Callable[[], bool]
) -> tuple[list[Pair], dict[int, Pair]]:
    """Who is left over joins people who are all new to them, though others must change places for it; only where there
    is no such way, anybody."""
    pairs, third = take_in(new_alone(worth), groups, left, over=over)
    full = set(third.values())
    seated = {person for pair in pairs for person in pair} | third.keys()
    still = [person for person in sorted({*left, *chain.from_iterable(groups)}) if person not in seated]
    others, further = take_in(worth, [pair for pair in pairs if pair not in full], still, over=over)
    return sorted([*full, *others]), {**third, **further}


@dataclass(frozen=True, slots=True, eq=False)
class _WithEmpty:
    """Some of the people, and an empty seat for each whom pairing leaves over: beside it they sit."""

    worth: Worth
    people: Index
    empty: int

    @property
    def mentees(self) -> int:
        return len(self.people) + self.empty

    @property
    def mentors(self) -> int:
        return len(self.people) + self.empty

    def block(self, rows: slice) -> Points:
        points = np.zeros((len(range(self.mentees)[rows]), self.mentors), dtype=np.int32)
        seats = np.arange(self.mentees)[rows]
        real = seats < len(self.people)
        if real.any():
            those = self.people[seats[real]]
            found = self.worth.block(slice(int(those[0]), int(those[-1]) + 1))
            points[real, : len(self.people)] = found[those - those[0]][:, self.people]
        points[~real, len(self.people) :] = FORBIDDEN
        return points


def _best(worth: Worth, most: int) -> Edges:
    """So many of the best partners of each person, every pair once, the lower number first."""
    found = []
    for rows, points in blocks(worth):
        row, column = highest(points, most, turns=np.arange(rows.start, rows.stop))
        value = points[row, column]
        row = row + rows.start
        found.append((np.minimum(row, column), np.maximum(row, column), value))
    return Edges.of(*found)


def _matched(edges: Edges, people: int) -> Index:
    """The partner of each person, -1 for none: most pairs first, then most points."""
    # Here and not above: most starts of the program match nobody.
    from rustworkx import PyGraph, max_weight_matching

    graph: PyGraph[int, int] = PyGraph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from(list(zip(edges.rows.tolist(), edges.columns.tolist(), edges.points.tolist(), strict=True)))
    partner = np.full(people, -1, dtype=np.int64)
    for one, other in max_weight_matching(graph, max_cardinality=True, weight_fn=int):
        partner[one], partner[other] = other, one
    return partner


def _left(partner: Index, edges: Edges) -> Index:
    """Who has nobody though there is somebody for them."""
    return np.intersect1d(np.flatnonzero(partner < 0), np.concatenate((edges.rows, edges.columns)))
