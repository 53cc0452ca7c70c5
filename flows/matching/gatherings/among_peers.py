"""Peers in pairs and circles, as a round proposes them."""

from itertools import combinations

from flows.matching.gatherings.circles import LEAST, Circles, circles, number_of_circles
from flows.matching.gatherings.gathering import Breach, Cause, Gathering, Left, Seat
from flows.matching.gatherings.pairing import gap, pair_up
from flows.matching.gatherings.peers import affinities, named, suits
from flows.matching.gatherings.repeats import NEW, since
from flows.matching.gatherings.shared import brought_together_by, of_use_to_each_other, why
from flows.matching.gatherings.sociable import sociable
from flows.matching.gatherings.wanted import Found, Over, People, Wanted
from flows.matching.limits import mask
from flows.matching.rules import Limit
from flows.matching.solving.worth import Points
from flows.people import Role

FURTHER = 3
"""Circles more than come nearest to the size, at most, where people are kept apart."""


def pairs(wanted: Wanted, there: People, over: Over) -> Found:
    """Two by two, nobody again with the same person while somebody new is left, and a third where one is left over."""
    people = _free(wanted, there)
    if len(people) < 2:
        return [], [Left(one.id, Cause.FEW) for one in people], 0
    place = {one.id: number for number, one in enumerate(people)}
    before = [
        [tuple(place[one] for one in group if one in place) for group in groups if _still(group, place) > 1]
        for groups in wanted.before
    ]
    fit = suits(people, wanted.shape.rules)
    met = since(before)
    pairing = pair_up(fit, met=met, over=over)
    bound = 0 if pairing.exact else gap(fit, pairing, met=met, over=over)
    points = fit.block(slice(0, len(people)))
    found = [
        Gathering(
            tuple(Seat(people[one].id, Role.PEER) for one in group),
            _mean(points, group),
            reasons=_of_use(tuple(people[one] for one in group)),
        )
        for group in pairing.groups
    ]
    return found, [Left(people[one].id, Cause.NOBODY) for one in pairing.alone], bound if bound < NEW else None


def in_circles(wanted: Wanted, there: People, over: Over) -> Found:
    """Circles of four to eight, each with a facilitator as far as there are any."""
    people = _free(wanted, there)
    if len(people) < LEAST:
        return [], [Left(one.id, Cause.FEW) for one in people], 0
    ready = frozenset(number for number, one in enumerate(people) if one.id in wanted.ready)
    found, left = circled(people, wanted, ready, over)
    return found, left, None


def circled(people: People, wanted: Wanted, ready: frozenset[int], over: Over) -> tuple[list[Gathering], list[Left]]:
    """Everybody in one circle, with the limits that could not be kept; and who sits out, because there is no circle
    without somebody from whom they are kept apart.

    Where somebody would sit out, one circle more is tried while there are people for it: there are more ways then to
    keep them apart.
    """
    affinity, limits = affinities(people, wanted.shape.rules)
    fewest = number_of_circles(len(people), wanted.shape.size)
    most = max(fewest, min(fewest + FURTHER, len(people) // LEAST))
    best: tuple[list[Gathering], list[Left]] | None = None
    for count in range(fewest, most + 1):
        found = circles(
            affinity,
            limits,
            zone=[one.offset for one in people],
            count=count,
            ready=ready,
            never=mask((Limit.BLOCKED,)),
            seed=wanted.shape.rules.seed,
            over=over,
        )
        seated = _seated(found, people, affinity, ready)
        best = seated if best is None or len(seated[1]) < len(best[1]) else best
        if not best[1] or over():
            break
    return best or ([], [])


def _seated(
    best: Circles, people: People, affinity: Points, ready: frozenset[int]
) -> tuple[list[Gathering], list[Left]]:
    """Those of each circle who may be in one room, and the others."""
    found, left = list[Gathering](), list[Left]()
    for everybody in best.groups:
        members = sociable([people[one] for one in everybody])
        group = tuple(one for one in everybody if people[one] in members)
        # With more people there were a circle for them too. Were it told that a limit keeps them out, everybody could
        # conclude which: in a circle no other limit does.
        left += [Left(people[one].id, Cause.FEW) for one in everybody if one not in group]
        if len(group) < LEAST:
            left += [Left(one.id, Cause.FEW) for one in members]
            continue
        facilitator = next((one for one in group if one in ready), None)
        broken = tuple(
            Breach(people[one.one].id, people[one.other].id, named(one.limits))
            for one in best.broken
            if one.one in group and one.other in group
        )
        roles = {one: Role.FACILITATOR if one == facilitator else Role.PEER for one in group}
        seats = tuple(Seat(people[one].id, roles[one]) for one in sorted(group, key=lambda one: one != facilitator))
        reasons = why(brought_together_by(members, ()), members)
        found.append(Gathering(seats, _mean(affinity, group), broken=broken, reasons=reasons))
    return found, left


def _free(wanted: Wanted, there: People) -> People:
    taken = {person for one in wanted.kept for person in one.people}
    return tuple(one for one in there if one.id not in taken)


def _still(group: tuple[str, ...], place: dict[str, int]) -> int:
    return sum(one in place for one in group)


def _mean(points: Points, group: tuple[int, ...]) -> int:
    """Of all pairs in a group, rounded down; a third may be beside somebody whom a limit keeps apart from nobody."""
    found = [max(0, int(points[pair])) for pair in combinations(group, 2)]
    return sum(found) // len(found) if found else 0


def _of_use(people: People) -> tuple[tuple[str, ...], ...]:
    return why(of_use_to_each_other(people), people)
