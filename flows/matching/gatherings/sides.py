"""Mentees and mentors of a round: who is free, who is together, who is left over and why."""

from collections.abc import Sequence

from flows.formats import Format
from flows.matching.explain import reasons
from flows.matching.gatherings.gathering import Cause, Gathering, Left, Seat
from flows.matching.gatherings.shared import brought_together_by, why
from flows.matching.gatherings.wanted import People, Wanted
from flows.matching.pairs import pair
from flows.matching.people import Candidate
from flows.matching.solving.worth import Worth
from flows.people import Role


def sides_of(wanted: Wanted, there: People) -> tuple[People, People, list[int]]:
    """Mentees and mentors who are not settled by a lock, and the places that each mentor still has."""
    settled = {person for one in wanted.kept for person in one.in_role(Role.MENTEE)}
    if wanted.format is Format.MOSAIC:
        settled = set()  # They may have a mentor for something else besides.
    mentees = tuple(one for one in there if Role.MENTEE in one.roles and one.id not in settled)
    mentors = tuple(one for one in there if Role.MENTOR in one.roles and one.capacity)
    return mentees, mentors, [max(0, one.places - kept_by(wanted, one)) for one in mentors]


def kept_by(wanted: Wanted, mentor: Candidate) -> int:
    """Mentees whom this mentor has by locks."""
    return sum(len(one.in_role(Role.MENTEE)) for one in wanted.kept if mentor.id in one.in_role(Role.MENTOR))


def around(mentors: Sequence[Candidate], mentees: Sequence[Candidate], wanted: Wanted) -> Gathering:
    """These mentors with these mentees, how well they fit, and what brings them together."""
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


def why_left(worth: Worth, row: int, otherwise: Cause, *, never: Cause = Cause.NOBODY) -> Cause:
    """Why this row of `worth` has nobody; `never` for somebody with whom nobody may be."""
    return otherwise if (worth.block(slice(row, row + 1)) >= 0).any() else never


def idle(mentors: People, found: Sequence[Gathering], places: Sequence[int]) -> list[Left]:
    """Mentors who offer a place and have nobody."""
    busy = {person for one in found for person in one.in_role(Role.MENTOR)}
    return [
        Left(one.id, Cause.ASKED_FOR)
        for one, free in zip(mentors, places, strict=True)
        if free and one.id not in busy and not one.load
    ]
