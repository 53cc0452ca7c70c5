"""Themes, pieces of work and events around mentors, as a round proposes them."""

from dataclasses import replace

import numpy as np

from flows.matching.gatherings.barred import Barred
from flows.matching.gatherings.functional import Lack, Offer, Stay, deliverable, lacks
from flows.matching.gatherings.gathering import Cause, Left
from flows.matching.gatherings.mosaic import compose
from flows.matching.gatherings.rotation import rotate
from flows.matching.gatherings.sides import around, idle, sides_of, why_left
from flows.matching.gatherings.sociable import sociable
from flows.matching.gatherings.wanted import Found, Over, People, Wanted
from flows.matching.people import Candidate
from flows.matching.scoring.fit import fit
from flows.matching.solving.assignment import assign
from flows.people import Role


def by_theme(wanted: Wanted, there: People, over: Over) -> Found:
    """A mentor who knows it for each thing that somebody wants to learn, never the same one twice."""
    mentees, mentors, places = sides_of(wanted, there)
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
            left.append(Left(theme.id, why_left(worth, row, Cause.PLACES, never=Cause.SKILL), subject))
        else:
            found.append(replace(around((mentors[at],), (theme,), wanted), subject=subject))
    left += [Left(one.id, Cause.SKILL) for one in mentees if not one.goals]
    return found, [*left, *idle(mentors, found, places)], best.gap


def for_work(wanted: Wanted, there: People, over: Over) -> Found:
    """A mentor who has the skill for a piece of work, and who is there on the day when it is due."""
    mentees, mentors, places = sides_of(wanted, there)
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
            found.append(replace(around((mentors[at],), (mentee,), wanted), subject=work.skill))
            continue
        against = [lacks(work, offer) for offer in offers]
        if all(Lack.SKILL in one for one in against):
            cause = Cause.SKILL
        elif all(against):
            cause = Cause.DAY
        else:
            cause = why_left(worth, row, Cause.PLACES)
        left.append(Left(mentee.id, cause, work.skill))
    left += [Left(one.id, Cause.SKILL) for one in mentees if one.id not in wanted.work]
    return found, [*left, *idle(mentors, found, places)], best.gap


def in_turns(wanted: Wanted, there: People, over: Over) -> Found:
    """An event: several sittings with the same seats, and nobody twice with the same person."""
    mentees, mentors, places = sides_of(wanted, there)
    worth = fit(mentees, mentors, wanted.shape.rules)
    column = {one.id: number for number, one in enumerate(mentors)}
    sittings = rotate(
        worth,
        places,
        rounds=wanted.shape.rounds,
        met=_met(wanted, mentees, mentors),
        both=[(row, column[one.id]) for row, one in enumerate(mentees) if one.id in column],
        over=over,
    )
    found = [
        replace(
            around((mentor,), sociable([mentees[row] for row, at in enumerate(sitting) if at == number]), wanted),
            turn=turn,
        )
        for turn, sitting in enumerate(sittings, start=1)
        for number, mentor in enumerate(mentors)
        if number in sitting
    ]
    seated = {person for one in found for person in one.in_role(Role.MENTEE)}
    left = [
        Left(mentee.id, why_left(worth, row, Cause.PLACES))
        for row, mentee in enumerate(mentees)
        if mentee.id not in seated
    ]
    return found, [*left, *idle(mentors, found, places)], None


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


def _together(wanted: Wanted, mentee: Candidate, mentor: Candidate) -> bool:
    """A lock has brought them together for another theme."""
    return any({mentee.id, mentor.id} <= set(one.people) for one in wanted.kept)
