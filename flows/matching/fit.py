"""How well each possible pair fits and what steers a draft beside the fit, block by block as the solver wants it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.pairs import extra
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.scoring import Table
from flows.matching.sparse import Sparse
from flows.matching.worth import FORBIDDEN, Bonuses, Points, Steered

MOST_KEPT = 100_000_000
"""Pairs whose scores are worked out once and kept, in 200 MB; beyond it they are worked out whenever asked for."""
Named = Collection[tuple[str, str]]
"""Ids of a mentee and a mentor."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Scores, and FORBIDDEN where a limit or a coordinator forbids the pair."""

    mentees: int
    mentors: int
    scores: Callable[[slice], NDArray[np.int16]]
    forbidden: Sparse
    """By a coordinator."""

    def block(self, rows: slice) -> Points:
        """The scores of these mentees with all mentors, a row a mentee."""
        found = self.scores(rows).astype(np.int32)
        self.forbidden.put(found, np.arange(self.mentees)[rows], FORBIDDEN)
        return found


def fit(mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules, *, forbidden: Named = ()) -> Fit:
    """Of everybody with everybody, in the order given."""
    table = Table.of(mentees, mentors, rules)
    few = len(mentees) * len(mentors) <= MOST_KEPT
    scores = table.scores(slice(None)).__getitem__ if few else table.scores
    return Fit(len(mentees), len(mentors), scores, Sparse.of(_places(mentees, mentors, forbidden)))


def steered(
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
    rules: Rules,
    *,
    kept: Named = (),
    forbidden: Named = (),
) -> Steered:
    """The same with wishes, waiting and stability; `kept` are the pairs of the previous draft."""
    asked = {(one.id, wish) for one in mentees for wish in one.wishes}
    extras = {
        (row, column): extra(mentees[row], mentors[column], rules, kept=(mentees[row].id, mentors[column].id) in kept)
        for row, column in _places(mentees, mentors, asked.union(kept))
    }
    return Steered(
        scores=fit(mentees, mentors, rules, forbidden=forbidden),
        waiting=np.array([rules.waited(one.waited) for one in mentees], dtype=np.int32),
        pairs=Bonuses.of({place: one.wishes + one.stability for place, one in extras.items()}),
        least=rules.least,
    )


def _places(mentees: Sequence[Candidate], mentors: Sequence[Candidate], named: Named) -> list[tuple[int, int]]:
    """Where these pairs stand; whoever is not there is left out."""
    row = {one.id: place for place, one in enumerate(mentees)}
    column = {one.id: place for place, one in enumerate(mentors)}
    return [(row[mentee], column[mentor]) for mentee, mentor in named if mentee in row and mentor in column]
