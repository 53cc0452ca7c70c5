"""Groups, teams, themes, pieces of work and events around mentors, as a round proposes them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flows.formats import Format
from flows.matching.explain import reasons
from flows.matching.gatherings.among_peers import circled
from flows.matching.gatherings.barred import Barred
from flows.matching.gatherings.circles import LEAST
from flows.matching.gatherings.functional import Lack, Offer, Stay, deliverable, lacks
from flows.matching.gatherings.gathering import Cause, Gathering, Left, Seat
from flows.matching.gatherings.groups import Groups, gather_groups
from flows.matching.gatherings.mosaic import compose
from flows.matching.gatherings.rotation import rotate
from flows.matching.gatherings.shared import brought_together_by, why
from flows.matching.gatherings.sociable import sociable
from flows.matching.gatherings.team import accompany
from flows.matching.gatherings.wanted import Found, Over, Wanted
from flows.matching.pairs import pair
from flows.matching.people import Candidate
from flows.matching.scoring.fit import fit
from flows.matching.solving.assignment import assign
from flows.matching.solving.worth import Worth
from flows.people import Role

People = tuple[Candidate, ...]


def in_groups(wanted: Wanted, there: People, over: Over) -> Found:
    """One mentor with several mentees; a group that would stay too small does not run."""
    mentees, mentors, _ = _sides(wanted, there)
    # Who has a group already, or keeps one that is locked, has no other.
    most = [wanted.shape.most if not (one.load or _kept(wanted, one)) else 0 for one in mentors]
    worth = fit(mentees, mentors, wanted.shape.rules)
    first, apart = gather_groups(worth, most, least=wanted.shape.least, over=over), set[tuple[int, int]]()
    best = first
    while odd := _at_odds(best.partner, mentees):
        # Two who are kept apart are in no group together: the one goes elsewhere, if there is room.
        apart |= odd
        best = gather_groups(Barred.of(worth, apart), most, least=wanted.shape.least, over=over)
    found = [
        _around((mentor,), tuple(mentees[row] for row, at in enumerate(best.partner) if at == number), wanted)
        for number, mentor in enumerate(mentors)
        if number in best.partner
    ]
    left = [
        Left(mentee.id, _cause(worth, row, Cause.FEW))
        for row, mentee in enumerate(mentees)
        if best.partner[row] is None
    ]
    return found, [*left, *_idle(mentors, found, most)], _gap(first, best)


def _gap(first: Groups, best: Groups) -> int | None:
    """Of those that keep people apart, to those that need not."""
    if first.gap is None or first.partner.count(None) != best.partner.count(None):
        return None
    return first.value + first.gap - best.value


def with_circles(wanted: Wanted, there: People, over: Over) -> Found:
    """Circles of mentees, each with mentors who cover what it wants; without any mentor a circle is no team."""
    mentees, mentors, _ = _sides(wanted, there)
    if len(mentees) < LEAST:
        return [], [Left(one.id, Cause.FEW) for one in (*mentees, *mentors)], 0
    groups, alone = circled(mentees, wanted, frozenset(), over)
    row = {one.id: number for number, one in enumerate(mentees)}
    members = [[row[person] for person in group.people] for group in groups]
    places = [0 if one.load or _kept(wanted, one) else 1 for one in mentors]
    points = fit(mentees, mentors, wanted.shape.rules).block(slice(0, len(mentees)))
    along = accompany(
        members,
        points,
        places,
        each=wanted.shape.mentors,
        goals=[one.goals for one in mentees],
        knows=[one.skills | one.teaches for one in mentors],
        over=over,
    )
    found, left = [], alone
    for group, chosen in zip(groups, along, strict=True):
        if not chosen:
            left += [Left(person, Cause.PLACES) for person in group.people]
            continue
        team = _around(
            sociable([mentors[one] for one in chosen]), tuple(mentees[row[person]] for person in group.people), wanted
        )
        found.append(replace(team, broken=group.broken))
    return found, [*left, *_idle(mentors, found, places)], None


def by_theme(wanted: Wanted, there: People, over: Over) -> Found:
    """A mentor who knows it for each thing that somebody wants to learn, never the same one twice."""
    mentees, mentors, places = _sides(wanted, there)
    helped = wanted.covered | {(person, one.subject) for one in wanted.kept for person in one.in_role(Role.MENTEE)}
    themes = [
        (number, replace(one, goals=frozenset({goal})))
        for number, one in enumerate(mentees)
        for goal in sorted(one.goals)
        if (one.id, goal) not in helped
    ]
    rows = [one for _, one in themes]
    knows = [
        [not one.goals <= (mentor.skills | mentor.teaches) or _together(wanted, one, mentor) for mentor in mentors]
        for one in rows
    ]
    worth = Barred(fit(rows, mentors, wanted.shape.rules), np.array(knows, dtype=bool).reshape(len(rows), len(mentors)))
    best = compose(
        worth,
        [number for number, _ in themes],
        places,
        load=[one.load for one in mentors],
        load_cost=wanted.shape.rules.load,
        over=over,
    )
    found, left = [], []
    for row, (theme, at) in enumerate(zip(rows, best.partner, strict=True)):
        (subject,) = theme.goals
        if at is None:
            left.append(Left(theme.id, _cause(worth, row, Cause.PLACES, never=Cause.SKILL), subject))
        else:
            found.append(replace(_around((mentors[at],), (theme,), wanted), subject=subject))
    left += [Left(one.id, Cause.SKILL) for one in mentees if not one.goals]
    return found, [*left, *_idle(mentors, found, places)], best.gap


def for_work(wanted: Wanted, there: People, over: Over) -> Found:
    """A mentor who has the skill for a piece of work, and who is there on the day when it is due."""
    mentees, mentors, places = _sides(wanted, there)
    said = [one for one in mentees if one.id in wanted.work]
    offers = [Offer(one.skills | one.teaches, wanted.stays.get(one.id, Stay())) for one in mentors]
    worth = deliverable(fit(said, mentors, wanted.shape.rules), [wanted.work[one.id] for one in said], offers)
    best = assign(
        worth,
        places,
        load=[one.load for one in mentors],
        load_cost=wanted.shape.rules.load,
        unmatched=None,
        over=over,
    )
    found, left = [], []
    for row, (mentee, at) in enumerate(zip(said, best.partner, strict=True)):
        work = wanted.work[mentee.id]
        if at is not None:
            found.append(replace(_around((mentors[at],), (mentee,), wanted), subject=work.skill))
            continue
        against = [lacks(work, offer) for offer in offers]
        if all(Lack.SKILL in one for one in against):
            cause = Cause.SKILL
        elif all(against):
            cause = Cause.DAY
        else:
            cause = _cause(worth, row, Cause.PLACES)
        left.append(Left(mentee.id, cause, work.skill))
    left += [Left(one.id, Cause.SKILL) for one in mentees if one.id not in wanted.work]
    return found, [*left, *_idle(mentors, found, places)], best.gap


def in_turns(wanted: Wanted, there: People, over: Over) -> Found:
    """An event: several sittings with the same seats, and nobody twice with the same person."""
    mentees, mentors, places = _sides(wanted, there)
    worth = fit(mentees, mentors, wanted.shape.rules)
    sittings = rotate(worth, places, rounds=wanted.shape.rounds, met=_met(wanted, mentees, mentors), over=over)
    found = [
        replace(
            _around((mentor,), sociable([mentees[row] for row, at in enumerate(sitting) if at == number]), wanted),
            turn=turn,
        )
        for turn, sitting in enumerate(sittings, start=1)
        for number, mentor in enumerate(mentors)
        if number in sitting
    ]
    seated = {person for one in found for person in one.in_role(Role.MENTEE)}
    left = [
        Left(mentee.id, _cause(worth, row, Cause.PLACES))
        for row, mentee in enumerate(mentees)
        if mentee.id not in seated
    ]
    return found, [*left, *_idle(mentors, found, places)], None


def _sides(wanted: Wanted, there: People) -> tuple[People, People, list[int]]:
    """Mentees and mentors who are not settled by a lock, and the places that each mentor still has."""
    settled = {person for one in wanted.kept for person in one.in_role(Role.MENTEE)}
    if wanted.format is Format.MOSAIC:
        settled = set()  # They may have a mentor for something else besides.
    mentees = tuple(one for one in there if Role.MENTEE in one.roles and one.id not in settled)
    mentors = tuple(one for one in there if Role.MENTOR in one.roles and one.capacity)
    return mentees, mentors, [max(0, one.places - _kept(wanted, one)) for one in mentors]


def _at_odds(partner: Sequence[int | None], mentees: People) -> set[tuple[int, int]]:
    """Row and mentor of those who are kept apart from others in the same group."""
    return {
        (row, mentor)
        for mentor in {at for at in partner if at is not None}
        for group in [[row for row, at in enumerate(partner) if at == mentor]]
        for row in group
        if mentees[row] not in sociable([mentees[one] for one in group])
    }


def _met(wanted: Wanted, mentees: People, mentors: People) -> frozenset[tuple[int, int]]:
    """Row and column of those who sat together at an earlier event."""
    row = {one.id: number for number, one in enumerate(mentees)}
    column = {one.id: number for number, one in enumerate(mentors)}
    tables = [table for tables in wanted.before for table in tables]
    return frozenset(
        (row[one], column[other])
        for table in tables
        for one in table
        for other in table
        if one in row and other in column
    )


def _kept(wanted: Wanted, mentor: Candidate) -> int:
    """Mentees whom this mentor has by locks."""
    return sum(len(one.in_role(Role.MENTEE)) for one in wanted.kept if mentor.id in one.in_role(Role.MENTOR))


def _together(wanted: Wanted, mentee: Candidate, mentor: Candidate) -> bool:
    """A lock has brought them together for another theme."""
    return any({mentee.id, mentor.id} <= set(one.people) for one in wanted.kept)


def _around(mentors: Sequence[Candidate], mentees: Sequence[Candidate], wanted: Wanted) -> Gathering:
    rules = wanted.shape.rules
    scored = [pair(mentee, mentor, rules) for mentee in mentees for mentor in mentors]
    if len(scored) == 1:
        told = tuple((one.kind, *one.details) for one in reasons(scored[0], mentees[0], mentors[0], rules))
    else:
        told = why(brought_together_by(mentees, mentors), (*mentors, *mentees))
    seats = (
        *(Seat(one.id, Role.MENTOR) for one in mentors),
        *(Seat(one.id, Role.MENTEE) for one in mentees),
    )
    return Gathering(seats, sum(one.score for one in scored) // len(scored), reasons=told)


def _cause(worth: Worth, row: int, otherwise: Cause, *, never: Cause = Cause.NOBODY) -> Cause:
    """`never` for somebody with whom nobody may be."""
    return otherwise if (worth.block(slice(row, row + 1)) >= 0).any() else never


def _idle(mentors: People, found: Sequence[Gathering], places: Sequence[int]) -> list[Left]:
    """Mentors who offer a place and have nobody."""
    busy = {person for one in found for person in one.in_role(Role.MENTOR)}
    return [
        Left(one.id, Cause.ASKED_FOR)
        for one, free in zip(mentors, places, strict=True)
        if free and one.id not in busy and not one.load
    ]
