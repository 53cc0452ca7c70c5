"""What each possible pair is worth, in whole points, block by block of mentees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int32]
"""A row a mentee and a column a mentor; FORBIDDEN, or anything below 0, means that the pair may not be."""

Whole = TypeVar("Whole", Points, NDArray[np.int64], NDArray[np.signedinteger])

FORBIDDEN = -1
BLOCK = 2**17
"""Pairs that are looked at together: more than that, and they fall out of the processor's cache."""


class Worth(Protocol):
    """What each possible pair is worth, worked out when asked for."""

    @property
    def mentees(self) -> int: ...

    @property
    def mentors(self) -> int: ...

    def block(self, rows: slice) -> Points:
        """The points of these mentees with every mentor; only to be read."""
        ...


def barred(points: Whole, *, by: Points) -> Whole:
    """The same, FORBIDDEN wherever `by` is below 0.

    Every bit of FORBIDDEN is set, and a number that is shifted far enough is nothing but its sign: `np.where` decides
    pair by pair and takes ten times as long.
    """
    return points | (by >> 31)


def blocks(worth: Worth, *, only: NDArray[np.bool_] | None = None) -> Iterator[tuple[slice, Points]]:
    """Every pair once, in blocks of rows; none at all when one of the sides is empty.

    With `only`, blocks without any of these mentees are left out.
    """
    if worth.mentors:
        height = max(1, BLOCK // worth.mentors)
        for first in range(0, worth.mentees, height):
            rows = slice(first, min(first + height, worth.mentees))
            if only is None or only[rows].any():
                yield rows, worth.block(rows)


def held(worth: Worth, partner: Sequence[int | None]) -> NDArray[np.int64]:
    """The points of each mentee with their mentor; 0 for who has none."""
    mentors = np.array([-1 if mentor is None else mentor for mentor in partner], dtype=np.int64)
    points = np.zeros(len(mentors), dtype=np.int64)
    for rows, block in blocks(worth):
        there = np.flatnonzero(mentors[rows] >= 0)
        points[there + rows.start] = block[there, mentors[rows][there]]
    return points


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """Points that are all there."""

    points: NDArray[np.int16] | Points
    """Half as wide they take half the room, and every pair of a large company is looked at many times."""

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], *, mentors: int) -> Self:
        """The same from a row a mentee; without any row the number of mentors would not be known."""
        return cls(np.array(rows, dtype=np.int32).reshape(len(rows), mentors))

    @property
    def mentees(self) -> int:
        return int(self.points.shape[0])

    @property
    def mentors(self) -> int:
        return int(self.points.shape[1])

    def block(self, rows: slice) -> Points:
        return self.points[rows].astype(np.int32, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class Narrowed:
    """The points of some of the mentors, in their order."""

    worth: Worth
    columns: NDArray[np.int64]

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return len(self.columns)

    def block(self, rows: slice) -> Points:
        return self.worth.block(rows)[:, self.columns]


@dataclass(frozen=True, slots=True, eq=False)
class Without:
    """The same with nobody permitted for one mentee."""

    worth: Worth
    mentee: int

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return self.worth.mentors

    def block(self, rows: slice) -> Points:
        points = self.worth.block(rows)
        if rows.start <= self.mentee < rows.stop:
            points = points.copy()
            points[self.mentee - rows.start] = FORBIDDEN
        return points


@dataclass(frozen=True, slots=True, eq=False)
class Steered:
    """Points with what steers a draft beside the fit: nothing of it makes a forbidden pair possible."""

    scores: Worth
    waiting: NDArray[np.int32]
    """Points of a mentee with whomever: who gets a scarce place, and never which."""
    pairs: "Bonuses"
    """Points of single pairs, such as wishes and pairs of the previous draft."""
    least: int = 0
    """Pairs with a lower score may not be, whatever steers them."""

    @property
    def mentees(self) -> int:
        return self.scores.mentees

    @property
    def mentors(self) -> int:
        return self.scores.mentors

    def block(self, rows: slice) -> Points:
        scores = self.scores.block(rows)
        points = barred(scores + self.waiting[rows, np.newaxis], by=scores - np.int32(self.least))
        row, column, bonus = self.pairs.within(rows)
        points[row, column] += np.where(points[row, column] < 0, 0, bonus)
        return points


@dataclass(frozen=True, slots=True, eq=False)
class Bonuses:
    """Points of single pairs, sorted by mentee."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    points: Points

    @classmethod
    def of(cls, *kinds: Mapping[tuple[int, int], int]) -> Self:
        """What several kinds give to a pair (mentee, mentor) adds up."""
        pairs = sorted({pair for kind in kinds for pair in kind})
        return cls(
            rows=np.array([mentee for mentee, _ in pairs], dtype=np.int64),
            columns=np.array([mentor for _, mentor in pairs], dtype=np.int64),
            points=np.array([sum(kind.get(pair, 0) for kind in kinds) for pair in pairs], dtype=np.int32),
        )

    def within(self, rows: slice) -> tuple[NDArray[np.int64], NDArray[np.int64], Points]:
        """Those of a block: rows counted from its first, columns, points."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        return self.rows[first:last] - rows.start, self.columns[first:last], self.points[first:last]
