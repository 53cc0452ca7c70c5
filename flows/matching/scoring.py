"""A pair's score and the contributions that it is made of."""

from dataclasses import dataclass

from flows.matching.criteria import CRITERIA, FULL, Criterion
from flows.matching.people import Candidate
from flows.matching.rules import Rules


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one rule adds to a score, in points."""

    rule: str
    points: int


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
    return tuple(Contribution(rule.name, _points(rule, mentee, mentor, rules)) for rule in CRITERIA)


def score(mentee: Candidate, mentor: Candidate, rules: Rules) -> int:
    """0 to 10,000. Whether the pair is permitted is another question; see `limits.failed`."""
    return sum(_points(rule, mentee, mentor, rules) for rule in CRITERIA)


def _points(rule: Criterion, mentee: Candidate, mentor: Candidate, rules: Rules) -> int:
    weight = rules.weights[rule.name]
    rating = rule.rate(mentee, mentor)
    return weight * (rules.unknown if rating is None else rating) // FULL
