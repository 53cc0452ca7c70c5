"""Mentees ask mentors in their order: three working days each, and the first yes is a match."""

from datetime import UTC, datetime

from flows.calculations import Calculation, Kind
from flows.people import Participant, Role
from flows.programme import Cohort, CohortState
from flows.requests import Cause, Question, RequestState
from handlers.coordinating.pool import gather
from handlers.errand import run_for
from tests.handlers.choosing.company import matches, names, requests_of
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, shown


def test_the_list_shows_what_a_match_would_see(ines: Actor, place: Participant) -> None:
    ines.asks("status")
    ines.presses("Choose mentors")

    assert "Mira · Head of data · helps with Working with data and Leading people" in ines.reads
    assert "Okafor" not in ines.reads


def test_somebody_who_is_asked_and_accepts_is_a_match(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    assert "Your list is kept: Mira and Hannah. We ask Mira first." in ines.reads

    assert "Ines (Analyst) asks whether you would be a mentor." in mira.reads
    assert "Ines asked for you." in mira.reads
    mira.presses("Accept")

    assert "You and Ines Duarte are matched." in mira.reads
    assert "You and Mira Okafor are matched." in ines.reads
    assert "You asked for Mira." in ines.reads
    assert len(matches(stage, cohort)) == 1
    assert [one.state for one in requests_of(stage, place)] == [RequestState.AGREED]


def test_who_has_no_part_in_a_request_is_not_read_and_nothing_else_changes(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    mira.presses("Not this time")
    mira.presses("Not my field")
    calculation = Calculation("ca", cohort.id, Kind.DRAFT, ines.me.id, stage.now, {})
    with stage.store() as store:
        errand = run_for(calculation, stage.kit, store)
        everybody = gather(errand, cohort).candidates
        two = gather(errand, cohort, of={place.id, f"pa-{mira.account.user}-{cohort.id}"}).candidates
    assert len(everybody) == 3
    assert len(two) == 2
    assert two == {which: everybody[which] for which in two}
    assert two[place.id].blocked


def test_nobody_is_asked_for_a_mentee_who_left_and_came_back(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    ines.asks("leave")
    ines.presses("Leave the programme")
    with stage.store() as store:
        assert store.wishes.of(place.id).mentors == ()
        store.participants.save(place)
        store.schedule.look_at(f"wish:{place.id}", stage.now)
    stage.deliver()
    assert not any(one.is_open for one in requests_of(stage, place))


def test_whom_a_coordinator_keeps_apart_is_neither_offered_nor_asked_nor_matched(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    names(ines, "Mira", "Hannah")
    for mentor in ("Mira Okafor", "Hannah Berg"):
        carla.asks_admin(f"match forbid Ines Duarte, {mentor}")
    mira.presses("Accept")
    assert matches(stage, cohort) == []
    assert "asks whether you would be a mentor" not in hannah.reads_all
    assert "coordinator" not in mira.reads
    ines.asks("status")
    ines.presses("Choose mentors")
    assert "Mira" not in ines.reads
    assert "Hannah" not in ines.reads


def test_a_no_is_kind_keeps_a_category_and_asks_the_next(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    mira.presses("Not this time")
    assert "Which comes closest?" in mira.reads
    mira.presses("Not my field")

    assert "Noted. Ines hears that you cannot this time, and no reason." in mira.reads
    assert "Mira cannot this time. We ask Hannah next." in ines.reads
    assert "field" not in ines.reads_all
    assert "asks whether you would be a mentor" in hannah.reads
    assert [one.cause for one in requests_of(stage, place)] == [Cause.FIELD, Cause.NONE]
    hannah.presses("Accept")
    assert len(matches(stage, cohort)) == 1


def test_a_mentor_may_think_again_before_they_say_why(ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira")
    mira.presses("Not this time")
    mira.presses("Back")

    assert "Ines (Analyst) asks whether you would be a mentor." in mira.reads
    mira.presses("Accept")
    assert "You and Ines Duarte are matched." in mira.reads


def test_silence_over_a_weekend_moves_on_after_three_working_days(
    stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    stage.wait_until(datetime(2027, 3, 5, 10, 0, tzinfo=UTC))  # a Friday
    names(ines, "Mira", "Hannah")

    stage.wait_until(datetime(2027, 3, 10, 9, 59, tzinfo=UTC))
    assert "asks whether" in mira.reads
    stage.wait(minutes=3)

    assert "Ines has moved on, so nobody waits for your answer." in mira.reads
    assert "Mira cannot this time. We ask Hannah next." in ines.reads
    assert "asks whether" in hannah.reads
    stage.wait(days=5)
    assert "Nobody on your list can this time." in ines.reads
    assert [one.state for one in requests_of(stage, place)] == [RequestState.LAPSED] * 2


def test_what_is_left_after_the_list_is_in_the_next_draft(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    names(ines, "Mira")
    mira.presses("Not this time")
    mira.presses("Not enough time")
    assert "Nobody on your list can this time." in ines.reads

    carla.asks_admin("match draft")

    assert "Ines Duarte with Hannah Berg" in carla.reads


def test_a_draft_leaves_alone_who_is_being_asked(stage: Stage, ines: Actor, mira: Actor, place: Participant) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    names(ines, "Mira")

    carla.asks_admin("match draft")

    assert "Ines Duarte with" not in carla.reads
    assert "asks whether" in mira.reads


def test_a_question_is_carried_answered_once_and_begins_the_days_anew(
    stage: Stage, ines: Actor, mira: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    stage.wait(days=2)
    mira.presses("Ask something first")
    mira.fills(words="What would you like to build?")
    assert "Your words are on their way to Ines." in mira.reads

    assert "Mira would like to know something first." in ines.reads
    assert "What would you like to build?" in ines.reads
    stage.wait(days=2)
    assert requests_of(stage, place)[0].is_open
    ines.presses("Answer Mira")
    ines.fills(words="A dashboard for my team.")

    assert "Ines has answered you." in mira.reads
    assert "A dashboard for my team." in mira.reads
    assert "[Ask something first]" not in mira.reads
    assert requests_of(stage, place)[0].question is Question.ANSWERED
    stage.wait(days=2)
    assert requests_of(stage, place)[0].is_open
    mira.presses("Accept")
    stage.wait(days=2)
    assert "You and Mira Okafor are matched." in ines.reads
    request, writer = requests_of(stage, place)[0].id, mira.me.id
    with stage.store() as store:
        assert store.relays.waiting(request, writer) == 0


def test_words_that_do_not_fit_stay_in_the_form(ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira")
    mira.presses("Ask something first")
    mira.fills(words="x" * 601)

    assert mira.errors == {"words": "That is more than fits here. 600 letters are the most."}


def test_not_now_is_quiet_for_four_weeks(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    yusuf = stage.person("Yusuf Demir")
    joins(stage, yusuf, cohort, Role.MENTEE)
    names(ines, "Mira")
    mira.presses("No requests for now")
    assert "nobody asks you before Monday 29 March" in mira.reads

    yusuf.asks("status")
    yusuf.presses("Choose mentors")

    assert "Mira" not in yusuf.reads
    assert "Hannah" in yusuf.reads


def test_one_place_is_asked_for_by_one_mentee_at_a_time(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    yusuf = stage.person("Yusuf Demir")
    his = joins(stage, yusuf, cohort, Role.MENTEE)
    yusuf.asks("status")
    yusuf.presses("Choose mentors")
    names(ines, "Mira")
    yusuf.fills(first="Hannah", second="Nobody", third="Nobody")
    asked = requests_of(stage, place)[0].mentor
    hannahs = requests_of(stage, his)[0]
    with stage.store() as store:
        # He was shown both before Ines asked Mira.
        store.requests.save(hannahs.withdraw(stage.now))
        store.wishes.keep(his.id, (asked,), stage.now)
        store.schedule.look_at(f"wish:{his.id}", stage.now)
    stage.wait(hours=1)
    assert [one.mentor for one in requests_of(stage, his)] == [hannahs.mentor]

    mira.presses("Not this time")
    mira.presses("Somebody else suits better")
    stage.wait(hours=1)

    assert "Yusuf asks whether you would be a mentor." in mira.reads


def test_a_mentee_changes_the_list_and_whoever_is_dropped_need_not_answer(
    stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    names(ines, "Hannah")

    assert "Ines has moved on, so nobody waits for your answer." in mira.reads
    assert "asks whether" in hannah.reads
    assert [one.state for one in requests_of(stage, place)] == [RequestState.WITHDRAWN, RequestState.OPEN]


def test_a_mentee_stops_asking(stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant) -> None:
    names(ines, "Mira", "Hannah")
    mira.presses("Not this time")
    mira.presses("Not enough time")
    ines.presses("Stop asking")

    assert "Nobody is asked for you any more, and your list is empty." in ines.reads
    assert "Ines has moved on" in hannah.reads
    assert requests_of(stage, place)[-1].state is RequestState.WITHDRAWN


def test_the_status_tells_what_was_said_and_what_waits(ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira", "Hannah")

    status = ines.asks("status")
    assert status is not None
    assert "Your wishes: Mira and Hannah, in this order" in shown(status)
    assert "Waiting for an answer from: Mira, until Thursday 4 March" in shown(status)
    status = mira.asks("status")
    assert status is not None
    assert "Waiting for your answer: Ines, until Thursday 4 March" in shown(status)
    mira.presses("Answer about Ines")
    assert "Ines (Analyst) asks whether you would be a mentor." in mira.reads


def test_who_finds_a_mentor_elsewhere_needs_no_answer(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    with stage.store() as store:
        store.programmes.save_cohort(cohort)
    other = stage.programme("Another")
    stage.moves(other, CohortState.MATCHING, CohortState.RUNNING)
    carla = stage.person("Carla Weiss", owner=True)
    joins(stage, ines, other, Role.MENTEE)
    joins(stage, hannah, other, Role.MENTOR, capacity=2)
    carla.asks_admin("pair <@U003> <@U001> Another")
    carla.presses("Introduce them")
    stage.wait(minutes=1)

    assert "Ines has found somebody, so you need not answer." in mira.reads
    assert requests_of(stage, place)[0].state is RequestState.WITHDRAWN


def test_who_leaves_is_waited_for_no_longer(stage: Stage, ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira")
    ines.asks("leave")
    ines.presses("Leave the programme")
    stage.wait(minutes=1)

    assert "This is over. Nobody waits for your answer any more." in mira.reads


def test_two_names_twice_and_names_that_went_are_told_at_their_field(
    stage: Stage, ines: Actor, mira: Actor, place: Participant
) -> None:
    ines.asks("status")
    ines.presses("Choose mentors")
    ines.fills(first="Mira", second="Mira")

    assert ines.errors == {"second": "That name stands above already. Another one, or nobody, fits here."}


def test_a_button_in_other_hands_does_nothing(
    stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira")
    request = requests_of(stage, place)[0]

    hannah.does("request.accept", request=request.id)

    assert "That button is somebody else's." in hannah.reads
    assert requests_of(stage, place) == [request]


def test_an_old_button_tells_how_it_stands(stage: Stage, ines: Actor, mira: Actor, place: Participant) -> None:
    names(ines, "Mira")
    seen, accept = mira.finds("Accept")
    mira.presses("Not this time")
    mira.presses("Not enough time")

    mira.presses_again(seen, accept)

    assert "This is over. Nobody waits for your answer any more." in mira.reads
    assert requests_of(stage, place)[0].state is RequestState.DECLINED
