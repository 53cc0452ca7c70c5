"""What stands between few pairs, by name: themselves, a line manager, an earlier match, a lock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Sparse:
    """Pairs of places: for a mentee's row, the columns of some mentors."""

    columns: Mapping[int, NDArray[np.intp]]

    @staticmethod
    def of(pairs: Iterable[tuple[int, int]]) -> "Sparse":
        """From (row, column) pairs, in any order and as often as one likes."""
        found: dict[int, set[int]] = {}
        for row, column in pairs:
            found.setdefault(row, set()).add(column)
        return Sparse({row: np.array(sorted(columns), dtype=np.intp) for row, columns in found.items()})

    def put(self, block: NDArray[Number], rows: NDArray[np.intp], value: int | bool) -> None:
        """Write a value at these pairs into a block whose rows are those mentees."""
        if self.columns:
            for place, row in enumerate(rows.tolist()):
                if row in self.columns:
                    block[place, self.columns[row]] = value


def personal(mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules) -> Mapping[Limit, Sparse]:
    """The limits that name people, and the pairs whom each of them stands between.

    Somebody who looks for several mentors may be among the mentees as often: what stands between two people stands in
    every row.
    """
    rows: dict[str, list[int]] = {}
    for place, one in enumerate(mentees):
        rows.setdefault(one.id, []).append(place)
    column = {one.id: place for place, one in enumerate(mentors)}

    def either_way(named: Callable[[Candidate], Iterable[str]]) -> Sparse:
        by_mentee = ((row, column[name]) for row, one in enumerate(mentees) for name in named(one) if name in column)
        by_mentor = ((row, column[one.id]) for one in mentors for name in named(one) for row in rows.get(name, ()))
        return Sparse.of((*by_mentee, *by_mentor))

    found = {
        Limit.ONESELF: Sparse.of((row, column[name]) for name in rows.keys() & column.keys() for row in rows[name]),
        Limit.MANAGER: either_way(lambda one: (one.manager,) if one.manager else ()),
        Limit.BLOCKED: either_way(lambda one: one.blocked),
        Limit.MET: either_way(lambda one: one.met),
    }
    return {limit: between for limit, between in found.items() if rules.hold(limit)}


def union(several: Iterable[Sparse]) -> Sparse:
    """Every pair of any of them."""
    return Sparse.of(
        (row, column) for one in several for row, columns in one.columns.items() for column in columns.tolist()
    )
