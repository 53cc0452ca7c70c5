"""The rules over arrays: every pair of a block of mentees at once, in whole numbers.

Each rule counts or compares on arrays and looks the result up in a table of points: the table is the rule's curve. What
a rule means stands in `criteria` and `limits`, for one pair; this says the same faster. Only what a worker runs imports
this module, because numpy takes its time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.limits import BIT
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.matching.scoring.readers import Pick
from flows.matching.scoring.readings import NEVER, Reading, readings
from flows.matching.scoring.sparse import Number, Sparse, personal, union

ROWS = 32
"""Rows worked on at a time, so that what is between two steps stays in the processor's cache."""
Rows = slice | NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Table:
    """Mentees and mentors in the order in which they were given, ready to be scored."""

    mentees: int
    mentors: int
    rules: tuple[str, ...]
    """Names of the rules, in the order of the columns of `pairs`."""
    readings: tuple[Reading, ...]
    """One a rule, then one for each limit that no rule reads."""
    personal: Mapping[Limit, Sparse]
    """Limits that name people, and the pairs whom they forbid."""
    barred: Sparse
    """All of these pairs together."""

    @staticmethod
    def of(mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules) -> "Table":
        """The arrays of these people under these rules."""
        found = readings(mentees, mentors, rules) if mentees and mentors else ()
        named = personal(mentees, mentors, rules)
        names = tuple(one.rule for one in found if one.rule)
        return Table(len(mentees), len(mentors), names, found, named, union(named.values()))

    def scores(self, rows: Rows) -> NDArray[np.int16]:
        """The scores of some mentees with all mentors, a row a mentee; -1 where a limit forbids the pair.

        Places are no matter of a pair: a mentor without one has scores like everybody else. See `masks`.
        """
        found = np.empty((len(self._chosen(rows)), self.mentors), dtype=np.int16)
        heard = [one for one in self.readings if one.worth.any()]
        for block, pick, out in self._blocks(rows, found):
            total = np.zeros(out.shape, dtype=np.int32)
            for one in heard:
                total += one.worth.take(one.reader.index(pick))
            self.barred.put(total, block, NEVER)
            np.maximum(total, -1, out=total)
            out[:] = total
        return found

    def masks(self, rows: Rows) -> NDArray[np.uint16]:
        """Which limits each of these pairs fails, as bits (see `limits.unmasked`), the lack of a place among them."""
        found = np.zeros((len(self._chosen(rows)), self.mentors), dtype=np.uint16)
        bars = [(one.reader, _bits(one)) for one in self.readings if any(fails.any() for _, fails in one.limits)]
        for block, pick, out in self._blocks(rows, found):
            for reader, bits in bars:
                out |= bits.take(reader.index(pick))
            for limit, between in self.personal.items():
                named = np.zeros_like(out)
                between.put(named, block, BIT[limit])
                out |= named
        return found

    def pairs(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int16]:
        """What each rule adds to the score of each of these pairs, a row a pair and a column a rule; limits aside."""
        pick = Pick(rows, columns)
        found = np.empty((len(rows), len(self.rules)), dtype=np.int16)
        for place, one in enumerate(one for one in self.readings if one.rule):
            found[:, place] = one.points.take(one.reader.index(pick))
        return found

    def _chosen(self, rows: Rows) -> NDArray[np.intp]:
        return np.arange(self.mentees)[rows]

    def _blocks(self, rows: Rows, found: NDArray[Number]) -> Iterator[tuple[NDArray[np.intp], Pick, NDArray[Number]]]:
        """Few rows at a time: which mentees they are, how to read them, and where in `found` they go."""
        chosen = self._chosen(rows)
        for start in range(0, len(chosen), ROWS):
            block = chosen[start : start + ROWS]
            yield block, Pick(block[:, None], slice(None)), found[start : start + ROWS]


def _bits(reading: Reading) -> NDArray[np.uint16]:
    """The mask at each place of the reading's table."""
    found = np.zeros(len(reading.points), dtype=np.uint16)
    for limit, fails in reading.limits:
        found[fails] |= np.uint16(BIT[limit])
    return found
