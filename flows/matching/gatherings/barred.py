"""Points with pairs taken out, one by one or by a rule of the format."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.worth import FORBIDDEN, Points, Worth


@dataclass(frozen=True, slots=True, eq=False)
class Barred:
    """What is permitted, less what is barred."""

    worth: Worth
    barred: NDArray[np.bool_]
    """A row a mentee and a column a mentor."""

    @classmethod
    def of(cls, worth: Worth, pairs: Collection[tuple[int, int]]) -> Self:
        """The same from single pairs, by row and column."""
        barred = np.zeros((worth.mentees, worth.mentors), dtype=bool)
        for pair in pairs:
            barred[pair] = True
        return cls(worth, barred)

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return self.worth.mentors

    def block(self, rows: slice) -> Points:
        return np.where(self.barred[rows], np.int32(FORBIDDEN), self.worth.block(rows))
