"""Small, slow and independent ways to the best assignment, to hold the engine against."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from flows.matching.solving.assignment import Solution, assign
from flows.matching.solving.worth import Dense

NEVER = -(2**60)


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Made-up points and places."""

    points: NDArray[np.int32]
    places: tuple[int, ...]
    load: tuple[int, ...]
    step: int

    @property
    def worth(self) -> Dense:
        return Dense(self.points)

    def solve(self, *, unmatched: int | None = None) -> Solution:
        return assign(
            self.worth, self.places, load=self.load, load_cost=self.step, unmatched=unmatched, over=lambda: False
        )

    def cost(self, mentor: int, taken: int) -> int:
        return sum(self.step * (self.load[mentor] + nth) for nth in range(taken))


def market(
    dice: Random, mentees: int, mentors: int, *, step: int | None = None, permitted: float | None = None
) -> Market:
    """Capacities 0 to 3, up to nine tenths of the pairs forbidden, and points that are often equal."""
    numbers = np.random.default_rng(dice.getrandbits(32))
    points = numbers.integers(0, dice.choice((1, 3, 40, 10_001)), (mentees, mentors), endpoint=True).astype(np.int32)
    share = 1 - 0.9 * dice.random() if permitted is None else permitted
    points[numbers.random((mentees, mentors)) > share] = -1
    return Market(
        points=points,
        places=tuple(dice.randint(0, 3) for _ in range(mentors)),
        load=tuple(dice.choice((0, 0, 1, 2)) for _ in range(mentors)),
        step=dice.choice((0, 1, 7, 600)) if step is None else step,
    )


def by_load_vector(made: Market) -> NDArray[np.int64]:
    """The most points, without any cost, for every way in which the mentors can be taken: an axis a mentor.

    Every assignment is tried, one mentee after the other; NEVER where there is none.
    """
    best = np.full([free + 1 for free in made.places], NEVER, dtype=np.int64)
    best[(0,) * best.ndim] = 0
    for row in made.points.tolist():
        after = best.copy()
        for mentor, points in enumerate(row):
            if points >= 0 and made.places[mentor]:
                with_one = np.moveaxis(after, mentor, 0)[1:]
                np.maximum(with_one, np.moveaxis(best, mentor, 0)[:-1] + points, out=with_one)
        best = after
    return best


def by_brute_force(made: Market, *, unmatched: int | None = None) -> tuple[int, int]:
    """People matched and value of the best assignment: most people first, or what `assign` says of `unmatched`."""
    best = by_load_vector(made)
    found = []
    for taken in zip(*np.nonzero(best >= 0), strict=True) if best.ndim else [()]:
        value = int(best[taken]) - sum(made.cost(mentor, int(count)) for mentor, count in enumerate(taken))
        found.append((int(sum(taken)), value))
    if unmatched is None:
        return max(found)
    return max(found, key=lambda one: one[1] - unmatched * one[0])


def seats(made: Market) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The dense problem: what every mentee costs in every seat or alone; and the mentor of each seat."""
    mentees, mentors = made.points.shape
    of_mentor = np.repeat(np.arange(mentors), made.places)
    nth = np.concatenate([np.arange(0), *(np.arange(free) for free in made.places)])
    price = made.step * (np.array(made.load, dtype=np.int64)[of_mentor] + nth)
    alone = (mentees + 2) * (20_000 + made.step * 6)
    cost = np.full((mentees, len(of_mentor) + mentees), alone, dtype=np.int64)
    points = made.points[:, of_mentor].astype(np.int64)
    cost[:, : len(of_mentor)] = np.where(points < 0, 4 * alone, price - points)
    return cost, of_mentor


def valued(made: Market, cost: NDArray[np.int64], chosen: Sequence[int]) -> tuple[int, int]:
    """People matched and value of a solution of the dense problem."""
    last = cost.shape[1] - cost.shape[0]
    taken = [(mentee, seat) for mentee, seat in enumerate(chosen) if seat < last]
    return len(taken), -sum(int(cost[mentee, seat]) for mentee, seat in taken)


def by_dense_solver(made: Market) -> tuple[int, int]:
    """By scipy's dense solver, which shares nothing with the sparse one but its package."""
    cost, _ = seats(made)
    return valued(made, cost, linear_sum_assignment(cost)[1].tolist())


def by_hungarian(made: Market) -> tuple[int, int]:
    """By the Hungarian method with whole numbers: the cheapest path to a free seat, for one mentee after the other."""
    cost, _ = seats(made)
    mentees, width = cost.shape
    u, v = np.zeros(mentees, dtype=np.int64), np.zeros(width, dtype=np.int64)
    holder = np.full(width, -1, dtype=np.int64)
    for mentee in range(mentees):
        shortest = cost[mentee] - u[mentee] - v
        came_by = np.full(width, mentee, dtype=np.int64)
        done = np.zeros(width, dtype=bool)
        while True:
            seat = int(np.where(done, 2**62, shortest).argmin())
            if holder[seat] < 0:
                break
            done[seat] = True
            other = int(holder[seat])
            further = shortest[seat] + cost[other] - u[other] - v
            better = ~done & (further < shortest)
            shortest[better], came_by[better] = further[better], other
        end = shortest[seat]
        u[mentee] += end
        u[holder[done]] += end - shortest[done]
        v[done] -= end - shortest[done]
        while True:
            other = int(came_by[seat])
            before = int(np.flatnonzero(holder == other)[0]) if other != mentee else -1
            holder[seat] = other
            if other == mentee:
                break
            seat = before
    chosen = np.empty(mentees, dtype=np.int64)
    chosen[holder[holder >= 0]] = np.flatnonzero(holder >= 0)
    return valued(made, cost, chosen.tolist())


def most_people(permitted: NDArray[np.bool_], places: Sequence[int]) -> int:
    """How many mentees can have a permitted mentor at once, one augmenting path after the other."""
    holds: list[list[int]] = [[] for _ in places]

    def seated(mentee: int, seen: set[int]) -> bool:
        for mentor in np.flatnonzero(permitted[mentee]).tolist():
            if mentor in seen:
                continue
            seen.add(mentor)
            if len(holds[mentor]) < places[mentor]:
                holds[mentor].append(mentee)
                return True
            for place, other in enumerate(holds[mentor]):
                if seated(other, seen):
                    holds[mentor][place] = mentee
                    return True
        return False

    return sum(seated(mentee, set()) for mentee in range(len(permitted)))
