"""Whether what is said to help those who are left does: every remedy, done and solved anew."""

import time
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bot.bench import child
from bot.bench.child import Json
from bot.bench.matching_company import both_sides, rows
from bot.bench.matching_ours import never, peak, problem, timed
from flows.matching.drafting.solved import Solved, solve
from flows.matching.drafting.unmatched import Left, left, shortage
from flows.matching.limits import BIT
from flows.matching.rules import Rules
from flows.matching.scoring.blocks import Table
from flows.matching.solving.assignment import assign
from flows.matching.solving.certificate import openings
from flows.matching.solving.worth import Points, Worth

LONG = 240.0
"""Seconds of processor after which no more remedies are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """The same with one pair more permitted."""

    worth: Worth
    row: int
    column: int

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return self.worth.mentors

    def block(self, rows: slice) -> Points:
        points = self.worth.block(rows).copy()
        if rows.start <= self.row < rows.stop:
            points[self.row - rows.start, self.column] = 0
        return points


def main() -> None:
    """A process of its own."""
    asked = child.asked()
    mentees, mentors = both_sides(rows(asked["mentees"], asked["mentors"], apart=True))
    draft = solve(problem(mentees, mentors, Rules()), over=never)
    told: list[tuple[Left, ...]] = []

    def tell() -> None:
        told[:] = [left(draft, proved=shortage(draft) is not None)]

    seconds = timed(tell)
    proof = shortage(draft)
    child.answer(
        {
            "seconds": seconds,
            "unmatched": len(draft.unmatched),
            "short": proof.short if proof else 0,
            **_verified(draft, told[0], most=asked["most"]),
            "peak": peak(),
        }
    )


def _verified(draft: Solved, told: tuple[Left, ...], *, most: int) -> Json:
    """How many remedies there are, how many of them (spread over all) were tried, and how many helped; and of as many
    mentors with whom a lifted limit is not said to help, how many would have."""
    place = {one.id: nth for nth, one in enumerate(draft.mentees)}
    solution, scores = draft.best.solution, draft.objective.scores
    reach = np.zeros(len(draft.mentors), dtype=bool)
    reach[list(openings(scores, draft.objective.places, solution.partner))] = True
    table = Table.of(draft.mentees, draft.mentors, draft.rules)
    remedies = [(place[one.person], limit) for one in told for limit in one.relax]
    tried = helped = refused = wrong = 0
    begun = time.process_time()
    for row, limit in islice(remedies, 0, None, max(1, len(remedies) // most)):
        if time.process_time() - begun > LONG:
            break
        alone = table.masks(np.array([row]))[0] == BIT[limit]
        tried += 1
        helped += _more(draft, row, int(np.flatnonzero(alone & reach)[0]))
        for column in np.flatnonzero(alone & ~reach)[:1].tolist():
            refused += 1
            wrong += _more(draft, row, column)
    return {"remedies": len(remedies), "tried": tried, "helped": helped, "refused": refused, "wrong": wrong}


def _more(draft: Solved, row: int, column: int) -> bool:
    """Whether one person more is matched, and nobody else, when this pair is permitted."""
    goal, before = draft.objective, draft.best.solution
    found = assign(
        Lifted(goal.worth(floor=0, stability=False), row, column),
        goal.places,
        load=goal.load,
        load_cost=goal.load_cost,
        unmatched=goal.unmatched,
        over=never,
        guess=before.price,
    )
    return found.matched == before.matched + 1
