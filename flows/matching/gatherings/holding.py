"""Whether people who were proposed to be together still may be: answers change, and some are kept apart meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from flows.formats import Format
from flows.matching.gatherings.gathering import SAME_TEAM, Breach, Gathering
from flows.matching.gatherings.sociable import sociable
from flows.matching.limits import BIT, failed
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.people import Role

NO_LIMIT_HERE = frozenset({Limit.ONESELF, Limit.CAPACITY, Limit.AWAY})
"""Who is there and has a place is counted by whoever asks."""


def holding(one: Gathering, people: Sequence[Candidate], rules: Rules, format_: Format) -> Gathering | None:
    """The gathering as it stands with these people in its seats, in their order; None where two of them may not be
    together by now.

    In a circle and among the mentees of a team a limit may give way, and is named; nowhere does what keeps two apart.
    """
    if len(sociable(people)) < len(people):
        return None
    mentors = [person for person, seat in zip(people, one.seats, strict=True) if seat.role is Role.MENTOR]
    others = [person for person, seat in zip(people, one.seats, strict=True) if seat.role is not Role.MENTOR]
    if any(failed(other, mentor, rules) - NO_LIMIT_HERE for other in others for mentor in mentors):
        return None
    if format_ in (Format.CIRCLE, Format.TEAM):
        return replace(one, broken=_broken(others, rules))
    if format_.pooled and any(_between(*pair, rules) for pair in combinations(others, 2)):
        return None
    return one


def _broken(people: Sequence[Candidate], rules: Rules) -> tuple[Breach, ...]:
    pairs = combinations(sorted(people, key=lambda one: one.id), 2)
    found = [
        Breach(one.id, other.id, (*_between(one, other, rules), *_of_one_team(one, other))) for one, other in pairs
    ]
    return tuple(one for one in found if one.limits)


def _between(one: Candidate, other: Candidate, rules: Rules) -> tuple[Limit, ...]:
    """The limits between two peers, either way round, in the order in which they are named."""
    standing = (failed(one, other, rules) | failed(other, one, rules)) - NO_LIMIT_HERE
    return tuple(limit for limit in BIT if limit in standing)


def _of_one_team(one: Candidate, other: Candidate) -> tuple[str, ...]:
    return (SAME_TEAM,) if one.manager and one.manager == other.manager else ()
