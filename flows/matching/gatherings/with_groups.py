"""Groups around one mentor and teams around several, as a round proposes them."""

from collections.abc import Sequence
from dataclasses import replace

from flows.matching.gatherings.among_peers import circled
from flows.matching.gatherings.barred import Barred
from flows.matching.gatherings.circles import LEAST
from flows.matching.gatherings.gathering import Cause, Left
from flows.matching.gatherings.groups import Groups, gather_groups
from flows.matching.gatherings.sides import around, idle, kept_by, sides_of, why_left
from flows.matching.gatherings.sociable import sociable
from flows.matching.gatherings.team import accompany
from flows.matching.gatherings.wanted import Found, Over, People, Wanted
from flows.matching.scoring.fit import fit


def in_groups(wanted: Wanted, there: People, over: Over) -> Found:
    """One mentor with several mentees; a group that would stay too small does not run."""
    mentees, mentors, _ = sides_of(wanted, there)
    # Who has a group already, or keeps one that is locked, has no other.
    most = [wanted.shape.most if not (one.load or kept_by(wanted, one)) else 0 for one in mentors]
    worth = fit(mentees, mentors, wanted.shape.rules)
    first, apart = gather_groups(worth, most, least=wanted.shape.least, over=over), set[tuple[int, int]]()
    best = first
    while odd := _at_odds(best.partner, mentees):
        # Two who are kept apart are in no group together: the one goes elsewhere, if there is room.
        apart |= odd
        best = gather_groups(Barred.of(worth, apart), most, least=wanted.shape.least, over=over)
    found = [
        around((mentor,), tuple(mentees[row] for row, at in enumerate(best.partner) if at == number), wanted)
        for number, mentor in enumerate(mentors)
        if number in best.partner
    ]
    left = [
        Left(mentee.id, why_left(worth, row, Cause.FEW))
        for row, mentee in enumerate(mentees)
        if best.partner[row] is None
    ]
    return found, [*left, *idle(mentors, found, most)], _gap(first, best)


def _gap(first: Groups, best: Groups) -> int | None:
    """Of those that keep people apart, to those that need not."""
    if first.gap is None or first.partner.count(None) != best.partner.count(None):
        return None
    return first.value + first.gap - best.value


def with_circles(wanted: Wanted, there: People, over: Over) -> Found:
    """Circles of mentees, each with mentors who cover what it wants; without any mentor a circle is no team."""
    mentees, mentors, _ = sides_of(wanted, there)
    if len(mentees) < LEAST:
        # Who is on both sides sits out once.
        return [], [Left(one, Cause.FEW) for one in dict.fromkeys(one.id for one in (*mentees, *mentors))], 0
    groups, alone = circled(mentees, wanted, frozenset(), over)
    row = {one.id: number for number, one in enumerate(mentees)}
    members = [[row[person] for person in group.people] for group in groups]
    places = [0 if one.load or kept_by(wanted, one) else 1 for one in mentors]
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
        team = around(
            sociable([mentors[one] for one in chosen]), tuple(mentees[row[person]] for person in group.people), wanted
        )
        found.append(replace(team, broken=group.broken))
    return found, [*left, *idle(mentors, found, places)], None


def _at_odds(partner: Sequence[int | None], mentees: People) -> set[tuple[int, int]]:
    """Row and mentor of those who are kept apart from others in the same group."""
    return {
        (row, mentor)
        for mentor in {at for at in partner if at is not None}
        for group in [[row for row, at in enumerate(partner) if at == mentor]]
        for row in group
        if mentees[row] not in sociable([mentees[one] for one in group])
    }
