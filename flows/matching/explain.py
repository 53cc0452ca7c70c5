"""Why two people were matched, as values that the voice puts into words."""

from dataclasses import dataclass

from flows.matching.criteria import Criterion, Tell, criteria_of
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules


@dataclass(frozen=True, slots=True)
class Reason:
    """One plain reason, true for both sides."""

    kind: str
    """Which sentence of its rule."""
    details: tuple[str, ...]
    """What it rests on, most telling first: ids of options, of functions (mentee's, then mentor's) or hours in UTC
    (see `week.names`)."""


def reasons(pair: Pair, mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Reason, ...]:
    """The few that contributed most; none that is slight, sensitive, private, empty or said already.

    With fewer than two it is better to say how the match came about than to pad.
    """
    points = {part.rule: part.points for part in pair.contributions}
    told: list[Reason] = []
    fields: set[str] = set()
    words: set[str] = set()
    # A pair that was stored before a rule existed has no points of it.
    for rule in sorted(criteria_of(rules), key=lambda one: -points.get(one.name, 0)):
        if len(told) == rules.reasons:
            break
        given = points.get(rule.name, 0)
        # Under a fifth of what the rule can give, it is not why they were matched.
        if given * 5 < rules.weights[rule.name] or given == 0:
            continue
        tell, details = _may_tell(rule, mentee, mentor)
        said = not fields.isdisjoint(tell.reads) and words.issuperset(details)
        if details and not said:
            told.append(Reason(tell.kind, details))
            fields.update(tell.reads)
            words.update(details)
    return tuple(told)


def _may_tell(rule: Criterion, mentee: Candidate, mentor: Candidate) -> tuple[Tell, tuple[str, ...]]:
    """The first of its sentences that says something and gives away nothing private, with what it rests on."""
    private = mentee.private | mentor.private
    for tell in rule.tells:
        if private.isdisjoint(tell.reads) and (details := tell.shared(mentee, mentor)):
            return tell, details
    return _SILENCE, ()


_SILENCE = Tell("", lambda mentee, mentor: (), ())
