"""Two act on the same round in one moment: what comes of it could have come of one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from flows.match import Match
from flows.people import Role
from flows.programme import Choice, Cohort
from flows.requests import RequestState
from handlers.inbound import Asked, Inbound, Place, Pressed, Reply, What
from handlers.router import dispatch
from tests.handlers.choosing.company import names, opens
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, buttons, shown
from tests.handlers.test_matching_twice import press

SECONDS = 60.0
Gesture = tuple[Actor, What]


def at_once(stage: Stage, *gestures: Gesture) -> Sequence[Reply | None]:
    """Turns that nothing but the database keeps apart; what each was answered."""
    turns = [
        stage.database.submit_turn(
            partial(dispatch, Inbound(f"now-{n}", who.account, what, Place.PRIVATE, stage.now), stage.kit)
        )
        for n, (who, what) in enumerate(gestures)
    ]
    return [turn.result(SECONDS) for turn in turns]


def alive(stage: Stage, cohort: Cohort) -> list[Match]:
    with stage.store() as store:
        return [one for one in store.matches.in_cohort(cohort.id) if one.is_alive]


@pytest.fixture
def desks(stage: Stage) -> list[Actor]:
    """Three who coordinate."""
    return [stage.person(f"{name} Weiss", owner=True) for name in ("Carla", "Olga", "Priya")]


@pytest.fixture
def cohort(stage: Stage, desks: list[Actor]) -> Cohort:
    cohort = stage.programme("Mentoring")
    for name, role in (("Ines", Role.MENTEE), ("Yusuf", Role.MENTEE), ("Mira", Role.MENTOR), ("Hannah", Role.MENTOR)):
        joins(stage, stage.person(f"{name} Okafor"), cohort, role)
    desks[0].asks_admin("match draft")
    return cohort


def test_a_round_that_three_publish_is_published_once(stage: Stage, cohort: Cohort, desks: list[Actor]) -> None:
    for desk in desks:
        desk.asks_admin("match publish")
    told = at_once(stage, *((desk, press(desk, "match.publish.confirm")) for desk in desks))
    stage.deliver()
    pairs = [frozenset(one.person for one in match.members) for match in alive(stage, cohort)]
    assert len(pairs) == len(set(pairs)) == 2
    done = [one for one in told if one is not None and "Done" in shown(one.message)]
    assert len(done) <= 1


def test_a_pair_is_not_swapped_in_a_round_that_is_published_meanwhile(
    stage: Stage, cohort: Cohort, desks: list[Actor]
) -> None:
    publishing, swapping, drafting = desks
    publishing.asks_admin("match publish")
    swapping.asks_admin("match swap 1 2")
    with stage.store() as store:
        draft = store.rounds.drafted(cohort.id)
    assert draft is not None
    at_once(
        stage,
        (publishing, press(publishing, "match.publish.confirm")),
        (swapping, press(swapping, "match.swap.confirm")),
        (drafting, Asked("mentor-admin", "match draft")),
    )
    stage.deliver()
    matched = alive(stage, cohort)
    # Swapped first, so what was shown for publishing was not true any more; or published as it was.
    assert len(matched) in (0, 2)
    everybody = [one.person for match in matched for one in match.members]
    assert len(everybody) == len(set(everybody))


def test_both_say_yes_in_one_moment_and_one_match_begins(stage: Stage, desks: list[Actor]) -> None:
    cohort = opens(stage, Choice.WISHES)
    ines, mira = stage.person("Ines Duarte"), stage.person("Mira Okafor")
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    desks[0].asks_admin("match draft")
    desks[0].asks_admin("match publish")
    desks[0].presses("Publish")
    at_once(stage, *((one, press(one, "request.accept")) for one in (ines, mira, ines, mira)))
    stage.deliver()
    assert len(alive(stage, cohort)) == 1


def test_a_mentor_with_one_place_who_accepts_two_at_once_has_one_mentee(stage: Stage, desks: list[Actor]) -> None:
    cohort = opens(stage, Choice.ASK)
    mira = stage.person("Mira Okafor")
    place = joins(stage, mira, cohort, Role.MENTOR, capacity=2)
    mentees = [stage.person(f"{name} Duarte") for name in ("Ines", "Noor")]
    places = [joins(stage, one, cohort, Role.MENTEE) for one in mentees]
    for one in mentees:
        names(one, "Mira")
    with stage.store() as store:
        store.participants.save(replace(place, capacity=1))
    accepts = {
        button.action.args["request"]: (mira, Pressed(button.action))
        for seen in mira.screen
        for button in buttons(seen.message)
        if button.action.name == "request.accept"
    }
    at_once(stage, *accepts.values(), *accepts.values())
    stage.deliver()
    assert len(alive(stage, cohort)) == 1
    with stage.store() as store:
        agreed = [one.state for place in places for one in store.requests.of_mentee(place.id)]
    assert agreed.count(RequestState.AGREED) == 1
