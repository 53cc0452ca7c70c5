"""How well each possible pair fits and what steers a draft beside the fit, as the objective wants it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.pairs import extra
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Rules
from flows.matching.scoring.blocks import Table
from flows.matching.scoring.sparse import Sparse
from flows.matching.solving.objective import Objective
from flows.matching.solving.worth import FORBIDDEN, Points

MOST_KEPT = 100_000_000
"""Pairs whose scores are worked out once and kept, in 200 MB; beyond it they are worked out whenever asked for."""
Named = Collection[tuple[str, str]]
"""Ids of a mentee and a mentor; whoever takes no part may be among them."""


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


def objective(
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
    rules: Rules,
    *,
    pinned: Mapping[str, int],
    kept: Named = (),
    forbidden: Named = (),
    locked: int = 0,
) -> Objective:
    """What a draft of these people is to make the most of.

    `pinned` is how many mentees each mentor has by a lock (those mentees are not among `mentees`), `locked` what these
    pairs are worth without stability, `kept` are the pairs of the previous draft.
    """
    asked = {(one.id, wish) for one in mentees for wish in one.wishes}
    extras = {
        (row, column): extra(mentees[row], mentors[column], rules, kept=(mentees[row].id, mentors[column].id) in kept)
        for row, column in _places(mentees, mentors, asked.union(kept))
    }
    return Objective(
        scores=fit(mentees, mentors, rules, forbidden=forbidden),
        places=[max(0, one.places - pinned.get(one.id, 0)) for one in mentors],
        load=[one.load + pinned.get(one.id, 0) for one in mentors],
        load_cost=rules.load,
        minimum=rules.minimum if rules.aim is Aim.BEST_FIT else None,
        waiting=[rules.waited(one.waited) for one in mentees],
        wishes={place: one.wishes for place, one in extras.items() if one.wishes},
        stability={place: one.stability for place, one in extras.items() if one.stability},
        floor_loss=rules.floor_loss,
        locked=locked,
    )


def _places(mentees: Sequence[Candidate], mentors: Sequence[Candidate], named: Named) -> list[tuple[int, int]]:
    """Where these pairs stand."""
    row = {one.id: place for place, one in enumerate(mentees)}
    column = {one.id: place for place, one in enumerate(mentors)}
    return [(row[mentee], column[mentor]) for mentee, mentor in named if mentee in row and mentor in column]
