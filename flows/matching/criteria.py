"""The rules that score a pair, as a table: what each one looks at, how it rates, and what it may say about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.matching.limits import same_office
from flows.matching.people import Candidate, Mode

FULL = 1_000
INTERESTS = (0, 450, 750, 1_000)
LANGUAGES = (0, 600, 1_000)
HOURS = (0, 170, 330, 500, 670, 830, 1_000)
STEPS_AHEAD = {0: 200, 1: 600, 2: 900, 3: 1_000, 4: 900, 5: 600, 6: 300}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rule. A rating is a whole number from 0 to 1,000, or None when an answer that it needs is missing."""

    name: str
    rate: Callable[[Candidate, Candidate], int | None]
    """Mentee first, mentor second."""
    shared: Callable[[Candidate, Candidate], tuple[str, ...]] | None = None
    """What both can be told they have in common, most telling first. None: a rule that is never given as a reason,
    because it rests on something sensitive or says nothing concrete."""
    reads: tuple[str, ...] = ()
    """Fields whose answers a reason would reveal; when one of them is private to either side there is no reason."""


def _goals(mentee: Candidate, mentor: Candidate) -> int | None:
    """Naming one goal is no handicap against naming four."""
    known = mentor.skills | mentor.teaches
    if not mentee.goals or not known:
        return None
    asked = min(len(mentee.goals), 4)
    return FULL * min(len(mentee.goals & known), asked) // asked


def _teaches(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.goals or not (mentor.skills or mentor.teaches):
        return None
    asked = min(len(mentee.goals), 2)
    return FULL * min(len(mentee.goals & mentor.teaches), asked) // asked


def _interests(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.interests or not mentor.interests:
        return None
    return _curve(INTERESTS, len(mentee.interests & mentor.interests))


def _moving_into(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.moving_into or not mentor.function:
        return None
    return FULL if mentee.moving_into == mentor.function else 0


def _grade(mentee: Candidate, mentor: Candidate) -> int | None:
    if mentee.grade is None or mentor.grade is None:
        return None
    return STEPS_AHEAD.get(mentor.grade - mentee.grade, 0)


def _time(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.times or not mentor.times:
        return None
    return _curve(HOURS, len(mentee.times & mentor.times))


def _language(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.languages or not mentor.languages:
        return None
    return _curve(LANGUAGES, len(mentee.languages & mentor.languages))


def _mode(mentee: Candidate, mentor: Candidate) -> int:
    modes = {mentee.mode, mentor.mode}
    if Mode.IN_PERSON not in modes:
        return FULL
    if not same_office(mentee, mentor):
        return 0
    return 200 if Mode.ONLINE in modes else FULL


def _type(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.types_wished or not mentor.types_offered:
        return None
    return 0 if mentee.types_wished.isdisjoint(mentor.types_offered) else FULL


def _mix(mentee: Candidate, mentor: Candidate) -> int:
    """Two people who would not meet otherwise; an unknown part adds nothing."""
    functions = 600 if _two_functions(mentee, mentor) else 0
    offices = 400 if mentee.office and mentor.office and mentee.office != mentor.office else 0
    return functions + offices


def _newcomer(mentee: Candidate, mentor: Candidate) -> int:
    """Who is new meets somebody who knows the house."""
    if not mentee.new:
        return FULL // 2
    return 0 if mentor.new else FULL


def _pace(mentee: Candidate, mentor: Candidate) -> int | None:
    if not mentee.hours or not mentor.hours:
        return None
    return FULL * min(mentee.hours, mentor.hours) // max(mentee.hours, mentor.hours)


def _same_wish(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    """Only what both said: somebody whom any way suits did not prefer it."""
    return (mentee.mode,) if mentee.mode == mentor.mode and mentee.mode is not Mode.EITHER else ()


def _two_functions(mentee: Candidate, mentor: Candidate) -> tuple[str, ...]:
    apart = mentee.function and mentor.function and mentee.function != mentor.function
    return (mentee.function, mentor.function) if apart else ()


def _curve(values: Sequence[int], count: int) -> int:
    return values[min(count, len(values) - 1)]


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "goals",
        _goals,
        # What they offered to teach is said by the next rule, in better words.
        lambda mentee, mentor: tuple(
            sorted(mentee.goals & (mentor.skills - mentor.teaches) or mentee.goals & mentor.teaches)
        ),
        ("goals", "skills", "teaches"),
    ),
    Criterion(
        "teaches", _teaches, lambda mentee, mentor: tuple(sorted(mentee.goals & mentor.teaches)), ("goals", "teaches")
    ),
    Criterion(
        "interests",
        _interests,
        lambda mentee, mentor: tuple(sorted(mentee.interests & mentor.interests)),
        ("interests",),
    ),
    Criterion(
        "moving_into",
        _moving_into,
        lambda mentee, mentor: tuple({mentee.moving_into} & {mentor.function} - {""}),
        ("moving_into", "function"),
    ),
    # Never given as a reason: a grade is sensitive, and nobody agreed to have theirs guessed at.
    Criterion("grade", _grade),
    Criterion("time", _time, lambda mentee, mentor: tuple(sorted(mentee.times & mentor.times)), ("times",)),
    Criterion(
        "language",
        _language,
        lambda mentee, mentor: tuple(sorted(mentee.languages & mentor.languages)),
        ("languages",),
    ),
    Criterion("mode", _mode, _same_wish, ("mode",)),
    Criterion(
        "type",
        _type,
        lambda mentee, mentor: tuple(sorted(mentee.types_wished & mentor.types_offered)),
        ("types_wished", "types_offered"),
    ),
    Criterion(
        "mix",
        _mix,
        _two_functions,
        ("function",),
    ),
    Criterion(
        "newcomer", _newcomer, lambda mentee, mentor: ("new",) if mentee.new and not mentor.new else (), ("new",)
    ),
    Criterion("pace", _pace),
)
"""In the order in which equal contributions are told. Every one has its weight in `rules.WEIGHTS`."""
