"""Who is matched, by groups of people; none is shown that is so small that it would tell of somebody."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flows.matching.numbers import mean
from flows.matching.people import Candidate

SMALLEST = 5
FOUR_FIFTHS = Fraction(4, 5)
"""Under this share of the best served group's rate there is a question to ask; it is no verdict."""
ASKED = ("goals", "interests", "languages", "free", "function", "office")
"""What the score of a mentee rests on, and what they may have left out."""


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
    waited: int = 0
    """Rounds, of all its people together."""
    unanswered: int = 0
    """Per cent of what matching would like to know of them: fit is not comparable where it was not told."""
    binding: str = ""
    """What stands in the way of most of those who are left, where there is a question to ask; see `bound`."""

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


Groups = tuple[Group | Hidden, ...]


def most_shown(sizes: Mapping[str, int]) -> Collection[str]:
    """The groups that are large enough. When one alone is not, the smallest of the others hides it."""
    large = sorted((group for group, size in sizes.items() if size >= SMALLEST), key=lambda one: (sizes[one], one))
    return large[1:] if len(sizes) - len(large) == 1 else large


def fairness(
    mentees: Iterable[Candidate],
    scores: Mapping[str, int],
    *,
    shown_of: Callable[[Mapping[str, int]], Collection[str]] = most_shown,
) -> Groups:
    """Of every segment the groups that may be shown, sorted, then what is hidden. Who gave no answer is in none.

    `scores` are those of the matched, by the mentee's id; `shown_of` says which groups of such sizes may be shown.
    """
    members: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for one in mentees:
        for segment, group in one.segments:
            members[segment][group].append(one)
    found: list[Group | Hidden] = []
    for segment, groups in sorted(members.items()):
        shown = sorted(shown_of({group: len(people) for group, people in groups.items()}))
        best = max((_rate(groups[group], scores) for group in shown), default=Fraction(0))
        for group in shown:
            people = groups[group]
            of_matched = [scores[one.id] for one in people if one.id in scores]
            found.append(
                Group(
                    segment=segment,
                    group=group,
                    people=len(people),
                    matched=len(of_matched),
                    mean=mean(sum(of_matched), len(of_matched)),
                    flag=_rate(people, scores) < FOUR_FIFTHS * best,
                    waited=sum(one.waited for one in people),
                    unanswered=_unanswered(people),
                )
            )
        hidden = [len(people) for group, people in groups.items() if group not in shown]
        if hidden:
            found.append(Hidden(segment, len(hidden), sum(hidden)))
    return tuple(found)


def bound(groups: Iterable[Group | Hidden], mentees: Iterable[Candidate], why: Mapping[str, str]) -> Groups:
    """The same groups, each with a question naming what keeps most of its people out: that is what can be changed.

    `why` says it of everybody who is left, by id.
    """
    members: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in mentees:
        if one.id in why:
            for segment in one.segments:
                members[segment][why[one.id]] += 1
    return tuple(
        replace(one, binding=_most(members[one.segment, one.group])) if isinstance(one, Group) and one.flag else one
        for one in groups
    )


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda cause: (-counted[cause], cause), default="")


def _rate(people: Sequence[Candidate], scores: Mapping[str, int]) -> Fraction:
    return Fraction(sum(one.id in scores for one in people), len(people))


def _unanswered(people: Sequence[Candidate]) -> int:
    told = [bool(getattr(one, name)) for one in people for name in ASKED]
    return 100 * told.count(False) // len(told)
