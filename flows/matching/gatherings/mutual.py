"""How well people of one kind suit each other, which is as much one way as the other."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.worth import FORBIDDEN, Points, Worth, blocks


@dataclass(frozen=True, slots=True, eq=False)
class Mutual:
    """A pair is worth the mean of both ways, rounded down, and may be where it may be both ways; never with oneself."""

    one_way: NDArray[np.int16] | Points
    """A row a person as the one who wishes, and a column the same person as the one who offers."""

    @classmethod
    def of(cls, worth: Worth) -> Self:
        """From points that have the same people, in the same order, on both sides."""
        if worth.mentees != worth.mentors:
            raise ValueError("peers are the same people on both sides")
        empty = np.empty((0, worth.mentors), dtype=np.int32)
        return cls(np.concatenate([empty, *(points for _, points in blocks(worth))]))

    @property
    def mentees(self) -> int:
        return len(self.one_way)

    @property
    def mentors(self) -> int:
        return len(self.one_way)

    def block(self, rows: slice) -> Points:
        there, back = self.one_way[rows].astype(np.int32), self.one_way[:, rows].T.astype(np.int32)
        points = np.where((there < 0) | (back < 0), np.int32(FORBIDDEN), (there + back) // 2)
        people = np.arange(self.mentees)[rows]
        points[people - rows.start, people] = FORBIDDEN
        return points
