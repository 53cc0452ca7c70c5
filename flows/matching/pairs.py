"""A pair's score, the contributions that it is made of, and what forbids it."""

from dataclasses import dataclass

from flows.matching.criteria import criteria_of, points
from flows.matching.limits import failed
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules

MINIMUM = "minimum"
"""What forbids two who fit too badly for their pair to exist."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one rule adds to a score, in points."""

    rule: str
    points: int


@dataclass(frozen=True, slots=True)
class Extra:
    """Points that steer the optimum and are no part of a score: fit is fit, whoever waits for whom."""

    wishes: int
    waiting: int
    stability: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.wishes + self.waiting + self.stability


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee and the mentor proposed for them, by id."""

    mentee: str
    mentor: str
    score: int
    contributions: tuple[Contribution, ...]
    pinned: bool = False
    """A coordinator chose it."""

    def __post_init__(self) -> None:
        if self.score != sum(one.points for one in self.contributions):
            raise ValueError(f"the contributions of {self.mentee} and {self.mentor} do not add up to {self.score}")


def pair(mentee: Candidate, mentor: Candidate, rules: Rules, pinned: bool = False) -> Pair:
    """The pair with its score and what it is made of."""
    parts = contributions(mentee, mentor, rules)
    return Pair(mentee.id, mentor.id, sum(part.points for part in parts), parts, pinned)


def contributions(mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Contribution, ...]:
    """One contribution a rule, in the order of the table, those of nothing included; they add up to the score."""
    return tuple(Contribution(rule.name, points(rule, mentee, mentor, rules)) for rule in criteria_of(rules))


def score(mentee: Candidate, mentor: Candidate, rules: Rules) -> int:
    """0 to 10,000. Whether the pair is permitted is another question; see `limits.failed`."""
    return sum(points(rule, mentee, mentor, rules) for rule in criteria_of(rules))


def forbidding(mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[str, ...]:
    """What the rules have against a pair, a place aside: the limits in their order, then `MINIMUM`."""
    limits = failed(mentee, mentor, rules) - {Limit.CAPACITY}
    poor = (MINIMUM,) if score(mentee, mentor, rules) < rules.least else ()
    return (*(limit for limit in Limit if limit in limits), *poor)


def extra(mentee: Candidate, mentor: Candidate, rules: Rules, *, kept: bool) -> Extra:
    """What a pair is worth beyond its score; `kept`: it was in the previous draft."""
    wished = rules.wish(mentee.wishes.index(mentor.id)) if mentor.id in mentee.wishes else 0
    return Extra(wishes=wished, waiting=rules.waited(mentee.waited), stability=rules.stability if kept else 0)
