"""The rules that score a pair, as a table: what each one looks at, how it rates, and what it may say about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.matching.limits import same_office
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Curves, Rules
from flows.matching.week import hours_in, names

FULL = 100
GOALS_COUNTED, TEACHES_COUNTED = 4, 2
"""Naming one goal is no handicap against naming four."""
INTO_WISHED, OTHER_FUNCTION, OTHER_OFFICE = 60, 25, 15
"""The parts of the mix, per cent."""
ONE_ONLINE = 20
"""Per cent when one wants to meet in person and the other online, in the same office."""
NOT_NEW = 50


@dataclass(frozen=True, slots=True)
class Tell:
    """One sentence that a rule may be given as."""

    kind: str
    shared: Callable[[Candidate, Candidate], tuple[str, ...]]
    """What both can be told they have in common, most telling first; empty: nothing."""
    reads: tuple[str, ...]
    """Fields whose answers the sentence would reveal; when one of them is private to either side it is not said."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rule. A rating is per cent, a whole number, or None when an answer that it needs is missing."""

    name: str
    rate: Callable[[Candidate, Candidate, Curves], int | None]
    """Mentee first, mentor second."""
    tells: tuple[Tell, ...] = ()
    """The first that may be told is its sentence; without any, the rule says nothing concrete."""


def points(rule: Criterion, mentee: Candidate, mentor: Candidate, rules: Rules) -> int:
    """What a rule adds to a score: its weight by its rating, rounded down."""
    rating = rule.rate(mentee, mentor, rules.curves)
    return rules.weights[rule.name] * (rules.curves.unknown if rating is None else rating) // FULL


def criteria_of(rules: Rules) -> tuple[Criterion, ...]:
    """The rules that have a place in a score, in their order."""
    return tuple(rule for rule in CRITERIA if rule.name in rules.weights)


def at(curve: Sequence[int], count: int) -> int:
    """The value of a curve; the last one continues."""
    return curve[min(count, len(curve) - 1)]


def ahead(curves: Curves, steps: int) -> int:
    """Per cent for a mentor who is so many grades ahead."""
    return curves.seniority.get(steps, curves.other)


def _goals(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    known = mentor.skills | mentor.teaches
    if not mentee.goals or not known:
        return None
    asked = min(len(mentee.goals), GOALS_COUNTED)
    return FULL * min(len(mentee.goals & known), asked) // asked


def _teaches(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    """Skills and what somebody wishes to teach are one answer: unknown only when both are empty."""
    if not mentee.goals or not (mentor.skills or mentor.teaches):
        return None
    asked = min(len(mentee.goals), TEACHES_COUNTED)
    return FULL * min(len(mentee.goals & mentor.teaches), asked) // asked


def _interests(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if not mentee.interests or not mentor.interests:
        return None
    return at(curves.interests, len(mentee.interests & mentor.interests))


def _seniority(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if mentee.grade is None or mentor.grade is None:
        return None
    return ahead(curves, mentor.grade - mentee.grade)


def _time(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if not mentee.free or not mentor.free:
        return None
    return at(curves.time, hours_in(mentee.free & mentor.free))


def _language(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if not mentee.languages or not mentor.languages:
        return None
    return at(curves.language, len(mentee.languages & mentor.languages))


def _mode(mentee: Candidate, mentor: Candidate, curves: Curves) -> int:
    modes = {mentee.mode, mentor.mode}
    if Mode.IN_PERSON not in modes:
        return FULL
    if not same_office(mentee, mentor):
        return 0
    return ONE_ONLINE if Mode.ONLINE in modes else FULL


def _mix(mentee: Candidate, mentor: Candidate, curves: Curves) -> int:
    """Somebody from where the mentee wants to go, and two people who would not meet otherwise; an unknown part adds
    nothing."""
    wished = INTO_WISHED if _wished(mentee, mentor) else 0
    functions = OTHER_FUNCTION if _two_functions(mentee, mentor) else 0
    offices = OTHER_OFFICE if mentee.office and mentor.office and mentee.office != mentor.office else 0
    return wished + functions + offices


def _type(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if not mentee.types_wished or not mentor.types_offered:
        return None
    return 0 if mentee.types_wished.isdisjoint(mentor.types_offered) else FULL


def _newcomer(mentee: Candidate, mentor: Candidate, curves: Curves) -> int:
    """Who is new meets somebody who knows the house."""
    if not mentee.new:
        return NOT_NEW
    return 0 if mentor.new else FULL


def _pace(mentee: Candidate, mentor: Candidate, curves: Curves) -> int | None:
    if not mentee.hours or not mentor.hours:
        return None
    return FULL * min(mentee.hours, mentor.hours) // max(mentee.hours, mentor.hours)


def _known_goals(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    """What they offered to teach is said by the next rule, in better words."""
    return tuple(sorted(mentee.goals & (mentor.skills - mentor.teaches) or mentee.goals & mentor.teaches))


def _wished(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    return (mentor.function,) if mentor.function and mentee.moving_into == mentor.function else ()


def _steps_ahead(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    """That it is so, and not by how many: nobody agreed to have their grade guessed at."""
    known = mentee.grade is not None and mentor.grade is not None
    return ("ahead",) if known and (mentor.grade or 0) > (mentee.grade or 0) else ()


def _same_wish(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    """Only what both said: somebody whom any way suits did not prefer it."""
    return (mentee.mode,) if mentee.mode == mentor.mode and mentee.mode is not Mode.EITHER else ()


def _two_functions(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    apart = mentee.function and mentor.function and mentee.function != mentor.function
    return (mentee.function, mentor.function) if apart else ()


def _same_type(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    return _sorted(mentee.types_wished & mentor.types_offered)


def _new_to_it(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    return ("new",) if mentee.new and not mentor.new else ()


def _sorted(tags: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(tags))


CRITERIA: tuple[Criterion, ...] = (
    Criterion("goals", _goals, (Tell("goals", _known_goals, ("goals", "skills", "teaches")),)),
    Criterion(
        "teaches",
        _teaches,
        (Tell("teaches", lambda mentee, mentor: _sorted(mentee.goals & mentor.teaches), ("goals", "teaches")),),
    ),
    Criterion(
        "interests",
        _interests,
        (Tell("interests", lambda mentee, mentor: _sorted(mentee.interests & mentor.interests), ("interests",)),),
    ),
    Criterion("seniority", _seniority, (Tell("seniority", _steps_ahead, ("grade",)),)),
    Criterion("time", _time, (Tell("time", lambda mentee, mentor: names(mentee.free & mentor.free), ("free",)),)),
    Criterion(
        "language",
        _language,
        (Tell("language", lambda mentee, mentor: _sorted(mentee.languages & mentor.languages), ("languages",)),),
    ),
    Criterion("mode", _mode, (Tell("mode", _same_wish, ("mode",)),)),
    Criterion(
        "mix",
        _mix,
        (Tell("moving_into", _wished, ("moving_into", "function")), Tell("mix", _two_functions, ("function",))),
    ),
    Criterion("type", _type, (Tell("type", _same_type, ("types_wished", "types_offered")),)),
    Criterion("newcomer", _newcomer, (Tell("newcomer", _new_to_it, ("new",)),)),
    Criterion("pace", _pace),
)
"""In the order in which equal contributions are told. Eight are everybody's; the last three look at what only the
questionnaire of a programme asks."""
