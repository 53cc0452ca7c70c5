"""Where a pair stands in the table of a rule: counts of shared bits, crossings of two answers, all at once."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from flows.matching.scoring.arrays import Codes, Words

Narrow = NDArray[np.uint16]
Index = Narrow | NDArray[np.uint8] | Codes
Named = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Codes of the same names on both sides; below 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Which pairs: arrays over mentees are taken at `rows`, those over mentors at `columns`.

    Rows of shape (n, 1) with all columns give a block; two arrays of the same length give that many pairs.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp] | slice


class Reader(Protocol):
    """Reads one or two answers of each side."""

    def index(self, pick: Pick) -> Index:
        """The place of each of these pairs in the tables."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts the bits that two share; whoever gave no answer leads to the table's last place."""

    mentees: Words
    mentors: Words
    first: Narrow | None
    """For each mentee, where their part of the table begins."""
    unknown_mentees: Narrow | None
    """The last place for whoever gave no answer; 0 for all others, so that the larger of two numbers decides."""
    unknown_mentors: Narrow | None

    def index(self, pick: Pick) -> Index:
        found: Narrow = np.bitwise_count(self.mentees[0][pick.rows] & self.mentors[0][pick.columns]).astype(np.uint16)
        for mentees, mentors in zip(self.mentees[1:], self.mentors[1:], strict=True):
            found += np.bitwise_count(mentees[pick.rows] & mentors[pick.columns])
        if self.first is not None:
            found += self.first[pick.rows]
        if self.unknown_mentees is not None:
            np.maximum(found, self.unknown_mentees[pick.rows], out=found)
        if self.unknown_mentors is not None:
            np.maximum(found, self.unknown_mentors[pick.columns], out=found)
        return found


@dataclass(frozen=True, slots=True)
class Crossed:
    """Crosses two answers that have few different values each."""

    mentees: Codes
    """Already times the number of the mentors' values."""
    mentors: Codes

    def index(self, pick: Pick) -> Index:
        return self.mentees[pick.rows] + self.mentors[pick.columns]


@dataclass(frozen=True, slots=True)
class Meeting:
    """How both want to meet, and whether they have an office in common."""

    mentees: NDArray[np.uint8]
    mentors: NDArray[np.uint8]
    offices: Named

    def index(self, pick: Pick) -> Index:
        same = self.offices[0][pick.rows] == self.offices[1][pick.columns]
        found: NDArray[np.uint8] = self.mentees[pick.rows] + self.mentors[pick.columns]
        found += same
        return found


@dataclass(frozen=True, slots=True)
class Mixing:
    """4 where the mentee would like to go to where the mentor is, 2 for two functions, 1 for two offices."""

    offices: Named
    functions: Named
    wished: NDArray[np.int32]

    def index(self, pick: Pick) -> Index:
        found = _apart(self.functions, pick).view(np.uint8)
        found += found
        found += _apart(self.offices, pick)
        wished = (self.wished[pick.rows] == self.functions[1][pick.columns]).view(np.uint8)
        wished <<= 2
        found += wished
        return found


def _apart(named: Named, pick: Pick) -> NDArray[np.bool_]:
    """Both are known, and they differ."""
    mentees, mentors = named[0][pick.rows], named[1][pick.columns]
    found: NDArray[np.bool_] = mentees != mentors
    found &= mentees >= 0
    found &= mentors >= 0
    return found
