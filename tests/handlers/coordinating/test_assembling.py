"""What of a draft may still be published when somebody is not there any more, and what the others hear then."""

from dataclasses import replace

import pytest

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.matching.gatherings.gathering import Cause, Gathering, Proposal, Seat
from flows.matching.gatherings.shapes import Shape
from flows.matching.gatherings.wanted import Wanted
from flows.matching.people import Candidate
from flows.matching.rules import FOR_PROGRAMMES
from flows.people import Role
from handlers.coordinating.assembling import Standing, standing_of
from tests.handlers.stage import MONDAY_MORNING


def without(gone: int, format_: Format, *roles: Role) -> Standing:
    """A draft of one gathering with these roles, of which that many of the last cannot come."""
    seats = tuple(Seat(f"p{number}", role) for number, role in enumerate(roles))
    proposal = Proposal((Gathering(seats, 5_000),), (), 0)
    round_ = GatheringRound("r", "c", 1, "carla", MONDAY_MORNING, proposal)
    here = [Candidate(seat.participant, frozenset({seat.role}), capacity=9) for seat in seats]
    away = [replace(one, available=False) for one in here[len(here) - gone :]]
    return standing_of(round_, Wanted(format_, Shape(FOR_PROGRAMMES), (*here[: len(here) - gone], *away)))


GROUP = (Role.MENTOR, *[Role.MENTEE] * 4)
CIRCLE = (Role.FACILITATOR, *[Role.PEER] * 4)


@pytest.mark.parametrize(
    ("format_", "roles"),
    [(Format.GROUP, GROUP), (Format.CIRCLE, CIRCLE), (Format.TEAM, (*GROUP, Role.MENTEE)), (Format.COFFEE, CIRCLE[:3])],
)
def test_one_fewer_go_on_where_they_still_are_enough(format_: Format, roles: tuple[Role, ...]) -> None:
    stands = without(1, format_, *roles)
    assert (len(stands.gatherings), stands.lost, stands.left) == (1, (f"p{len(roles) - 1}",), ())


@pytest.mark.parametrize(
    ("format_", "roles"), [(Format.GROUP, GROUP), (Format.CIRCLE, CIRCLE), (Format.TEAM, (*GROUP, Role.MENTEE))]
)
def test_fewer_than_such_a_gathering_has_are_none_and_hear_so(format_: Format, roles: tuple[Role, ...]) -> None:
    stands = without(2, format_, *roles)
    assert (stands.gatherings, len(stands.out)) == ((), 1)
    assert {one.cause for one in stands.left if one.person != "p0"} == {Cause.FEW}


@pytest.mark.parametrize("format_", [Format.GROUP, Format.TEAM, Format.MOSAIC, Format.FUNCTIONAL])
def test_a_mentor_whose_mentees_went_hears_of_their_place_and_not_of_a_mentor(format_: Format) -> None:
    (left,) = without(1, format_, Role.MENTOR, Role.MENTEE).left
    assert (left.person, left.cause) == ("p0", Cause.ASKED_FOR)


def test_whose_mentor_went_hears_that_there_is_no_place() -> None:
    (left,) = without(1, Format.GROUP, Role.MENTEE, Role.MENTOR).left
    assert (left.person, left.cause) == ("p0", Cause.PLACES)


def test_who_is_on_both_sides_hears_of_what_they_look_for() -> None:
    led = Gathering((Seat("both", Role.MENTOR), Seat("mentee", Role.MENTEE)), 5_000, "data")
    helped = Gathering((Seat("mentor", Role.MENTOR), Seat("both", Role.MENTEE)), 5_000, "design")
    round_ = GatheringRound("r", "c", 1, "carla", MONDAY_MORNING, Proposal((led, helped), (), 0))
    both = Candidate("both", frozenset({Role.MENTOR, Role.MENTEE}), capacity=1)
    (left,) = standing_of(round_, Wanted(Format.MOSAIC, Shape(FOR_PROGRAMMES), (both,))).left
    assert (left.person, left.cause) == ("both", Cause.PLACES)
