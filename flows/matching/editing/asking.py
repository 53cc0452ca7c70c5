"""Why not somebody else: what is known at once from the proof that is kept with a draft, and exactly by one solve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.matching.editing.pricing import Step
from flows.matching.locks import Lock, LockKind
from flows.matching.pairs import Pair, extra, score
from flows.matching.people import Candidate
from flows.matching.pool import gather
from flows.matching.rules import Rules

if TYPE_CHECKING:
    from flows.matching.drafting.solved import Solved


@dataclass(frozen=True, slots=True)
class WantedWhy:
    """What it costs the whole, exactly, to give this mentee to this mentor."""

    candidates: tuple[Candidate, ...]
    rules: Rules
    mentee: str
    mentor: str
    locks: tuple[Lock, ...] = ()
    previous: tuple[Pair, ...] | None = None
    """Of the draft that is asked about."""

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.candidates)

    @property
    def deadline(self) -> float:
        """Seconds after which the best so far is the answer."""
        return self.rules.deadline


@dataclass(frozen=True, slots=True)
class Why:
    """The exact price of a pair, beside the best draft without it."""

    costs: int | None
    """Points of value; None where it cannot be given, because somebody left or the place is taken by a lock."""
    fewer: int = 0
    """People who lose their place by it."""
    proved: bool = True
    """False: the time was up, so it may be less."""
    steps: tuple[Step, ...] = ()
    """Who has another mentor because of it, the mentee first."""
    whole: int = 0
    """What the best draft without it is worth."""


def why(asked: WantedWhy, *, over: Callable[[], bool]) -> Why:
    """The answer. Raises proof.Unsound and OverflowError as `solved.solve` does."""
    # Here and below, and not above: with numpy they take a quarter of a second, and most processes match nobody.
    from flows.matching.drafting.solved import Problem, solve

    pool = gather(asked.candidates, asked.rules, asked.locks)
    kept = frozenset((one.mentee, one.mentor) for one in asked.previous or ())
    base = solve(Problem(pool.mentees, pool.mentors, asked.rules, pool.pins, pool.forbidden, kept), over=over)
    row = next((nth for nth, one in enumerate(base.mentees) if one.id == asked.mentee), None)
    column = next((nth for nth, one in enumerate(base.mentors) if one.id == asked.mentor), None)
    if row is None or column is None:
        return Why(None)
    if asked.mentee in pool.pins:
        return _locked(asked, base, row, column, over=over)
    if not base.objective.places[column]:
        return Why(None)
    return _forced(asked, base, row, column, over=over) or _locked(asked, base, row, column, over=over)


def _forced(asked: WantedWhy, base: "Solved", row: int, column: int, *, over: Callable[[], bool]) -> Why | None:
    """By one change of the best draft, its floor as it is; None where somebody would lose their place by it."""
    from flows.matching.editing.forced import forced

    mentee, mentor = base.mentees[row], base.mentors[column]
    steering = extra(mentee, mentor, asked.rules, kept=(mentee.id, mentor.id) in base.problem.kept).total
    found = forced(base, row, column, points=score(mentee, mentor, asked.rules) + steering, over=over)
    if found.fewer > 0:
        return None
    before = _columns(base, base)
    after = [*found.partner, *before[len(found.partner) :]]
    steps = _steps(base, before, after, found.moved)
    return Why(found.lost, 0, base.proved and not found.gap, steps, base.value)


def _locked(asked: WantedWhy, base: "Solved", row: int, column: int, *, over: Callable[[], bool]) -> Why:
    """By the best draft with this pair locked, which has a floor of its own: under a lower one somebody may keep a
    place."""
    from flows.matching.drafting.solved import solve
    from flows.matching.solving.forcing import chain

    # A pin of this mentee to somebody else is what the question would undo.
    others = tuple(one for one in asked.locks if one.kind is not LockKind.PIN or one.mentee != asked.mentee)
    pins = {**gather(asked.candidates, asked.rules, others).pins, asked.mentee: asked.mentor}
    if sum(one == asked.mentor for one in pins.values()) > base.mentors[column].places:
        return Why(None)
    given = solve(replace(base.problem, pins=pins), over=over)
    before, after = _columns(base, base), _columns(base, given)
    return Why(
        base.value - given.value,
        len(base.matches) - len(given.matches),
        base.proved and given.proved,
        _steps(base, before, after, chain(before, after, row)),
        base.value,
    )


def _columns(base: "Solved", draft: "Solved") -> list[int | None]:
    """Whom each mentee of the one has in the other draft, as columns of the first; both have the same people."""
    column = {one.id: nth for nth, one in enumerate(base.mentors)}
    return [column[draft.matches[one.id].pair.mentor] if one.id in draft.matches else None for one in base.mentees]


def _steps(
    base: "Solved", before: Sequence[int | None], after: Sequence[int | None], moved: Sequence[int]
) -> tuple[Step, ...]:
    return tuple(_step(base.mentees[nth], before[nth], after[nth], base.mentors, base.rules) for nth in moved)


def _step(mentee: Candidate, before: int | None, after: int | None, mentors: Sequence[Candidate], rules: Rules) -> Step:
    old = None if before is None else mentors[before]
    new = None if after is None else mentors[after]
    return Step(
        mentee.id,
        old.id if old else "",
        new.id if new else "",
        score(mentee, old, rules) if old else 0,
        score(mentee, new, rules) if new else 0,
    )
