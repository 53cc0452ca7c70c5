"""Why a mentor with a free place got nobody, and what would really change it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.matching.limits import failed
from flows.matching.pairs import score
from flows.matching.people import Candidate, Mode
from flows.matching.pool import FORBIDDEN, Pool
from flows.matching.remedies import Remedy, RemedyKind, own_remedies
from flows.matching.rules import Limit
from flows.people import Role


class IdleCause(StrEnum):
    """What stands in the way."""

    NO_PERMITTED = "no_permitted_mentee"
    """A hard limit forbids every mentee."""
    BELOW_MINIMUM = "below_minimum"
    """Mentees are permitted, and none fits well enough for this programme."""
    TAKEN = "taken"
    """Everybody who fits has a mentor: there are more places than mentees."""
    OPEN = "open"
    """Somebody who fits has no mentor: somebody was moved by hand since the draft."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A mentor, by id, who offers a place and has nobody."""

    person: str
    cause: IdleCause
    remedies: tuple[Remedy, ...]
    """What the person can do comes first; never empty."""


def explain_idle(pool: Pool, partners: Mapping[str, str]) -> tuple[Idle, ...]:
    """Every mentor in the pool who has nobody, given who has whom (mentee to mentor), sorted by id."""
    busy = frozenset(partners.values())
    idle = [nth for nth, one in enumerate(pool.mentors) if one.places and not one.load and one.id not in busy]
    needing = _needing(pool, partners) if idle else ()
    return tuple(sorted((_explain(nth, pool, needing) for nth in idle), key=lambda one: one.person))


def _needing(pool: Pool, partners: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Mentees without a mentor, and those who could leave theirs to one of them.

    A mentor who is newly permitted with one of these means one more person matched; with anybody else, only a change.
    """
    found = [one for one in pool.mentees if one.id not in partners]
    holders: dict[str, list[Candidate]] = {}
    for one in pool.mentees:
        if one.id in partners and one.id not in pool.pins:
            holders.setdefault(partners[one.id], []).append(one)
    for one in found:  # It grows while it is walked.
        for nth, points in enumerate(pool.scores(one)):
            if points != FORBIDDEN:
                found += holders.pop(pool.mentors[nth].id, [])
    return tuple(found)


def _explain(nth: int, pool: Pool, needing: tuple[Candidate, ...]) -> Idle:
    mentor = pool.mentors[nth]
    if any(pool.scores(mentee)[nth] != FORBIDDEN for mentee in needing):
        return Idle(mentor.id, IdleCause.OPEN, (Remedy(RemedyKind.DRAFT_AGAIN),))
    permitted = [
        mentee
        for mentee in pool.mentees
        if (mentee.id, mentor.id) not in pool.forbidden and not failed(mentee, mentor, pool.rules)
    ]
    if not permitted:
        cause = IdleCause.NO_PERMITTED
    elif all(pool.scores(mentee)[nth] == FORBIDDEN for mentee in permitted):
        cause = IdleCause.BELOW_MINIMUM
    else:
        cause = IdleCause.TAKEN
    return Idle(mentor.id, cause, tuple(_remedies(mentor, pool, needing)) or (_somebody_new(mentor, pool),))


def _remedies(mentor: Candidate, pool: Pool, needing: tuple[Candidate, ...]) -> Iterator[Remedy]:
    near = [one for one in needing if (one.id, mentor.id) not in pool.forbidden]
    forbidden_by = [(mentee, failed(mentee, mentor, pool.rules)) for mentee in near]
    far_office = [mentee for mentee, limits in forbidden_by if limits == {Limit.OFFICE}]
    strangers = [mentee for mentee, limits in forbidden_by if limits == {Limit.LANGUAGE}]
    return own_remedies(mentor, far_office, strangers, lambda changed, mentees: _opened(changed, pool, mentees))


def _somebody_new(mentor: Candidate, pool: Pool) -> Remedy:
    """What helps when nobody who is there can."""
    newcomer = replace(
        mentor,
        id="",
        roles=frozenset({Role.MENTEE}),
        met=frozenset(),
        mode=Mode.EITHER,
        blocked=frozenset(),
        grade=None if mentor.grade is None else mentor.grade - pool.rules.least_step,
        goals=mentor.teaches | mentor.skills,
        moving_into=mentor.function,
        types_wished=mentor.types_offered,
    )
    return Remedy(RemedyKind.MORE_MENTEES if _opened(mentor, pool, [newcomer]) else RemedyKind.MORE_ANSWERS)


def _opened(changed: Candidate, pool: Pool, mentees: list[Candidate]) -> int:
    """How many of these mentees a changed answer makes possible."""
    return sum(
        not failed(mentee, changed, pool.rules) and score(mentee, changed, pool.rules) >= pool.rules.least
        for mentee in mentees
    )
