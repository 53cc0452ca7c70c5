"""Who is matched, by the groups that the list names; none is shown that is so small that it would tell of people."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flows.matching.offline.draft import Draft
from flows.matching.offline.numbers import mean

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


def fairness(draft: Draft) -> tuple[Group | Hidden, ...]:
    """Of every segment the groups that may be shown, sorted, then what is hidden. Who gave no answer is in none."""
    spellings = draft.given.people.spellings
    members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in draft.mentees:
        for segment, group in one.segments:
            members[segment][group].append(one.id)
    found: list[Group | Hidden] = []
    for segment, groups in sorted(members.items()):
        shown = sorted(_shown({group: len(people) for group, people in groups.items()}))
        best = max((_rate(draft, groups[group]) for group in shown), default=Fraction(0))
        title = spellings.shown("segment", segment)
        for group in shown:
            scores = list(_scores(draft, groups[group]))
            found.append(
                Group(
                    segment=title,
                    group=spellings.shown(segment, group),
                    people=len(groups[group]),
                    matched=len(scores),
                    mean=mean(sum(scores), len(scores)),
                    flag=_rate(draft, groups[group]) < FOUR_FIFTHS * best,
                )
            )
        hidden = [len(people) for group, people in groups.items() if group not in shown]
        if hidden:
            found.append(Hidden(title, len(hidden), sum(hidden)))
    return tuple(found)


def _shown(sizes: dict[str, int]) -> list[str]:
    """The groups that are large enough. When one alone is not, the smallest of the others hides it."""
    large = sorted((group for group, size in sizes.items() if size >= SMALLEST), key=lambda one: (sizes[one], one))
    return large[1:] if len(sizes) - len(large) == 1 else large


def _rate(draft: Draft, people: list[str]) -> Fraction:
    return Fraction(sum(one in draft.matches for one in people), len(people))


def _scores(draft: Draft, people: list[str]) -> Iterator[int]:
    return (draft.matches[one].pair.score for one in people if one in draft.matches)
