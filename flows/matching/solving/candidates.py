"""Which pairs the solver looks at: the best of each side first, then those that prices show to be missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from flows.matching.solving.worth import Points, Worth, barred, blocks

Index = NDArray[np.int64]
Prices = NDArray[np.signedinteger]
Part = tuple[Index, Index, Points]
"""Pairs: their rows, their columns and their points."""

BEST = 10
"""Mentors of each mentee to begin with, and half as many mentees of each mentor."""
MORE = 5
"""Missing pairs of one mentee that join at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Some of the permitted pairs, sorted by mentee and then by mentor, each of them once."""

    rows: Index
    columns: Index
    points: Points

    @classmethod
    def of(cls, *parts: Part) -> Self:
        """The pairs of several parts; one may stand in more than one of them."""
        rows, columns, points = _strung(parts)
        order = np.lexsort((columns, rows))
        rows, columns, points = rows[order], columns[order], points[order]
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        return cls(rows[first], columns[first], points[first])

    def joined(self, others: "Edges") -> "Edges":
        """These and the others."""
        return Edges.of((self.rows, self.columns, self.points), (others.rows, others.columns, others.points))

    def held(self, partner: Index) -> Index:
        """The places here of the pairs that a matching holds; it has the mentor of each mentee, -1 for none."""
        return np.flatnonzero(partner[self.rows] == self.columns)

    def __len__(self) -> int:
        return len(self.rows)


def candidates(worth: Worth, *, price: Prices | None = None) -> Edges:
    """The best pairs of each side; who has a permitted pair at all has one among them.

    With the prices of a similar assignment, each mentee's best are those that leave the most when they are paid.
    """
    dearest = 0 if price is None else price.max(initial=0)
    of_mentors = _Leaders(worth.mentors, most=max(1, BEST // 2))
    of_mentees = []
    for rows, points in blocks(worth):
        left = points if price is None else barred(points + (dearest - price), by=points)
        row, column = highest(left, BEST, turns=_turns(worth, rows))
        of_mentees.append((row + rows.start, column, points[row, column]))
        of_mentors.look_at(points, rows.start)
    return Edges.of(*of_mentees, of_mentors.found())


def missing(worth: Worth, gain: Prices, price: Prices) -> tuple[Edges, int]:
    """The permitted pairs that would gain by these prices, the best few of each mentee; and by how much at most.

    `gain` is what a mentee has at present, `price` what a place of a mentor costs. The second value bounds what any
    matching could be better than the present one; at 0 there is no missing pair, and the present one is proved.
    """
    found, gap = [], 0
    if max(np.abs(gain).max(initial=0), np.abs(price).max(initial=0)) < 2**29:  # Half as wide it is twice as fast.
        gain, price = gain.astype(np.int32), price.astype(np.int32)
    for rows, points in blocks(worth):
        offer = points - price
        tempted = np.flatnonzero(offer.max(axis=1) > gain[rows])  # Perhaps by somebody whom they may not have.
        surplus = barred(offer[tempted] - gain[rows][tempted, np.newaxis], by=points[tempted])
        gap += int(surplus.max(axis=1, initial=0).sum(dtype=np.int64))
        row, column = highest(surplus, MORE, turns=_turns(worth, rows)[tempted], least=1)
        found.append((tempted[row] + rows.start, column, points[tempted[row], column]))
    return Edges.of(*found), gap


def highest(values: NDArray[np.signedinteger], most: int, *, turns: Index, least: int = 0) -> tuple[Index, Index]:
    """Row and column of the highest values of each row, none below `least`.

    Among equals a row takes the first columns from its turn on, past the last to the first again: if all took the same
    ones, there would be too few for all. `argpartition` would choose as the processor's vector unit happens to.
    """
    width = values.shape[1]
    # What does not count may lie so far below that it would wrap, and come out above all that does.
    values = np.maximum(values, least - 1)
    kind = np.int32 if int(values.max(initial=0)) < 2**31 // width else np.int64
    ramp = np.arange(2 * width - 1, -1, -1, dtype=kind) % width
    apart = values.astype(kind) * width + sliding_window_view(ramp, width)[width - turns]
    row, column = _places(apart >= np.maximum(_reached(apart, most), least * width)[:, np.newaxis])
    order = np.lexsort((-apart[row, column], row))
    row, column = row[order], column[order]
    chosen = np.arange(len(row)) - np.searchsorted(row, row) < most
    return row[chosen], column[chosen]


def _reached(values: NDArray[np.signedinteger], most: int) -> NDArray[np.signedinteger]:
    """For each row something that at least so many of its values reach: a cheap sieve before the sort.

    The row is laid in eight times as many stretches, and each has a highest value.
    """
    stretches = 8 * most
    length = values.shape[1] // stretches
    if not length:
        return np.full(len(values), np.iinfo(values.dtype).min, dtype=values.dtype)
    peaks = values[:, : length * stretches].reshape(len(values), length, stretches).max(axis=1)
    return np.partition(peaks, -most, axis=1)[:, -most]


def _turns(worth: Worth, rows: slice) -> Index:
    return np.arange(rows.start, rows.stop) * worth.mentors // worth.mentees


def _places(mask: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Row and column of what is true, in order; `nonzero` takes five times as long."""
    row, column = np.divmod(np.flatnonzero(mask), max(1, mask.shape[1]))
    return row, column


def _strung(parts: Iterable[Part]) -> Part:
    nothing = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32))
    rows, columns, points = zip(nothing, *parts, strict=True)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(points)


class _Leaders:
    """The best mentees of each mentor so far, while the blocks pass by from the first mentee to the last."""

    def __init__(self, mentors: int, *, most: int) -> None:
        self.most = most
        self.threshold = np.full(mentors, -1, dtype=np.int32)
        """What a later mentee must exceed: among equals the earlier one stays."""
        self.parts: list[Part] = []
        self.waiting = 0

    def look_at(self, points: Points, first_row: int) -> None:
        row, column = _places(points >= np.maximum(self.threshold + 1, _reached(points.T, self.most)))
        self.parts.append((row + first_row, column, points[row, column]))
        self.waiting += len(row)
        if self.waiting > self.most * len(self.threshold):
            self.parts, self.waiting = [self.found()], 0

    def found(self) -> Part:
        rows, columns, points = _strung(self.parts)
        order = np.lexsort((rows, -points, columns))
        rows, columns, points = rows[order], columns[order], points[order]
        start = np.searchsorted(columns, columns)
        chosen = np.arange(len(columns)) - start < self.most
        last = np.arange(len(columns)) - start == self.most - 1
        self.threshold[columns[last]] = points[last]
        return rows[chosen], columns[chosen], points[chosen]
