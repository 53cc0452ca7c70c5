"""Every format's round: everybody is in it once or left over with a cause, and its limits hold."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from flows.content import parse
from flows.formats import Format
from flows.matching.gatherings import pairing
from flows.matching.gatherings.functional import Deliverable, Stay
from flows.matching.gatherings.gathering import Cause, Gathering, Proposal
from flows.matching.gatherings.proposing import propose
from flows.matching.gatherings.wanted import Wanted
from flows.matching.people import Candidate
from flows.people import SIDES, Role
from storage import packs

FRAME = parse(packs.read()).frame
SKILLS = ("data", "writing", "leading", "design", "finance")
DUE = date(2027, 6, 1)


def person(number: int, *roles: Role, **named: object) -> Candidate:
    """Somebody whose wishes and skills follow from the number."""
    made = Candidate(
        id=f"p{number:03}",
        roles=frozenset(roles),
        capacity=2,
        offset=60 * (number % 3),
        goals=frozenset({SKILLS[number % 5], SKILLS[(number + 1) % 5]}),
        teaches=frozenset({SKILLS[(number + 2) % 5], SKILLS[(number + 3) % 5]}),
        interests=frozenset({("music", "books", "travel")[number % 3]}),
        languages=frozenset({"en"}),
    )
    return replace(made, **named)  # type: ignore[arg-type]


def peers(count: int) -> tuple[Candidate, ...]:
    return tuple(person(number, Role.PEER) for number in range(count))


def company(mentors: int, mentees: int) -> tuple[Candidate, ...]:
    return tuple(
        person(number, Role.MENTOR if number < mentors else Role.MENTEE) for number in range(mentors + mentees)
    )


def round_of(
    which: Format, people: tuple[Candidate, ...], over: Callable[[], bool] = lambda: False, **named: object
) -> Proposal:
    wanted = Wanted(which, FRAME.shape(which), people)
    return propose(replace(wanted, **named), over=over)  # type: ignore[arg-type]


def seated(found: Proposal) -> Counter[str]:
    return Counter(one for gathering in found.gatherings for one in gathering.people)


def pairs_of(gatherings: tuple[Gathering, ...]) -> set[frozenset[str]]:
    return {frozenset(pair) for one in gatherings for pair in combinations(one.people, 2)}


@pytest.mark.parametrize("which", [Format.PEER, Format.COFFEE, Format.CIRCLE])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 9, 24])
def test_every_peer_is_in_one_gathering_or_left_with_a_cause(which: Format, count: int) -> None:
    found = round_of(which, peers(count))
    everybody = seated(found) + Counter(one.person for one in found.left)
    assert everybody == Counter(one.id for one in peers(count))


@pytest.mark.parametrize("which", [Format.PEER, Format.CIRCLE, Format.GROUP, Format.TEAM, Format.MOSAIC, Format.FLASH])
def test_the_order_in_which_people_come_makes_no_difference(which: Format) -> None:
    people = company(4, 12) if not which.pooled else peers(16)
    assert round_of(which, people) == round_of(which, people[::-1])


def test_fifty_one_have_coffee_five_times_and_nobody_twice_with_the_same() -> None:
    before: list[tuple[tuple[str, ...], ...]] = []
    met: set[frozenset[str]] = set()
    for _ in range(5):
        found = round_of(Format.COFFEE, peers(51), before=tuple(before))
        assert sorted(len(one.people) for one in found.gatherings) == [2] * 24 + [3]
        assert not found.left
        assert not met & pairs_of(found.gatherings)
        met |= pairs_of(found.gatherings)
        before.append(tuple(one.people for one in found.gatherings))


def test_when_all_have_met_the_longest_ago_meet_again() -> None:
    one, other, third, fourth = (person.id for person in peers(4))
    before = (((one, other), (third, fourth)), ((one, third), (other, fourth)), ((one, fourth), (other, third)))
    found = round_of(Format.COFFEE, peers(4), before=before)
    assert pairs_of(found.gatherings) == {frozenset({one, other}), frozenset({third, fourth})}


def test_circles_have_from_four_to_eight_and_each_a_facilitator_where_there_are_enough() -> None:
    ready = frozenset(one.id for one in peers(24)[::5])
    found = round_of(Format.CIRCLE, peers(24), ready=ready)
    assert [len(one.people) for one in found.gatherings] == [6] * 4
    for one in found.gatherings:
        assert len(one.in_role(Role.FACILITATOR)) == 1
        assert one.in_role(Role.FACILITATOR)[0] in ready


def test_a_limit_that_cannot_hold_is_named_in_its_circle() -> None:
    team = tuple(replace(one, manager="boss") for one in peers(5))
    (circle,) = round_of(Format.CIRCLE, team).gatherings
    assert len(circle.broken) == 10
    assert {limit for one in circle.broken for limit in one.limits} == {"same_team"}


def test_a_group_runs_with_enough_mentees_or_not_at_all() -> None:
    found = round_of(Format.GROUP, company(4, 10))
    assert {len(one.in_role(Role.MENTEE)) for one in found.gatherings} <= {3, 4, 5, 6}
    assert seated(found).total() - len(found.gatherings) == 10
    alone = round_of(Format.GROUP, company(2, 2))
    assert not alone.gatherings
    assert {one.cause for one in alone.left} == {Cause.FEW, Cause.ASKED_FOR}


@pytest.mark.parametrize("which", [Format.GROUP, Format.TEAM, Format.MOSAIC, Format.FUNCTIONAL, Format.FLASH])
def test_who_finds_nobody_on_either_side_is_left_over_once(which: Format) -> None:
    ada = person(1, Role.MENTEE, Role.MENTOR, goals=frozenset({"data"}))
    found = round_of(which, (ada,), work={ada.id: Deliverable("data", DUE, Stay())})
    assert not found.gatherings
    (left,) = found.left
    assert left.person == ada.id
    assert left.cause is not Cause.ASKED_FOR


def test_a_team_has_mentors_and_a_circle_and_no_circle_goes_without() -> None:
    found = round_of(Format.TEAM, company(5, 14))
    for one in found.gatherings:
        assert 1 <= len(one.in_role(Role.MENTOR)) <= 2
        assert 4 <= len(one.in_role(Role.MENTEE)) <= 8
    none = round_of(Format.TEAM, company(0, 6))
    assert not none.gatherings
    assert {one.cause for one in none.left} == {Cause.PLACES}


def test_each_theme_has_a_mentor_who_knows_it_and_never_the_same_one_twice() -> None:
    people = {one.id: one for one in company(8, 6)}
    found = round_of(Format.MOSAIC, tuple(people.values()))
    for one in found.gatherings:
        (mentor,), (mentee,) = one.in_role(Role.MENTOR), one.in_role(Role.MENTEE)
        assert one.subject in people[mentor].teaches & people[mentee].goals
    assert len(pairs_of(found.gatherings)) == len(found.gatherings)
    again = round_of(
        Format.MOSAIC,
        tuple(people.values()),
        covered=frozenset((one.in_role(Role.MENTEE)[0], one.subject) for one in found.gatherings),
    )
    assert not {(one.in_role(Role.MENTEE)[0], one.subject) for one in found.gatherings} & {
        (one.in_role(Role.MENTEE)[0], one.subject) for one in again.gatherings
    }


@pytest.mark.parametrize(
    ("of_ada", "of_grace"),
    [
        ({"blocked": frozenset({"grace"})}, {}),
        ({}, {"blocked": frozenset({"ada"})}),
        ({"manager": "grace"}, {}),
        ({}, {"met": frozenset({"ada"})}),
    ],
)
def test_what_stands_between_two_people_stands_for_each_of_their_themes(
    of_ada: dict[str, object], of_grace: dict[str, object]
) -> None:
    ada = person(1, Role.MENTEE, id="ada", goals=frozenset(SKILLS), **of_ada)
    grace = person(2, Role.MENTOR, id="grace", capacity=5, teaches=frozenset(SKILLS), **of_grace)
    assert not round_of(Format.MOSAIC, (ada, grace)).gatherings


def test_nobody_is_their_own_mentor_for_any_theme() -> None:
    ada = person(1, Role.MENTEE, Role.MENTOR, capacity=5, goals=frozenset(SKILLS), teaches=frozenset(SKILLS))
    assert not round_of(Format.MOSAIC, (ada,)).gatherings


def test_work_goes_to_somebody_with_the_skill_who_is_there_when_it_is_due() -> None:
    people = company(5, 3)
    mentees = [one for one in people if Role.MENTEE in one.roles]
    work = {one.id: Deliverable(SKILLS[number], DUE, Stay()) for number, one in enumerate(mentees)}
    found = round_of(Format.FUNCTIONAL, people, work=work)
    by_id = {one.id: one for one in people}
    assert len(found.gatherings) == 3
    for one in found.gatherings:
        assert one.subject in by_id[one.in_role(Role.MENTOR)[0]].teaches
    away = {one.id: Stay(last=date(2027, 5, 31)) for one in people}
    late = round_of(Format.FUNCTIONAL, people, work=work, stays=away)
    assert {one.cause for one in late.left if one.person in work} == {Cause.DAY}
    strange = {one.id: Deliverable("chess", DUE, Stay()) for one in mentees}
    unknown = round_of(Format.FUNCTIONAL, people, work=strange)
    assert {one.cause for one in unknown.left if one.person in work} == {Cause.SKILL}


def test_at_an_event_places_change_and_nobody_meets_twice() -> None:
    found = round_of(Format.FLASH, (*company(6, 9), person(20, Role.MENTOR, Role.MENTEE)))
    assert {one.turn for one in found.gatherings} == {1, 2, 3, 4}
    with_mentor = [
        (mentor, mentee)
        for one in found.gatherings
        for mentor in one.in_role(Role.MENTOR)
        for mentee in one.in_role(Role.MENTEE)
    ]
    assert len(with_mentor) == len(set(with_mentor))
    for turn in range(1, 5):
        there = Counter(p for one in found.gatherings if one.turn == turn for p in one.people)
        assert set(there.values()) == {1}


@pytest.mark.parametrize("which", [Format.PEER, Format.CIRCLE, Format.GROUP, Format.TEAM, Format.MOSAIC])
def test_what_a_coordinator_locked_stays_as_it_is(which: Format) -> None:
    people = peers(16) if which.pooled else company(6, 18)
    locked = replace(round_of(which, people).gatherings[1], locked=True)
    again = round_of(which, people, kept=(locked,))
    assert again.gatherings[0] == locked
    if which is not Format.MOSAIC:
        assert set(seated(again).values()) == {1}
    else:
        assert len(pairs_of(again.gatherings)) == len(again.gatherings)


def test_nothing_private_is_a_reason() -> None:
    hiding = tuple(
        replace(one, private=frozenset({"goals", "interests", "languages", "free", "teaches"})) for one in peers(8)
    )
    for which in (Format.COFFEE, Format.CIRCLE):
        assert all(one.reasons == () for one in round_of(which, hiding).gatherings)


def test_whoever_is_both_is_not_in_a_group_of_their_own() -> None:
    people = tuple(person(number, *SIDES) for number in range(12))
    for one in round_of(Format.GROUP, people).gatherings:
        assert len(set(one.people)) == len(one.people)


def test_who_would_help_and_learn_sits_out_once_where_there_are_too_few_for_a_team() -> None:
    people = tuple(person(number, *SIDES) for number in range(3))

    left = round_of(Format.TEAM, people).left

    assert [(one.person, one.cause) for one in left] == [(one.id, Cause.FEW) for one in people]


def kept_apart(people: tuple[Candidate, ...], *pairs: tuple[int, int]) -> tuple[Candidate, ...]:
    """The same, with the first of each pair avoiding the other."""
    avoided = dict[int, frozenset[str]]()
    for one, other in pairs:
        avoided[one] = avoided.get(one, frozenset()) | {people[other].id}
    return tuple(replace(one, blocked=avoided.get(nth, frozenset())) for nth, one in enumerate(people))


@pytest.mark.parametrize("which", [Format.CIRCLE, Format.GROUP, Format.TEAM, Format.FLASH, Format.COFFEE])
def test_two_of_whom_one_avoids_the_other_are_never_together_and_nothing_says_so(which: Format) -> None:
    everybody = peers(16) if which.pooled else company(4, 12)
    people = kept_apart(everybody, *((nth, nth + 1) for nth in range(4, 15)), (0, 1), (2, 3))

    found = round_of(which, people)

    odds = {frozenset((one.id, other)) for one in people for other in one.blocked}
    assert found.gatherings
    assert not odds & pairs_of(found.gatherings)
    assert "blocked" not in {limit for one in found.gatherings for breach in one.broken for limit in breach.limits}
    assert {one.id for one in people} == set(seated(found)) | {one.person for one in found.left}


def test_a_limit_gives_way_before_two_who_are_kept_apart_share_a_circle() -> None:
    # All clocks of the first six are far from those of the others, and two of each six avoid each other.
    people = kept_apart(tuple(replace(one, offset=0 if nth < 6 else 720) for nth, one in enumerate(peers(12))),
                        (0, 1), (4, 5))  # fmt: skip

    found = round_of(Format.CIRCLE, people)

    assert not found.left
    assert {limit for one in found.gatherings for breach in one.broken for limit in breach.limits} == {"zone"}


def test_four_of_whom_two_are_kept_apart_are_no_circle() -> None:
    found = round_of(Format.CIRCLE, kept_apart(peers(4), (0, 1)))

    assert not found.gatherings
    # Who is kept apart from whom does not show in why somebody sits out.
    assert [one.cause for one in found.left] == [Cause.FEW] * 4


def test_eight_of_whom_two_are_kept_apart_are_two_circles() -> None:
    together = round_of(Format.CIRCLE, peers(8))
    apart = round_of(Format.CIRCLE, kept_apart(peers(8), (0, 1)))

    assert [len(one.people) for one in together.gatherings] == [8]
    assert [len(one.people) for one in apart.gatherings] == [4, 4]
    assert not apart.left


def test_more_circles_that_leave_more_people_out_are_not_taken() -> None:
    """Three of whom each avoids the others: one of two circles would be too small."""
    found = round_of(Format.CIRCLE, kept_apart(peers(8), (0, 1), (0, 2), (1, 2)))

    assert [len(one.people) for one in found.gatherings] == [6]
    assert [one.cause for one in found.left] == [Cause.FEW, Cause.FEW]


def test_a_round_too_large_for_every_pair_says_how_far_from_the_best_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    best = round_of(Format.COFFEE, peers(60))
    monkeypatch.setattr(pairing, "ALL_PAIRS", 50)
    monkeypatch.setattr(pairing, "BEST", 2)
    found = round_of(Format.COFFEE, peers(60))

    assert best.gap == 0
    assert found.gap is not None
    assert best.fit <= found.fit + found.gap


def test_a_second_event_seats_people_with_somebody_new_while_there_is_somebody() -> None:
    people = tuple(replace(one, capacity=1) for one in company(8, 8))
    first = round_of(Format.FLASH, people)

    second = round_of(Format.FLASH, people, before=(tuple(one.people for one in first.gatherings),))

    assert len(first.gatherings) == len(second.gatherings) == 32
    assert not pairs_of(first.gatherings) & pairs_of(second.gatherings)


def test_a_round_says_what_it_was_made_from() -> None:
    people = peers(9)
    first = round_of(Format.COFFEE, people)
    again = round_of(Format.COFFEE, people[::-1])
    later = round_of(Format.COFFEE, people, before=(tuple(one.people for one in first.gatherings),))

    assert first.record is not None
    assert later.record is not None
    assert first.record == again.record
    assert first.record.people == later.record.people
    assert first.record.previous != later.record.previous
