"""Why not somebody else: what each of a person's best other partners would cost the whole, or what forbids them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.matching.drafting.solved import Solved
from flows.matching.editing.forced import forced
from flows.matching.pairs import extra, forbidding, score
from flows.matching.people import Candidate
from flows.matching.solving.assignment import assign
from flows.matching.solving.forcing import bound
from flows.people import Role

MOST = 5
FORBID = "forbid"
"""What forbids a pair that no limit forbids: somebody decided so."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A pair that the draft does not have."""

    mentee: str
    mentor: str
    score: int | None
    """None when something forbids the pair."""
    failed: tuple[str, ...]
    """The limits; `not_available` says no more than that. "minimum": it fits too badly to exist. "forbid": somebody
    decided against the pair."""
    costs_at_least: int
    """Points of value that the whole would lose if the pair were given all the same: proved by the prices."""
    costs: int | None
    """The exact number; None when fewer people would be matched, or there is no place to give."""


def alternatives(draft: Solved, one: Candidate, *, over: Callable[[], bool]) -> tuple[Alternative, ...]:
    """A mentee's best other mentors (of somebody who is only a mentor, mentees), permitted ones first, by their fit."""
    others = sorted(_others(draft, one), key=lambda other: (len(other[2]), -other[3]))
    return tuple(_priced(draft, *other, over=over) for other in others[:MOST])


_Other = tuple[Candidate, Candidate, tuple[str, ...], int]
"""Mentee, mentor, what forbids them, and their fit in spite of it."""


def _others(draft: Solved, one: Candidate) -> Iterator[_Other]:
    """In canonical order."""
    if not one.available:
        return
    rules = draft.rules
    as_mentee = Role.MENTEE in one.roles
    for other in draft.mentors if as_mentee else draft.mentees:
        mentee, mentor = (one, other) if as_mentee else (other, one)
        now = draft.matches.get(mentee.id)
        if mentee.id == mentor.id or (now and now.pair.mentor == mentor.id):
            continue
        forbidden = (FORBID,) if (mentee.id, mentor.id) in draft.forbidden else ()
        yield mentee, mentor, (*forbidding(mentee, mentor, rules), *forbidden), score(mentee, mentor, rules)


def _priced(
    draft: Solved,
    mentee: Candidate,
    mentor: Candidate,
    forbids: tuple[str, ...],
    fit: int,
    *,
    over: Callable[[], bool],
) -> Alternative:
    kept = (mentee.id, mentor.id) in draft.problem.kept
    points = fit + extra(mentee, mentor, draft.rules, kept=kept).total
    if mentee.id in draft.pins:
        costs = _unpinned(draft, mentee, mentor, points, over=over)
        least = costs or 0
    else:
        least, costs = _forced(draft, mentee, mentor, points, over=over)
    return Alternative(mentee.id, mentor.id, None if forbids else fit, forbids, least, costs)


def _forced(
    draft: Solved, mentee: Candidate, mentor: Candidate, points: int, *, over: Callable[[], bool]
) -> tuple[int, int | None]:
    """At least, and exactly."""
    solution, column = draft.best.solution, _column(draft, mentor.id)
    if column is None or not draft.objective.places[column]:
        return 0, None
    row = draft.loose.index(mentee)
    found = forced(draft, row, column, points=points, over=over)
    exact = None if found.fewer > 0 or found.gap else found.lost
    # Prices prove as much less as they leave open what the best draft is worth.
    return bound(solution, row, column, points=points) - solution.gap, exact


def _unpinned(
    draft: Solved, mentee: Candidate, mentor: Candidate, points: int, *, over: Callable[[], bool]
) -> int | None:
    """What it costs to pin a mentee to somebody else; below 0 where the pin itself was dear."""
    goal, rules, pins = draft.objective, draft.rules, draft.pins
    before, after = _column(draft, pins[mentee.id]), _column(draft, mentor.id)
    if before is None or after is None or not goal.places[after]:
        return None
    change = {before: 1, after: -1}
    places = [free + change.get(nth, 0) for nth, free in enumerate(goal.places)]
    load = [now - change.get(nth, 0) for nth, now in enumerate(goal.load)]
    rest = assign(
        draft.best.worth,
        places,
        load=load,
        load_cost=goal.load_cost,
        unmatched=goal.unmatched,
        over=over,
    )
    if rest.gap or rest.matched < draft.best.solution.matched:
        return None
    now = draft.matches[mentee.id]
    per_mentor = Counter(pins.values())
    # The last pinned mentee of the one, and one more of the other.
    saved = rules.load * (draft.mentors[before].load + per_mentor[pins[mentee.id]] - 1)
    added = rules.load * (mentor.load + per_mentor[mentor.id])
    return (draft.best.solution.value + now.pair.score + now.extra.total - saved) - (rest.value + points - added)


def _column(draft: Solved, mentor: str) -> int | None:
    return next((nth for nth, one in enumerate(draft.mentors) if one.id == mentor), None)
