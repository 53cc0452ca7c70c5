"""Who is matched, by groups of people; none is shown that is so small that it would tell of somebody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.matching.numbers import mean
from flows.matching.people import Candidate

SMALLEST = 5
FOUR_FIFTHS = Fraction(4, 5)
"""Under this share of the best served group's rate there is a question to ask; it is no verdict."""


@dataclass(frozen=True, slots=True)
class Group:
    """Mentees with the same answer."""

    segment: str
    group: str
    people: int
    matched: int
    mean: int | None
    """Of the scores; None when nobody is matched."""
    flag: bool

    @property
    def rate(self) -> Fraction:
        """The matched among them."""
        return Fraction(self.matched, self.people)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The groups of a segment that are too small to be shown, and one more where they would be had by subtraction."""

    segment: str
    groups: int
    people: int


def fairness(mentees: Iterable[Candidate], scores: Mapping[str, int]) -> tuple[Group | Hidden, ...]:
    """Of every segment the groups that may be shown, sorted, then what is hidden. Who gave no answer is in none.

    `scores` are those of the matched, by the mentee's id.
    """
    members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in mentees:
        for segment, group in one.segments:
            members[segment][group].append(one.id)
    found: list[Group | Hidden] = []
    for segment, groups in sorted(members.items()):
        shown = sorted(_shown({group: len(people) for group, people in groups.items()}))
        best = max((_rate(groups[group], scores) for group in shown), default=Fraction(0))
        for group in shown:
            people = groups[group]
            of_matched = [scores[one] for one in people if one in scores]
            found.append(
                Group(
                    segment=segment,
                    group=group,
                    people=len(people),
                    matched=len(of_matched),
                    mean=mean(sum(of_matched), len(of_matched)),
                    flag=_rate(people, scores) < FOUR_FIFTHS * best,
                )
            )
        hidden = [len(people) for group, people in groups.items() if group not in shown]
        if hidden:
            found.append(Hidden(segment, len(hidden), sum(hidden)))
    return tuple(found)


def _shown(sizes: dict[str, int]) -> list[str]:
    """The groups that are large enough. When one alone is not, the smallest of the others hides it."""
    large = sorted((group for group, size in sizes.items() if size >= SMALLEST), key=lambda one: (sizes[one], one))
    return large[1:] if len(sizes) - len(large) == 1 else large


def _rate(people: list[str], scores: Mapping[str, int]) -> Fraction:
    return Fraction(sum(one in scores for one in people), len(people))
