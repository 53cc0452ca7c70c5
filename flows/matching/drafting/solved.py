"""The best draft of people, rules and locks, with its proof: what the chat and the offline command both tell of."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.matching.drafting.assigned import Assigned
from flows.matching.pairs import Extra, Pair, extra, pair
from flows.matching.people import Candidate, canonical
from flows.matching.rules import Rules
from flows.matching.scoring.fit import objective
from flows.matching.solving.assignment import Told
from flows.matching.solving.objective import Objective, Optimum, optimum
from flows.matching.solving.proof import check


@dataclass(frozen=True, slots=True)
class Problem:
    """Who is to be matched, by which rules, and what is decided already."""

    mentees: tuple[Candidate, ...]
    """Everybody who takes part, the pinned ones among them; in any order."""
    mentors: tuple[Candidate, ...]
    """Who has no place may be among them."""
    rules: Rules
    pins: Mapping[str, str]
    """Mentee to mentor, both among those above."""
    forbidden: frozenset[tuple[str, str]]
    """Mentee and mentor, by a coordinator."""
    kept: frozenset[tuple[str, str]] = frozenset()
    """Pairs of an earlier draft."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pair of the draft."""

    pair: Pair
    extra: Extra
    kept: bool
    """It was in the earlier draft."""


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Who mentors whom, and all that is needed to tell why."""

    problem: Problem
    mentees: tuple[Candidate, ...]
    """Everybody who takes part, in canonical order; first those without a pin, as rows of the objective, then the
    pinned ones."""
    mentors: tuple[Candidate, ...]
    """Who takes part and has a place, in canonical order: the columns of the objective."""
    objective: Objective
    """Of the mentees who are not pinned."""
    best: Optimum
    matches: Mapping[str, Found]
    """By the mentee's id, sorted."""
    taken: Mapping[str, int]
    """Mentees whom each mentor gets, those who get none left out."""
    load_points: int
    """What the load of all mentors together costs."""

    @property
    def rules(self) -> Rules:
        """By which it was found."""
        return self.problem.rules

    @property
    def pins(self) -> Mapping[str, str]:
        """Mentee to mentor."""
        return self.problem.pins

    @property
    def forbidden(self) -> frozenset[tuple[str, str]]:
        """Mentee and mentor, by a coordinator."""
        return self.problem.forbidden

    @property
    def loose(self) -> tuple[Candidate, ...]:
        """Mentees who are not pinned."""
        return self.mentees[: len(self.best.solution.partner)]

    @property
    def unmatched(self) -> tuple[Candidate, ...]:
        """Mentees without a mentor, in canonical order."""
        return tuple(one for one in self.mentees if one.id not in self.matches)

    @property
    def assigned(self) -> Assigned:
        """The same as what explains who is left over."""
        return Assigned(
            mentees=self.loose,
            mentors=self.mentors,
            rules=self.rules,
            forbidden=self.forbidden,
            scores=self.objective.scores,
            places=self.objective.places,
            partner=self.best.solution.partner,
        )

    @property
    def total(self) -> int:
        """The scores of all pairs."""
        return sum(one.pair.score for one in self.matches.values())

    @property
    def value(self) -> int:
        """What the draft is the best by, once as many as possible are matched."""
        return self.total + sum(one.extra.total for one in self.matches.values()) - self.load_points

    @property
    def floor(self) -> int | None:
        """No pair that is not locked fits worse, and a higher bound would cost too much."""
        return self.best.floor if any(not one.pair.pinned for one in self.matches.values()) else None

    @property
    def proved(self) -> bool:
        """Whether no draft is better."""
        return self.best.finished and not self.best.solution.gap

    @property
    def gap(self) -> int:
        """0 when proved; else the best draft is worth at most so much more or, while its floor is not known, less."""
        if self.best.finished or self.best.solution.gap:
            return self.best.solution.gap
        allowed = int(self.best.value * self.rules.floor_loss / 100)
        return max(1, allowed - self.best.lost, self.best.lost)

    @property
    def lost(self) -> Fraction:
        """Per cent of the value that went into the floor."""
        return Fraction(100 * self.best.lost, self.best.value) if self.best.value > 0 else Fraction(0)


def solve(problem: Problem, *, over: Callable[[], bool], told: Told = lambda value, gap: None) -> Solved:
    """The best draft, checked by a function that knows nothing of the solver; the best so far once `over` says so.
    `told` hears how far it is.

    Raises proof.Unsound when the result does not prove what it claims, and OverflowError as `assign` does.
    """
    rules, pins = problem.rules, problem.pins
    mentees = canonical(problem.mentees, rules.seed)
    loose = tuple(one for one in mentees if one.id not in pins)
    pinned = tuple(one for one in mentees if one.id in pins)
    mentors = tuple(one for one in canonical(problem.mentors, rules.seed) if one.places)
    by_id = {one.id: one for one in mentors}

    def found(mentee: Candidate, mentor: Candidate) -> Found:
        known = (mentee.id, mentor.id) in problem.kept
        return Found(
            pair(mentee, mentor, rules, pinned=mentee.id in pins), extra(mentee, mentor, rules, kept=known), known
        )

    locked = [found(one, by_id[pins[one.id]]) for one in pinned]
    per_mentor = Counter(pins.values())
    goal = objective(
        loose,
        mentors,
        rules,
        pinned=per_mentor,
        kept=problem.kept,
        forbidden=problem.forbidden,
        locked=sum(one.pair.score + one.extra.wishes + one.extra.waiting for one in locked)
        - _load_points(mentors, per_mentor, rules),
    )
    best = optimum(goal, over=over, told=told)
    check(
        best.worth,
        goal.places,
        best.solution,
        load=goal.load,
        load_cost=goal.load_cost,
        unmatched=goal.unmatched,
    )
    partners = zip(loose, best.solution.partner, strict=True)
    free = (found(one, mentors[nth]) for one, nth in partners if nth is not None)
    matches = {one.pair.mentee: one for one in sorted((*locked, *free), key=lambda one: one.pair.mentee)}
    taken = Counter(one.pair.mentor for one in matches.values())
    return Solved(
        problem=problem,
        mentees=(*loose, *pinned),
        mentors=mentors,
        objective=goal,
        best=best,
        matches=matches,
        taken=taken,
        load_points=_load_points(mentors, taken, rules),
    )


def queue(unmatched: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Who is served first next time: who waited longest, then the order given."""
    return tuple(sorted(unmatched, key=lambda one: -one.waited))


def _load_points(mentors: Iterable[Candidate], taken: Mapping[str, int], rules: Rules) -> int:
    return sum(rules.load * (one.load + nth) for one in mentors for nth in range(taken.get(one.id, 0)))
