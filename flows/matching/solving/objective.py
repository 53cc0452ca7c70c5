"""What a draft is to make the most of: people, then fit and what steers it, then the fit of the worst off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.assignment import Solution, Told, assign
from flows.matching.solving.worth import Bonuses, Steered, Worth, barred, blocks

Pairs = Mapping[tuple[int, int], int]
"""Points of single pairs (mentee, mentor)."""


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """Everything that decides which draft is the best. Locked pairs are no longer in it: their places are taken."""

    scores: Worth
    """The fit of each pair, 0 to 10,000 points; forbidden pairs below 0."""
    places: Sequence[int]
    load: Sequence[int]
    """Mentees of each mentor by now, those of locked pairs among them."""
    load_cost: int
    minimum: int | None
    """None: more people outrank every gain in fit. Else pairs with a lower score may not be, and fit decides alone."""
    waiting: Sequence[int]
    """Points of each mentee, with whomever."""
    wishes: Pairs
    stability: Pairs
    """Of the pairs of the previous draft: they decide the draft, and not how far the floor is lifted."""
    floor_loss: Fraction
    """Per cent of the value that may go into lifting the lowest score; 0: none."""
    locked: int = 0
    """The value of the locked pairs without stability: the floor's loss is measured on the value of all."""

    @property
    def unmatched(self) -> int | None:
        """What counts for a mentee without a pair, as `assign` takes it."""
        return None if self.minimum is None else 0

    def worth(self, *, floor: int, stability: bool) -> Steered:
        """Points of all kinds for the pairs whose score is not below the floor."""
        return Steered(
            scores=self.scores,
            waiting=np.array(self.waiting, dtype=np.int32),
            pairs=Bonuses.of(self.wishes, self.stability if stability else {}),
            least=max(floor, self.minimum or 0),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The best assignment that an objective allows."""

    solution: Solution
    worth: Steered
    """What it is the best of."""
    floor: int | None
    """No score that is not locked is below it, and a higher floor would cost a person or too much of the value."""
    value: int
    """Of the best draft without a floor, the locked pairs' among it and stability not."""
    lost: int
    """Points of that which went into the floor."""
    solves: int
    finished: bool
    """False: the deadline came before it was known that no higher floor will do. What the solution lacks is its gap."""


def optimum(objective: Objective, *, over: Callable[[], bool], told: Told = lambda value, gap: None) -> Optimum:
    """The best assignment under the highest floor that costs no person and no more of the value than permitted.

    In best-fit a floor may cost people, only the value counts. There is none where the value is not above 0. `told`
    hears how far it is from the best without a floor.
    """
    search = _Search(objective, over)
    first = search.solve(0, told=told)
    value = first.value + objective.locked
    floor, best, finished = None, first, first.gap == 0
    if objective.floor_loss and value > 0 and finished and (scores := _scores(objective)).size:
        floor, best, finished = search.lift(first, scores, int(value * objective.floor_loss / 100))
    worth, solution = objective.worth(floor=floor or 0, stability=True), best
    if objective.stability:
        solution = search.solve(floor or 0, stability=True)
    return Optimum(solution, worth, floor, value, first.value - best.value, search.solves, finished)


class _Search:
    """The search for the highest floor, and how many times it had to solve."""

    def __init__(self, objective: Objective, over: Callable[[], bool]) -> None:
        self.objective = objective
        self.over = over
        self.solves = 0
        self.last: Solution | None = None

    def solve(
        self,
        floor: int,
        *,
        stability: bool = False,
        at_least: tuple[int, int] | None = None,
        told: Told = lambda value, gap: None,
    ) -> Solution:
        self.solves += 1
        self.last = assign(
            self.objective.worth(floor=floor, stability=stability),
            self.objective.places,
            load=self.objective.load,
            load_cost=self.objective.load_cost,
            unmatched=self.objective.unmatched,
            over=self.over,
            at_least=at_least,
            guess=self.last.price if self.last else None,
            told=told,
        )
        return self.last

    def lift(self, first: Solution, scores: NDArray[np.int64], loss: int) -> tuple[int, Solution, bool]:
        """The highest of these scores that will do as a floor, the best under it, and whether the search ended.

        The higher the floor the lower the value, so that halving finds it. A floor is not solved for where the prices
        of the last solution show already that it costs too much.
        """
        enough = (first.matched, first.value - loss)
        best, low, high = first, self._reached(scores, first), len(scores) - 1
        while low < high:
            if self.over():
                return int(scores[low]), best, False
            middle = (low + high + 1) // 2
            tried = None if self._ruled_out(int(scores[middle]), enough) else self._tried(int(scores[middle]), enough)
            if tried:
                best, low = tried, self._reached(scores, tried)
            elif self.last and self.last.gap and self.over():
                return int(scores[low]), best, False
            else:
                high = middle - 1
        return int(scores[low]), best, True

    def _tried(self, floor: int, enough: tuple[int, int]) -> Solution | None:
        """The best under this floor, if that is good enough, and proved."""
        people, value = enough
        found = self.solve(floor, at_least=enough)
        fewer = self.objective.minimum is None and found.matched < people
        return None if found.gap or fewer or found.value < value else found

    def _reached(self, scores: NDArray[np.int64], solution: Solution) -> int:
        """Under its own lowest score a solution stays the best; the place of that among all scores."""
        lowest = _lowest(self.objective.scores, solution.partner, otherwise=int(scores[-1]))
        return int(np.searchsorted(scores, lowest))

    def _ruled_out(self, floor: int, enough: tuple[int, int]) -> bool:
        """Whether the last prices leave too little under this floor: then no assignment does better.

        Any prices bound every assignment: by what mentees gain at most, and what mentors' places bring.
        """
        priced = self.last
        if not priced:
            return False
        rents = priced.value + priced.nobody * (len(priced.partner) - priced.matched) - sum(priced.gain)
        price, closed = np.array(priced.price, dtype=np.int64), np.array(self.objective.places, dtype=np.int32) - 1
        gains = priced.nobody * len(priced.partner)
        for _, points in blocks(self.objective.worth(floor=floor, stability=False)):
            above = barred(points - (price + priced.nobody), by=points | closed)
            gains += int(above.max(axis=1, initial=0).sum())
        people, value = enough
        return rents + gains < value + priced.nobody * (len(priced.partner) - people)


def _scores(objective: Objective) -> NDArray[np.int64]:
    """Every score that a permitted pair has, once, from the lowest."""
    least = objective.minimum or 0
    seen = np.zeros(1, dtype=np.int64)
    for _, points in blocks(objective.scores):
        counts = np.bincount(points[points >= least])
        seen = np.pad(seen, (0, max(0, len(counts) - len(seen))))
        seen[: len(counts)] += counts
    return np.flatnonzero(seen)


def _lowest(scores: Worth, partner: Sequence[int | None], *, otherwise: int) -> int:
    """The lowest score of these pairs."""
    mentors = np.array([-1 if mentor is None else mentor for mentor in partner], dtype=np.int64)
    lowest = otherwise
    for rows, points in blocks(scores):
        held = np.flatnonzero(mentors[rows] >= 0)
        lowest = min(lowest, int(points[held, mentors[rows][held]].min(initial=lowest)))
    return lowest
