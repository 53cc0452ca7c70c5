"""Where mentees name mentors, a pair of a draft begins when both have said yes, and nobody reads who did not."""

from dataclasses import replace

import pytest

from flows.people import Participant, Role
from flows.programme import Choice, Cohort, CohortState
from flows.requests import Cause, RequestState
from handlers.inbound import Inbound, Place, Pressed
from tests.handlers.choosing.company import matches, names, opens, requests_of, waited
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.stage import Actor, Stage, shown


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return opens(stage, Choice.WISHES, state=CohortState.OPEN)


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte", title="Analyst")


@pytest.fixture
def mira(stage: Stage) -> Actor:
    return stage.person("Mira Okafor", title="Head of data")


@pytest.fixture
def place(stage: Stage, cohort: Cohort, ines: Actor, mira: Actor) -> Participant:
    """Ines is a mentee beside one mentor."""
    joins(stage, mira, cohort, Role.MENTOR)
    return joins(stage, ines, cohort, Role.MENTEE)


def publishes(carla: Actor) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")


def runs(stage: Stage, cohort: Cohort) -> None:
    with stage.store() as store:
        store.programmes.save_cohort(replace(cohort, state=CohortState.RUNNING))


def at_once(stage: Stage, *actors: Actor) -> list[str]:
    """All of them accept before the bot does anything else; the answers."""
    pressed = [actor.finds("Accept")[1].action for actor in actors]
    told = []
    for actor, action in zip(actors, pressed, strict=True):
        at_that_moment = Inbound(
            f"at-once-{actor.account.user}", actor.account, Pressed(action), Place.PRIVATE, stage.now
        )
        reply = stage.dispatch(at_that_moment)
        assert reply is not None
        told.append(reply.message.summary)
    stage.deliver()
    return told


def test_publishing_asks_both_and_says_so(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "This proposes 1 pair in Mentoring. Nothing begins before both have said yes." in carla.reads
    assert "Questions to both sides: 2" in carla.reads
    carla.presses("Publish")

    assert "2 people are asked for a yes." in carla.reads
    assert "We would like to introduce you to Mira (Head of data). Mira could be your mentor." in ines.reads
    assert "We would like to introduce you to Ines (Analyst). Ines is looking for a mentor." in mira.reads
    assert "Okafor" not in ines.reads
    assert matches(stage, cohort) == []


def test_a_match_begins_with_the_second_yes(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    ines.presses("Accept")
    assert "You said yes to Mira." in ines.reads
    assert "said yes" not in mira.reads_all
    assert matches(stage, cohort) == []

    mira.presses("Accept")

    assert "You and Ines Duarte are matched." in mira.reads
    assert "You and Mira Okafor are matched." in ines.reads
    assert [one.round for one in matches(stage, cohort)] == [requests_of(stage, place)[0].round]


def test_what_a_coordinator_decided_against_a_limit_stands_when_both_say_yes(
    stage: Stage, cohort: Cohort, carla: Actor, mira: Actor, place: Participant
) -> None:
    tomas = stage.person("Tomas Berg")
    joins(stage, tomas, cohort, Role.MENTEE, place=("Europe/Lisbon", "de"))
    runs(stage, cohort)
    carla.asks_admin("pair Mira Okafor, Tomas Berg")
    assert "What stands in the way: no common language" in carla.reads
    carla.presses("Match them anyway")
    carla.fills(why="They both learn English.")
    tomas.presses("Accept")
    mira.presses("Accept")

    assert "You and Tomas Berg are matched." in mira.reads
    assert len(matches(stage, cohort)) == 1


def test_two_who_are_asked_already_are_not_asked_a_second_time(
    stage: Stage, cohort: Cohort, carla: Actor, mira: Actor, place: Participant
) -> None:
    joins(stage, stage.person("Hannah Berg"), cohort, Role.MENTOR, capacity=2)
    runs(stage, cohort)
    carla.asks_admin("pair Hannah Berg, Ines Duarte")
    carla.presses("Introduce them")
    carla.asks_admin("pair Hannah Berg, Ines Duarte")
    assert "Hannah Berg and Ines Duarte are being asked already." in carla.reads
    assert len(requests_of(stage, place)) == 1


def test_two_who_have_met_may_be_put_together_again_by_hand(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    runs(stage, cohort)
    for _ in range(2):
        carla.asks_admin("pair Mira Okafor, Ines Duarte")
        carla.presses("Introduce them")
        ines.presses("Accept")
        mira.presses("Accept")
        assert len(matches(stage, cohort)) == 1
        carla.asks_admin("unpair Mira Okafor, Ines Duarte")
        carla.presses("End their match")


def test_a_wish_that_comes_true_is_named_as_a_reason(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    assert "Your wishes are kept: Mira." in ines.reads
    publishes(carla)

    assert "You asked for Mira." in ines.reads
    assert "Ines asked for you." in mira.reads


def test_wishes_count_in_the_draft(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    hannah = stage.person("Hannah Berg")
    joins(stage, hannah, cohort, Role.MENTOR, interests=("travel",))
    names(ines, "Hannah")

    carla.asks_admin("match draft")

    assert "Ines Duarte with Hannah Berg" in carla.reads


def test_a_no_is_told_to_nobody_and_the_two_are_not_proposed_again(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    ines.presses("Accept")
    mira.presses("Not this time")
    mira.presses("Not enough time")

    assert "This pair does not come together this time." in ines.reads
    assert "You go first in the next round." in ines.reads
    assert "Mira" not in ines.reads
    assert waited(stage, place) == 1
    carla.asks_admin("match draft")
    assert "Ines Duarte with" not in carla.reads
    assert "Ines Duarte: no mentor is possible" in carla.reads
    assert "declined" not in carla.reads


def test_a_mentee_says_no_before_the_mentor_has_answered(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    ines.presses("Not this time")

    assert "Noted: not this time. Nobody hears who said no, or why." in ines.reads
    assert "This is over. Nobody waits for your answer any more." in mira.reads
    assert "does not come together" not in mira.reads_all


def test_silence_releases_both_and_whoever_said_yes_hears_it(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    mira.presses("Accept")
    stage.wait(days=3, minutes=5)

    assert "This pair does not come together this time." in mira.reads
    assert "Ines" not in mira.reads
    assert "This is over." in ines.reads
    assert waited(stage, place) == 1
    assert requests_of(stage, place)[0].state is RequestState.LAPSED


def test_a_lock_outlives_a_proposal_that_came_to_nothing_and_ends_with_a_match(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    publishes(carla)
    stage.wait(days=3, minutes=5)
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" in carla.reads
    assert "Locked by Carla Weiss" in carla.reads

    publishes(carla)
    for actor in (ines, mira):
        actor.presses("Accept")
    assert len(matches(stage, cohort)) == 1
    with stage.store() as store:
        assert store.locks.in_cohort(cohort.id) == ()


def test_not_this_person_never_shows(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    ines.presses("Accept")
    mira.presses("Not this person")
    assert "You and Ines will not be matched. Nobody is told, and no reason is asked." in mira.reads

    ines.asks("status")
    ines.presses("Choose mentors")
    assert "No mentor with a free place fits right now" in ines.reads
    carla.asks_admin("match draft")
    carla.asks_admin(f"person <@{ines.account.user}>")
    everything = (ines.reads_all + carla.reads_all).lower()
    assert "veto" not in everything
    assert "will not be matched" not in everything
    with stage.store() as store:
        rows = [(one.state, one.cause) for one in store.requests.of_mentee(place.id)]
        # As a mentor's no that has a reason: at rest nothing sets it apart.
        assert rows == [(RequestState.DECLINED, Cause.OTHER)]


def test_two_acceptances_over_one_place_are_one_pair_and_the_other_hears_kindly(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    yusuf = stage.person("Yusuf Demir")
    his = joins(stage, yusuf, cohort, Role.MENTEE)
    mira.asks("settings")
    mira.fills({"Mentees at a time": "2"})
    publishes(carla)
    mira.presses("Accept")
    mira.presses("Accept")
    mira.asks("settings")
    mira.fills({"Mentees at a time": "1"})

    told = at_once(stage, ines, yusuf)

    assert len(matches(stage, cohort)) == 1
    assert told == [
        "You and Mira Okafor both said yes. Your introduction is on its way.",
        "Thank you for your yes. Something has changed since, and you two cannot be matched now.",
    ]
    assert waited(stage, his) == 1
    assert "You and Mira Okafor are matched." in ines.reads
    assert "are matched" not in yusuf.reads_all


def test_a_pair_by_hand_is_asked_too_and_needs_a_place_when_it_is_accepted(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING)
    carla.asks_admin(f"pair <@{mira.account.user}> <@{ines.account.user}>")
    assert "First both are asked, each alone." in carla.reads
    carla.presses("Introduce them")
    assert "are being asked, each alone." in carla.reads

    ines.presses("Accept")
    mira.presses("Accept")

    assert [one.round for one in matches(stage, cohort)] == [""]


def test_a_proposal_holds_its_place_and_its_mentee(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    yusuf = stage.person("Yusuf Demir")
    publishes(carla)
    joins(stage, yusuf, cohort, Role.MENTEE)

    carla.asks_admin("match draft")

    assert "Ines Duarte with" not in carla.reads
    assert "Yusuf Demir with" not in carla.reads


def test_somebody_who_pauses_meanwhile_is_not_introduced(
    stage: Stage, cohort: Cohort, carla: Actor, ines: Actor, mira: Actor, place: Participant
) -> None:
    publishes(carla)
    mira.presses("Accept")
    with stage.store() as store:
        mentor = next(one for one in store.participants.in_cohort(cohort.id) if Role.MENTOR in one.roles)
    pauses(stage, mentor)

    ines.presses("Accept")

    assert "Thank you for your yes." in ines.reads
    assert matches(stage, cohort) == []


def test_the_way_of_matching_is_chosen_and_shown(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Ask first")
    carla.fills({"Who chooses?": "Mentees ask mentors"})

    assert "Who chooses: Mentees ask mentors" in carla.reads
    answer = carla.asks_admin("programme show Ask first")
    assert answer is not None
    assert "Who chooses: Mentees ask mentors" in shown(answer)
    carla.presses("Edit")
    carla.fills({"Who chooses?": "Your draft decides"})
    assert "Who chooses: Your draft decides" in carla.reads
