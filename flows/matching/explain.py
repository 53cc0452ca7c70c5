"""Why two people were matched, as values that the voice puts into words."""

from dataclasses import dataclass

from flows.matching.criteria import CRITERIA, Criterion
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.scoring import Pair

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One plain reason, true for both sides."""

    kind: str
    """The name of the rule that it is taken from."""
    details: tuple[str, ...]
    """What it rests on, most telling first: ids of options, of functions (mentee's, then mentor's) or hours in UTC."""


def reasons(pair: Pair, mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Reason, ...]:
    """Up to three, by what they contributed; none that is slight, sensitive, private, empty or said already.

    With fewer than two it is better to say how the match came about than to pad.
    """
    points = {part.rule: part.points for part in pair.contributions}
    told: list[Reason] = []
    fields: set[str] = set()
    words: set[str] = set()
    for rule in sorted(CRITERIA, key=lambda one: -points[one.name]):
        # Under a fifth of what the rule can give, it is not why they were matched.
        if points[rule.name] * 5 < rules.weights[rule.name] or points[rule.name] == 0:
            continue
        details = _may_tell(rule, mentee, mentor)
        said = not fields.isdisjoint(rule.reads) and words.issuperset(details)
        if details and not said:
            told.append(Reason(rule.name, details))
            fields.update(rule.reads)
            words.update(details)
        if len(told) == AT_MOST:
            break
    return tuple(told)


def _may_tell(rule: Criterion, mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    if rule.shared is None or not (mentee.private | mentor.private).isdisjoint(rule.reads):
        return ()
    return rule.shared(mentee, mentor)
