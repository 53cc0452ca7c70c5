"""Why somebody stayed without a mentor, and what would really change it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.matching.limits import failed, zone_gap
from flows.matching.pairs import score
from flows.matching.people import MOST_PLACES, Candidate, Mode
from flows.matching.pool import FORBIDDEN, Pool
from flows.matching.rules import Limit
from flows.people import Role

Opened = Callable[[Candidate, list[Candidate]], int]
"""With how many of these partners a changed answer makes a match possible."""


class Cause(StrEnum):
    """What stands in the way."""

    NO_PERMITTED = "no_permitted_mentor"
    """A hard limit forbids every mentor."""
    BELOW_MINIMUM = "below_minimum"
    """Mentors are permitted, and none fits well enough for this programme."""
    PLACES = "places"
    """Mentors fit, and all their places are needed by others."""
    OPEN = "open"
    """A place is open: somebody was moved by hand since the draft."""


class RemedyKind(StrEnum):
    """Something that, done, matches one more person."""

    MEET_ONLINE = "meet_online"
    """This person says that online is fine too, and is matched."""
    SPEAK = "speak"
    """This person names one more language (`detail`), and is matched."""
    DRAFT_AGAIN = "draft_again"
    """A fresh draft finds them a partner."""
    MORE_PLACES = "more_places"
    """A mentor (`detail`, an id) takes one more."""
    WIDER_ZONE = "wider_zone"
    """The programme allows so many hours between two clocks (`detail`)."""
    LOWER_MINIMUM = "lower_minimum"
    """The programme is content with so many points (`detail`)."""
    MORE_MENTORS = "more_mentors"
    """Somebody joins who suits them: same languages and hours, and the same office (`detail`) if it is to be there."""
    MORE_MENTEES = "more_mentees"
    """A mentee joins whom this mentor suits."""
    MORE_ANSWERS = "more_answers"
    """This person tells more: what they said so far (no office to meet in, no goals) rules out whoever might join."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that would help; `opens` is with how many of those who are there it makes a match possible."""

    kind: RemedyKind
    detail: str = ""
    opens: int = 0


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee without a mentor. What is counted here is for the coordinator; the person hears words."""

    person: str
    cause: Cause
    permitted: int
    """Mentors whom no hard limit forbids, their places aside."""
    limits: tuple[tuple[Limit, int], ...]
    """For each limit the mentors whom it alone forbids, most first."""
    remedies: tuple[Remedy, ...]
    """What the person can do comes first, then what the coordinator can; never empty."""
    queue: int
    """1 for the one who is served first next time: who waited longest, then the draft's order."""


def explain_unmatched(pool: Pool, partners: Mapping[str, str]) -> tuple[Unmatched, ...]:
    """Everybody in the pool who has no mentor, given who has one (mentee to mentor), in the order of the queue."""
    left = sorted((one for one in pool.mentees if one.id not in partners), key=lambda one: -one.waited)
    if not left:
        return ()
    within_reach = _within_reach(pool, partners)
    return tuple(_explain(mentee, pool, within_reach, place) for place, mentee in enumerate(left, start=1))


def _within_reach(pool: Pool, partners: Mapping[str, str]) -> frozenset[int]:
    """Mentors with a place that is free, or that becomes free when others move up without losing theirs.

    A person who is newly permitted with one of these is one more person matched; with any other mentor they would
    only push somebody out.
    """
    taken = Counter(partners.values())
    reach = [nth for nth, mentor in enumerate(pool.mentors) if mentor.places > taken[mentor.id]]
    seen = {pool.mentors[nth].id for nth in reach}
    index = {mentor.id: nth for nth, mentor in enumerate(pool.mentors)}
    movable = [one for one in pool.mentees if one.id in partners and one.id not in pool.pins]
    for nth in reach:  # It grows while it is walked.
        for mentee in movable:
            now = partners[mentee.id]
            if now not in seen and pool.scores(mentee)[nth] != FORBIDDEN:
                seen.add(now)
                reach.append(index[now])
    return frozenset(reach)


def _explain(mentee: Candidate, pool: Pool, within_reach: frozenset[int], place: int) -> Unmatched:
    others = [one for one in pool.mentors if one.id != mentee.id and (mentee.id, one.id) not in pool.forbidden]
    failures = [failed(mentee, mentor, pool.rules) for mentor in others]
    permitted = sum(limits <= {Limit.CAPACITY} for limits in failures)
    # That somebody is avoided shows nowhere, not even in a count.
    alone = Counter(next(iter(limits)) for limits in failures if len(limits) == 1 and Limit.BLOCKED not in limits)
    fitting = [nth for nth, points in enumerate(pool.scores(mentee)) if points != FORBIDDEN]
    if not permitted:
        cause = Cause.NO_PERMITTED
    elif not fitting:
        cause = Cause.BELOW_MINIMUM
    else:
        cause = Cause.PLACES if within_reach.isdisjoint(fitting) else Cause.OPEN
    return Unmatched(
        person=mentee.id,
        cause=cause,
        permitted=permitted,
        limits=tuple(sorted(alone.items(), key=lambda item: (-item[1], item[0]))),
        remedies=tuple(_remedies(mentee, pool, within_reach)) or (_somebody_new(mentee, pool),),
        queue=place,
    )


def _remedies(mentee: Candidate, pool: Pool, within_reach: frozenset[int]) -> Iterator[Remedy]:
    row = pool.scores(mentee)
    if any(row[nth] != FORBIDDEN for nth in within_reach):
        yield Remedy(RemedyKind.DRAFT_AGAIN)
        return
    # Lifting one limit helps with those mentors in reach whom nothing else forbids.
    forbidden_by: dict[frozenset[Limit], list[Candidate]] = {}
    for mentor in (pool.mentors[nth] for nth in sorted(within_reach)):
        if (mentee.id, mentor.id) not in pool.forbidden:
            forbidden_by.setdefault(failed(mentee, mentor, pool.rules), []).append(mentor)
    near = {next(iter(limits), None): mentors for limits, mentors in forbidden_by.items() if len(limits) < 2}
    far_office, strangers = near.get(Limit.OFFICE, []), near.get(Limit.LANGUAGE, [])
    yield from own_remedies(mentee, far_office, strangers, lambda changed, mentors: _opened(changed, pool, mentors))
    growing = [nth for nth, mentor in enumerate(pool.mentors) if row[nth] != FORBIDDEN and _may_take_one_more(mentor)]
    if growing:
        best = max(growing, key=lambda nth: row[nth])
        yield Remedy(RemedyKind.MORE_PLACES, pool.mentors[best].id, len(growing))
    yield from _rule_remedies(mentee, pool, far_zone=near.get(Limit.ZONE, []), poor_fit=near.get(None, []))


def own_remedies(
    person: Candidate, far_office: list[Candidate], strangers: list[Candidate], opened: Opened
) -> Iterator[Remedy]:
    """What a person, on either side, can change with one tap: partners whom only the office or the language forbids."""
    if online := opened(replace(person, mode=Mode.EITHER), far_office):
        yield Remedy(RemedyKind.MEET_ONLINE, opens=online)
    by_language = {
        language: opened(replace(person, languages=person.languages | {language}), strangers)
        for language in sorted(frozenset[str]().union(*(other.languages for other in strangers)))
    }
    best = max(by_language, key=lambda language: by_language[language], default="")
    if best and by_language[best]:
        yield Remedy(RemedyKind.SPEAK, best, by_language[best])


def _rule_remedies(
    mentee: Candidate, pool: Pool, far_zone: list[Candidate], poor_fit: list[Candidate]
) -> Iterator[Remedy]:
    """What the programme can change."""
    minimum = pool.rules.least
    gaps = [-(-zone_gap(mentee, mentor) // 60) for mentor in far_zone if score(mentee, mentor, pool.rules) >= minimum]
    if gaps:
        yield Remedy(RemedyKind.WIDER_ZONE, str(min(gaps)), gaps.count(min(gaps)))
    points = [score(mentee, mentor, pool.rules) for mentor in poor_fit]
    if points:
        yield Remedy(RemedyKind.LOWER_MINIMUM, str(max(points)), points.count(max(points)))


def _opened(changed: Candidate, pool: Pool, mentors: list[Candidate]) -> int:
    """How many of these mentors a changed answer makes possible."""
    return sum(
        not failed(changed, mentor, pool.rules) and score(changed, mentor, pool.rules) >= pool.rules.least
        for mentor in mentors
    )


def _may_take_one_more(mentor: Candidate) -> bool:
    return max(mentor.capacity, mentor.load) < MOST_PLACES


def _somebody_new(mentee: Candidate, pool: Pool) -> Remedy:
    """What helps when nobody who is there can."""
    newcomer = replace(
        mentee,
        id="",
        roles=frozenset({Role.MENTOR}),
        capacity=1,
        load=0,
        met=frozenset(),
        mode=Mode.EITHER,
        teaches=mentee.goals,
        blocked=frozenset(),
        grade=None if mentee.grade is None else mentee.grade + pool.rules.least_step,
        function=mentee.moving_into,
        types_offered=mentee.types_wished,
        new=False,
    )
    if not _opened(mentee, pool, [newcomer]):
        return Remedy(RemedyKind.MORE_ANSWERS)
    return Remedy(RemedyKind.MORE_MENTORS, mentee.office if mentee.mode is Mode.IN_PERSON else "")
