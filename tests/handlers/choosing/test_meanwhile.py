"""What happens between a request and its answer: a pause, a leave, a round that is skipped, a second thought."""

from dataclasses import replace
from datetime import date

import pytest

from flows.people import Participant, Person, Role
from flows.programme import Choice, Cohort
from flows.requests import Request
from storage.people import People
from storage.store import Store
from tests.handlers.choosing.company import matches, names, opens, requests_of
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


def test_a_mentor_who_pauses_comes_back_before_the_yes_begins_anything(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    mira.asks("pause until 2027-04-20")
    mira.presses("Accept")
    assert "You pause at the moment, so nothing begins. Come back first, then say yes." in mira.reads
    assert matches(stage, cohort) == []
    mira.presses("Come back")
    mira.asks("status")
    mira.presses("Answer about Ines")
    mira.presses("Accept")
    assert len(matches(stage, cohort)) == 1


def test_a_yes_holds_while_the_other_side_is_on_leave(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    me = ines.me
    with stage.store() as store:
        store.people.save(replace(me, hours=replace(me.hours, away_until=date(2027, 3, 12))))
    mira.presses("Accept")
    assert "You and Ines Duarte both said yes." in mira.reads_all
    assert len(matches(stage, cohort)) == 1
    stage.wait(days=1)
    assert "You and Mira Okafor are matched." not in ines.reads_all
    stage.wait(days=14)
    assert "You and Mira Okafor are matched." in ines.reads_all


def test_to_skip_a_round_is_no_word_on_requests(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    with stage.store() as store:
        for which in (place.id, f"pa-{mira.account.user}-{cohort.id}"):
            store.participants.save(replace(store.participants.get(which), skips=True))
    names(ines, "Mira")
    assert "asks whether you would be a mentor" in mira.reads_all
    mira.presses("Accept")
    assert len(matches(stage, cohort)) == 1


def test_not_now_is_shown_and_taken_back_from_its_message_and_from_status(
    stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    mira.presses("No requests for now")
    mira.asks("status")
    assert "Requests: nobody asks you before Monday 29 March" in mira.reads
    mira.presses("I can be asked again")
    assert "You can be asked again, from now on." in mira.reads
    mira.presses("I can be asked again")
    mira.asks("status")
    assert "nobody asks you before" not in mira.reads
    assert "Mira" not in hannah.reads_all
    names(ines, "Mira")
    assert mira.reads_all.count("asks whether you would be a mentor") == 1
    mira.presses("Accept")
    assert "You and Mira Okafor are matched." in ines.reads_all


def test_only_the_mentor_takes_a_not_now_back(stage: Stage, ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira")
    mira.presses("No requests for now")
    ines.does("request.again", request=requests_of(stage, place)[0].id)
    assert "You can be asked again" not in ines.reads
    mira.asks("status")
    assert "nobody asks you before" in mira.reads


def test_who_wants_nobody_now_is_in_no_draft_until_they_do(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    names(ines, "Mira")
    mira.presses("No requests for now")
    hannah.asks("leave")
    hannah.presses("Leave the programme")
    opens(stage, Choice.WISHES, cohort=cohort)
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" not in carla.reads_all
    mira.presses("I can be asked again")
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" in carla.reads_all


def test_a_mentee_who_was_asked_something_finds_the_way_to_answer_on_status(
    ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    mira.presses("Ask something first")
    mira.fills(words="What would you build?")
    ines.asks("status")
    assert "Waiting for your answer: Mira" in ines.reads
    ines.presses("Answer Mira")
    ines.fills(words="A dashboard.")
    assert "A dashboard." in mira.reads_all
    ines.asks("status")
    assert "[Answer Mira]" not in ines.reads


def test_whoever_has_a_mentor_is_offered_no_other_and_an_open_list_says_so(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    ines.asks("status")
    ines.presses("Choose mentors")
    mira.presses("Accept")
    ines.fills({"first": "Hannah"})
    assert "You have a mentor here now, so nobody else is asked for you." in ines.reads
    ines.asks("status")
    assert "Choose mentors" not in ines.reads
    assert "Your wishes" not in ines.reads
    assert "asks whether" not in hannah.reads_all
    assert len(matches(stage, cohort)) == 1


def test_who_pauses_names_nobody_and_who_is_on_leave_does(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    ines.asks("pause until 2027-03-09")
    ines.asks("status")
    assert "Choose mentors" not in ines.reads
    ines.does("wishes.open", cohort=cohort.id)
    assert "You pause at the moment, so nobody is asked for you." in ines.reads
    ines.asks("resume")
    me = ines.me
    with stage.store() as store:
        store.people.save(replace(me, hours=replace(me.hours, away_until=date(2027, 3, 5))))
    names(ines, "Mira")
    assert "We ask Mira first." in ines.reads
    assert "asks whether" not in mira.reads_all
    stage.wait(days=8)
    assert "asks whether you would be a mentor." in mira.reads_all


def test_a_no_to_somebody_holds_though_it_comes_too_late_for_the_request(
    stage: Stage, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    seen, button = mira.finds("Not this person")
    ines.asks("status")
    ines.presses("Choose mentors")
    ines.fills({"first": "Nobody"})
    mira.presses_again(seen, button)
    assert "You and Ines will not be matched." in mira.reads_all
    mira.presses_again(seen, button)
    ines.asks("status")
    ines.presses("Choose mentors")
    assert "Mira" not in ines.reads.split("First of all")[0].split("three working days")[1]


def test_an_answer_after_the_deadline_begins_nothing_and_blames_nobody(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    seen, accept = mira.finds("Accept")
    stage.wait(days=8)
    for label in ("request.accept", "request.decline", "request.later", "request.ask"):
        mira.does(label, request=requests_of(stage, place)[0].id)
        assert "This is over. Nobody waits for your answer any more." in mira.reads
    mira.presses_again(seen, accept)
    assert matches(stage, cohort) == []
    ines.asks("status")
    assert "Waiting for" not in ines.reads


def test_a_place_that_somebody_else_asks_for_in_the_same_moment_is_asked_for_once(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    yusuf = joins(stage, stage.person("Yusuf Demir"), cohort, Role.MENTEE)
    mentor = f"pa-{mira.account.user}-{cohort.id}"
    hold = People.hold

    def another_was_faster(people: People, which: str) -> Person:
        monkeypatch.setattr(People, "hold", hold)
        store = Store(people._connection, stage.keyring)
        asked = Request("rq-1", cohort.id, yusuf.id, mentor, stage.now, stage.now, agreed=frozenset({Role.MENTEE}))
        store.requests.add(asked)
        return hold(people, which)

    monkeypatch.setattr(People, "hold", another_was_faster)
    names(ines, "Mira")
    assert requests_of(stage, place) == []
    assert len(requests_of(stage, yusuf)) == 1


def test_whoever_is_in_two_programmes_reads_in_which_they_are_asked_and_answers_each(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    leaders = opens(stage, Choice.ASK, cohort=stage.programme("Leaders"))
    joins(stage, mira, leaders, Role.MENTOR)
    joins(stage, ines, leaders, Role.MENTEE)
    for where in (cohort, leaders):
        ines.does("wishes.open", cohort=where.id)
        ines.fills({"first": "Mira"})
    assert "In Leaders." in mira.reads
    assert "In Mentoring." in mira.reads_all
    mira.presses("No requests for now")
    mira.presses("Accept")
    assert len(matches(stage, cohort)) == 1
    assert matches(stage, leaders) == []


def test_whoever_goes_away_for_months_keeps_nobody_waiting(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    me = mira.me
    with stage.store() as store:
        store.people.save(replace(me, hours=replace(me.hours, away_until=date(2027, 9, 1))))
    stage.wait(days=4)
    assert "Ines (Analyst) asks whether you would be a mentor." in hannah.reads
