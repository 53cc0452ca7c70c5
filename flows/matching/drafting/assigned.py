"""Who has whom, over arrays: what explains those who are left over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.scoring.blocks import Table
from flows.matching.scoring.fit import Named
from flows.matching.solving.certificate import certificate, openings
from flows.matching.solving.worth import Worth

NEVER = np.iinfo(np.uint16).max
"""Stands where a coordinator forbade a pair: no limit does, and lifting one does not help it."""
ROWS = 256
"""Mentees looked at together."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """Mentees who are not pinned, as rows; mentors with a place, as columns; and the mentor of each mentee."""

    mentees: tuple[Candidate, ...]
    mentors: tuple[Candidate, ...]
    rules: Rules
    forbidden: Named
    scores: Worth
    places: Sequence[int]
    """Those of pinned mentees are taken off."""
    partner: Sequence[int | None]

    @property
    def unmatched(self) -> tuple[Candidate, ...]:
        """Mentees without a mentor, in their order."""
        return tuple(one for one, nth in zip(self.mentees, self.partner, strict=True) if nth is None)

    @property
    def partners(self) -> Mapping[str, str]:
        """Mentee to mentor, by id."""
        found = zip(self.mentees, self.partner, strict=True)
        return {one.id: self.mentors[nth].id for one, nth in found if nth is not None}

    def reach(self) -> frozenset[str]:
        """Mentors with a place that is free, or that becomes free when others move up without losing theirs.

        A person who is newly permitted with one of these is one more person matched; with any other mentor they would
        only push somebody out.
        """
        return frozenset(self.mentors[nth].id for nth in openings(self.scores, self.places, self.partner))

    def needing(self) -> tuple[Candidate, ...]:
        """Mentees without a mentor, and those with whom they could change places: a mentor who is newly permitted with
        one of these means one more person matched."""
        found = certificate(self.scores, self.places, self.partner)
        return () if found is None else tuple(self.mentees[nth] for nth in found.mentees)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One mentee with every mentor: the limits that each pair fails as a mask (NEVER where it was forbidden), and its
    score, below 0 where it may not be."""

    mentee: Candidate
    fails: NDArray[np.uint16]
    scores: NDArray[np.int16]


def rows(
    mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules, *, forbidden: Named
) -> Iterator[Row]:
    """These mentees, each once, with these mentors."""
    column = {one.id: nth for nth, one in enumerate(mentors)}
    never: dict[str, list[int]] = {}
    for mentee, mentor in forbidden:
        if mentor in column:
            never.setdefault(mentee, []).append(column[mentor])
    table = Table.of(mentees, mentors, rules)
    for start in range(0, len(mentees), ROWS):
        some = slice(start, start + ROWS)
        fails, scores = table.masks(some), table.scores(some)
        for nth, one in enumerate(mentees[some]):
            fails[nth, never.get(one.id, [])] = NEVER
            scores[nth, never.get(one.id, [])] = -1
            yield Row(one, fails[nth], scores[nth])
