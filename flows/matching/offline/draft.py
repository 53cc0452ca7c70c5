"""The draft that list, rules and locks lead to: the optimum of everybody who is not locked, with its proof."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.matching.fit import objective
from flows.matching.objective import Objective, Optimum, optimum
from flows.matching.offline.locks_csv import Locks
from flows.matching.offline.people_csv import People
from flows.matching.offline.previous import Proposed
from flows.matching.pairs import Extra, Pair, extra, pair
from flows.matching.people import Candidate, canonical
from flows.matching.proof import check
from flows.matching.rules import Rules
from flows.people import Role


@dataclass(frozen=True, slots=True)
class Given:
    """All that a draft is made from; without errors."""

    people: People
    rules: Rules
    locks: Locks
    previous: tuple[Proposed, ...] | None
    """Of an earlier draft, where there is one."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pair of the draft."""

    pair: Pair
    extra: Extra
    kept: bool
    """It was in the earlier draft."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Who mentors whom, and all that is needed to tell why."""

    given: Given
    mentees: tuple[Candidate, ...]
    """Everybody who takes part, in canonical order; first those without a pin, as rows of the objective, then the
    pinned ones."""
    mentors: tuple[Candidate, ...]
    """Who takes part and has a place, in canonical order: the columns of the objective."""
    objective: Objective
    """Of the mentees who are not pinned."""
    best: Optimum
    matches: Mapping[str, Match]
    """By the mentee's id, sorted."""
    taken: Mapping[str, int]
    """Mentees whom each mentor gets, those who get none left out."""
    load_points: int
    """What the load of all mentors together costs."""

    @property
    def loose(self) -> tuple[Candidate, ...]:
        """Mentees who are not pinned."""
        return self.mentees[: len(self.best.solution.partner)]

    @property
    def unmatched(self) -> tuple[Candidate, ...]:
        """Mentees without a mentor, in canonical order."""
        return tuple(one for one in self.mentees if one.id not in self.matches)

    @property
    def kept(self) -> frozenset[tuple[str, str]]:
        """Pairs of the earlier draft."""
        return frozenset((one.mentee, one.mentor) for one in self.given.previous or ())

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
        allowed = int(self.best.value * self.given.rules.floor_loss / 100)
        return max(1, allowed - self.best.lost, self.best.lost)

    @property
    def lost(self) -> Fraction:
        """Per cent of the value that went into the floor."""
        return Fraction(100 * self.best.lost, self.best.value) if self.best.value > 0 else Fraction(0)


def draft(given: Given, *, over: Callable[[], bool]) -> Draft:
    """The best draft, checked; the best so far once `over` says so."""
    rules, pins = given.rules, given.locks.pins
    mentees = canonical(given.people.in_role(Role.MENTEE), rules.seed)
    loose = tuple(one for one in mentees if one.id not in pins)
    pinned = tuple(one for one in mentees if one.id in pins)
    mentors = tuple(one for one in canonical(given.people.in_role(Role.MENTOR), rules.seed) if one.places)
    kept = frozenset((one.mentee, one.mentor) for one in given.previous or ())
    by_id = {one.id: one for one in (*mentees, *mentors)}

    def match(mentee: Candidate, mentor: Candidate) -> Match:
        known = (mentee.id, mentor.id) in kept
        return Match(
            pair(mentee, mentor, rules, pinned=mentee.id in pins), extra(mentee, mentor, rules, kept=known), known
        )

    locked = [match(one, by_id[pins[one.id]]) for one in pinned]
    per_mentor = Counter(pins.values())
    goal = objective(
        loose,
        mentors,
        rules,
        pinned=per_mentor,
        kept=kept,
        forbidden=given.locks.forbidden,
        locked=sum(one.pair.score + one.extra.wishes + one.extra.waiting for one in locked)
        - _load_points(mentors, per_mentor, rules),
    )
    best = optimum(goal, over=over)
    check(
        best.worth,
        goal.places,
        best.solution,
        load=goal.load,
        load_cost=goal.load_cost,
        unmatched=goal.unmatched,
    )
    found = (match(one, mentors[nth]) for one, nth in zip(loose, best.solution.partner, strict=True) if nth is not None)
    matches = {one.pair.mentee: one for one in sorted((*locked, *found), key=lambda one: one.pair.mentee)}
    taken = Counter(one.pair.mentor for one in matches.values())
    return Draft(
        given=given,
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
