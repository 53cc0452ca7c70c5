"""Why not somebody else: what is known at once from the proof that is kept with a draft, and exactly by one solve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flows.matching.editing.pricing import Step
from flows.matching.locks import Lock, LockKind
from flows.matching.pairs import Pair, extra, score
from flows.matching.people import Candidate
from flows.matching.pool import gather
from flows.matching.rules import Rules


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
    # Here and not above: with numpy they take a quarter of a second, and most processes match nobody.
    from flows.matching.drafting.solved import Problem, solve
    from flows.matching.solving.forcing import chain, price

    # A pin of this mentee to somebody else is what the question would undo.
    others = tuple(one for one in asked.locks if one.kind is not LockKind.PIN or one.mentee != asked.mentee)
    pool = gather(asked.candidates, asked.rules, asked.locks)
    free = gather(asked.candidates, asked.rules, others)
    kept = frozenset((one.mentee, one.mentor) for one in asked.previous or ())
    problem = Problem(pool.mentees, pool.mentors, asked.rules, pool.pins, pool.forbidden, kept)
    base = solve(problem, over=over)
    row = next((nth for nth, one in enumerate(base.mentees) if one.id == asked.mentee), None)
    column = next((nth for nth, one in enumerate(base.mentors) if one.id == asked.mentor), None)
    if row is None or column is None:
        return Why(None)
    before = [
        _column(base.mentors, base.matches[one.id].pair.mentor) if one.id in base.matches else None
        for one in base.mentees
    ]
    found = None
    if asked.mentee not in pool.pins:
        goal, solution = base.objective, base.best.solution
        if not goal.places[column]:
            return Why(None)
        mentee, mentor = base.mentees[row], base.mentors[column]
        steering = extra(mentee, mentor, asked.rules, kept=(mentee.id, mentor.id) in kept).total
        found = price(
            base.best.worth,
            goal.places,
            solution,
            row,
            column,
            points=score(mentee, mentor, asked.rules) + steering,
            load=goal.load,
            load_cost=goal.load_cost,
            unmatched=goal.unmatched,
            over=over,
        )
    if found and found.fewer <= 0:
        after = [*found.partner, *before[len(found.partner) :]]
        lost, fewer, moved, proved = found.lost, 0, found.moved, base.proved and not found.gap
    else:
        # With this pair locked a draft has a floor of its own: under a lower one somebody may keep a place.
        pins = {**free.pins, asked.mentee: asked.mentor}
        if sum(one == asked.mentor for one in pins.values()) > base.mentors[column].places:
            return Why(None)
        given = solve(replace(problem, pins=pins), over=over)
        after = [
            _column(base.mentors, given.matches[one.id].pair.mentor) if one.id in given.matches else None
            for one in base.mentees
        ]
        lost, fewer = base.value - given.value, len(base.matches) - len(given.matches)
        moved, proved = chain(before, after, row), base.proved and given.proved
    steps = tuple(_step(base.mentees[nth], before[nth], after[nth], base.mentors, asked.rules) for nth in moved)
    return Why(lost, fewer, proved, steps, base.value)


def _column(mentors: Sequence[Candidate], mentor: str) -> int:
    return next(nth for nth, one in enumerate(mentors) if one.id == mentor)


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
