"""Points with pairs taken out, one by one or by a rule of the format."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.worth import FORBIDDEN, Points, Worth


@dataclass(frozen=True, slots=True, eq=False)
class Barred:
    """What is permitted, less what is barred."""

    worth: Worth
    barred: NDArray[np.bool_]
    """A row a mentee and a column a mentor."""

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return self.worth.mentors

    def block(self, rows: slice) -> Points:
        return np.where(self.barred[rows], np.int32(FORBIDDEN), self.worth.block(rows))
