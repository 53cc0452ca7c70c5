"""Did you meet? Dates, answers that differ, feedback, and presses at the wrong moment."""

from datetime import datetime

import pytest

from flows.feedback import Attention
from flows.match import Match
from flows.meetings import MeetingState
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def mira(stage: Stage) -> Actor:
    return stage.person("Mira Okafor")


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def match(stage: Stage, mira: Actor, ines: Actor) -> Match:
    """Matched on Monday; on Tuesday both have the first card."""
    match = matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(days=1, hours=4)
    return match


@pytest.fixture
def asked(stage: Stage, ines: Actor, match: Match) -> Match:
    """They had a date on Wednesday at 10:00, and both were asked."""
    ines.presses("We have a date")
    ines.fills(day="2027-03-03", hour="10:00")
    stage.wait(days=1)
    return match


def state_of(stage: Stage, match: Match, number: int) -> MeetingState | None:
    with stage.store() as store:
        found = store.sessions.of(match.id).get(number)
    return found.state if found else None


def attention(stage: Stage, match: Match) -> Attention:
    with stage.store() as store:
        return store.season.attention(match.cohort, today=stage.now.date())[match.id]


def test_both_are_asked_in_the_first_working_hour_after_the_agreed_time(
    stage: Stage, mira: Actor, ines: Actor, match: Match
) -> None:
    ines.presses("We have a date")
    ines.fills(day="2027-03-05", hour="16:30")
    stage.wait_until(datetime.fromisoformat("2027-03-08T08:59:00+00:00"))
    assert "Did you and" not in ines.reads_all, "half past five on a Friday is no working hour"
    stage.wait(minutes=2)
    assert "Did you and Mira have your first conversation?" in ines.reads
    assert "Did you and Ines have your first conversation?" in mira.reads


@pytest.mark.parametrize(
    ("day", "hour", "line"),
    [
        ("2027-02-03", "10:00", "has passed. Try Thursday 4 March, for example."),
        ("2027-03-02", "09:00", "has passed."),
        ("2031-03-02", "09:00", "after the end of your plan. A day before Sunday 23 May fits."),
        ("soon", "10:00", "such as Thursday 4 March, 10:00."),
        ("2027-03-05", "", "such as Thursday 4 March, 10:00."),
    ],
)
def test_a_date_that_cannot_be_is_answered_with_one_that_can(
    stage: Stage, ines: Actor, match: Match, day: str, hour: str, line: str
) -> None:
    stage.wait(hours=20)
    ines.presses("We have a date")
    ines.fills(day=day, hour=hour)
    assert line in ines.errors["day"]
    assert state_of(stage, match, 1) is None, "nothing was kept"


def test_another_date_replaces_the_first_and_only_the_last_is_asked_about(
    stage: Stage, ines: Actor, mira: Actor, match: Match
) -> None:
    ines.presses("We have a date")
    ines.fills(day="2027-03-04", hour="10:00")
    mira.presses("Another date")
    mira.fills(day="2027-03-05", hour="11:00")
    assert "You and Mira meet on Friday 5 March, 11:00." in ines.reads
    stage.wait_until(datetime.fromisoformat("2027-03-05T11:59:00+00:00"))
    assert "Did you and" not in ines.reads_all
    stage.wait(minutes=2)
    assert "Did you and Mira have your first conversation?" in ines.reads


def test_one_yes_counts_at_once(stage: Stage, mira: Actor, ines: Actor, asked: Match) -> None:
    ines.presses("We met")
    assert state_of(stage, asked, 1) is MeetingState.MET
    assert state_of(stage, asked, 2) is MeetingState.OPEN
    assert "Was it worth your time?" in ines.reads
    assert "You and Ines had your first conversation." in mira.reads
    assert len(mira.screen) == 2, "her question changed in place"


def test_two_answers_that_differ_are_asked_once_more_and_nobody_learns_what_the_other_said(
    stage: Stage, mira: Actor, ines: Actor, asked: Match
) -> None:
    ines.presses("We met")
    mira.presses("We did not meet")
    assert "did not fit together" in mira.reads
    assert "did not fit together" in ines.reads
    assert state_of(stage, asked, 1) is MeetingState.OPEN
    mira.presses("We met")
    assert "as soon as Ines has answered too" in mira.reads
    ines.presses("We met")
    assert state_of(stage, asked, 1) is MeetingState.MET
    assert "Was it worth your time?" in ines.reads
    assert "Was it worth your time?" in mira.reads


def test_what_one_denies_twice_does_not_count(stage: Stage, mira: Actor, ines: Actor, asked: Match) -> None:
    ines.presses("We met")
    mira.presses("We did not meet")
    ines.presses("We met")
    mira.presses("Not yet")
    assert state_of(stage, asked, 1) is MeetingState.OPEN
    assert "It happens." in mira.reads
    assert "It happens." in ines.reads


def test_not_met_is_answered_without_blame_and_with_three_next_steps(
    stage: Stage, mira: Actor, ines: Actor, asked: Match
) -> None:
    ines.presses("Not yet")
    assert ines.reads.splitlines()[:4] == [
        "It happens. What would help you and Mira most?",
        "[Find a time]",
        "[Skip to the next]",
        "[Pause for a while]",
    ]
    ines.presses("Find a time")
    ines.fills(day="2027-03-09", hour="09:00")
    assert "You and Mira meet on Tuesday 9 March, 9:00." in ines.reads
    assert "You and Ines meet on Tuesday 9 March, 9:00." in mira.reads_all
    mira.presses("Not yet")
    assert "You and Ines meet on Tuesday 9 March, 9:00." in mira.reads, "an answer to the earlier date changes nothing"
    stage.wait_until(datetime.fromisoformat("2027-03-09T12:00:00+00:00"))
    assert "Did you and Mira have your first conversation?" in ines.reads_all


def test_nobody_is_asked_about_a_date_while_one_of_them_pauses(
    stage: Stage, mira: Actor, ines: Actor, match: Match
) -> None:
    ines.presses("We have a date")
    ines.fills(day="2027-03-05", hour="10:00")
    ines.asks("pause until 2027-04-01")
    stage.wait(days=6)
    assert "Did you and" not in mira.reads_all + ines.reads_all


def test_moved_opens_the_dialog_for_the_new_date(stage: Stage, ines: Actor, asked: Match) -> None:
    ines.presses("We moved it")
    assert ines.dialog is not None
    ines.fills(day="2027-03-10", hour="15:00")
    assert "Wednesday 10 March, 15:00" in ines.reads


def test_both_leave_it_out_and_the_next_opens(stage: Stage, mira: Actor, ines: Actor, asked: Match) -> None:
    ines.presses("We leave it out")
    assert "It happens." in ines.reads
    assert state_of(stage, asked, 1) is MeetingState.OPEN, "one alone leaves out nothing"
    mira.presses("We leave it out")
    assert state_of(stage, asked, 1) is MeetingState.SKIPPED
    for actor in (mira, ines):
        assert "You left out your first conversation" in actor.reads
        assert "Your second conversation is open." in actor.reads


def test_skip_this_one_on_the_card_opens_the_next(stage: Stage, mira: Actor, ines: Actor, match: Match) -> None:
    ines.presses("Skip this one")
    assert "Your second conversation is open." in ines.reads
    assert "You and Ines left out your first conversation." in mira.reads
    stage.wait(weeks=1)
    assert "Did you and" not in ines.reads_all


def test_pressing_twice_has_one_effect(stage: Stage, ines: Actor, mira: Actor, match: Match) -> None:
    seen, button = ines.finds("We met")
    ines.presses_again(seen, button)
    screen = len(ines.screen)
    ines.presses_again(seen, button)
    assert len(ines.screen) == screen
    assert "You and Mira had your first conversation." in seen_text(ines, 0)
    assert state_of(stage, match, 2) is MeetingState.OPEN
    assert state_of(stage, match, 3) is None


def seen_text(actor: Actor, place: int) -> str:
    return actor.reads_all.split("\n---\n")[place]


def test_both_press_at_once_and_it_counts_once(stage: Stage, ines: Actor, mira: Actor, match: Match) -> None:
    ours, button = mira.finds("We met")
    ines.presses("We met")
    mira.presses_again(ours, button)
    assert state_of(stage, match, 2) is MeetingState.OPEN
    assert mira.reads_all.count("Was it worth your time?") == 1
    assert ines.reads_all.count("Was it worth your time?") == 1


def test_a_stranger_cannot_press_for_a_pair(stage: Stage, ines: Actor, match: Match) -> None:
    noor = stage.person("Noor Haddad")
    seen, button = ines.finds("We met")
    answer = noor.presses_again(seen, button)
    assert answer is not None
    assert answer.summary == "That belongs to another match. Nothing has changed. /mentor shows yours."
    assert state_of(stage, match, 1) is None


def test_an_old_button_after_the_end_says_so(stage: Stage, ines: Actor, match: Match) -> None:
    seen, button = ines.finds("We have a date")
    with stage.store() as store:
        store.matches.save(store.matches.get(match.id).end(stage.now.date(), "left"))
    answer = ines.presses_again(seen, button)
    assert answer is not None
    assert "This match is over" in answer.summary


def test_a_date_for_a_conversation_that_is_behind_is_refused(stage: Stage, ines: Actor, match: Match) -> None:
    seen, button = ines.finds("We have a date")
    ines.presses("We met")
    answer = ines.presses_again(seen, button)
    assert answer is not None
    assert "behind you already" in answer.summary


def test_the_fit_question_comes_after_the_first_meeting_and_again_while_undecided(
    stage: Stage, ines: Actor, match: Match
) -> None:
    def meets() -> None:
        ines.presses("We met")
        for _ in range(3):
            ines.presses("Very much")

    meets()
    assert "Do you and Mira fit" in ines.reads
    ines.presses("Not sure yet")
    ines.presses("See it")
    meets()
    assert "Do you and Mira fit" in ines.reads
    ines.presses("It fits")
    ines.presses("See it")
    meets()
    assert "Do you and Mira fit" not in ines.reads
    assert "Your fourth conversation is open." in ines.reads


def test_not_a_fit_says_what_each_way_does_and_tells_nobody(
    stage: Stage, mira: Actor, ines: Actor, match: Match
) -> None:
    ines.presses("We met")
    for _ in range(3):
        ines.presses("Partly")
    before = mira.reads_all
    ines.presses("Not a fit")
    assert "Nobody has been told" in ines.reads
    assert [f"[{label}]" in ines.reads for label in ("Talk to a coordinator", "Leave this match", "Keep going")]
    assert attention(stage, match) is Attention.ON_TRACK
    ines.presses("Talk to a coordinator")
    assert attention(stage, match) is Attention.NEEDS_CHECK_IN
    assert mira.reads_all == before


def test_poor_feedback_shows_coordinators_one_word_and_no_more(stage: Stage, ines: Actor, match: Match) -> None:
    ines.presses("We met")
    assert attention(stage, match) is Attention.ON_TRACK
    ines.presses("Not really")
    ines.presses("Not really")
    assert attention(stage, match) is Attention.NEEDS_CHECK_IN


def test_enough_for_now_keeps_what_was_tapped(stage: Stage, ines: Actor, match: Match) -> None:
    ines.presses("We met")
    ines.presses("Very much")
    ines.presses("Enough for now")
    assert "Your second conversation is open." in ines.reads
    with stage.store() as store:
        assert [tap.question for tap in store.feedback.of(match.id)] == ["useful"]


def test_stuck_asks_first_whether_a_coordinator_may_know(stage: Stage, ines: Actor, match: Match) -> None:
    ines.presses("We met")
    while "[Stuck]" not in ines.reads:
        stage.wait(weeks=1)
    ines.presses("Stuck")
    assert "Nobody has been told. May a coordinator know?" in ines.reads
    assert attention(stage, match) is Attention.ON_TRACK
    ines.presses("They may know")
    assert attention(stage, match) is Attention.NEEDS_CHECK_IN


def test_stuck_can_stay_with_the_person(stage: Stage, ines: Actor, match: Match) -> None:
    ines.presses("We met")
    while "[Stuck]" not in ines.reads:
        stage.wait(weeks=1)
    ines.presses("Stuck")
    ines.presses("Keep it to me")
    assert "It stays with you." in ines.reads
    assert attention(stage, match) is Attention.ON_TRACK


def test_fine_leaves_the_missing_step_below(stage: Stage, ines: Actor, match: Match) -> None:
    while "[Fine]" not in ines.reads:
        stage.wait(weeks=1)
    ines.presses("Fine")
    assert "Noted: it goes well." in ines.reads
    assert "[Fine]" not in ines.reads
    with stage.store() as store:
        assert [answer for _, answer in store.check_ins.of(match.id)] == ["fine"]


def test_the_choice_after_the_last_week_is_kept(stage: Stage, ines: Actor, match: Match) -> None:
    stage.wait(weeks=12)
    ines.presses("Another match")
    assert "Noted: you would like another match." in ines.reads_all
    with stage.store() as store:
        assert [(tap.question, tap.answer) for tap in store.feedback.of(match.id)] == [("choice", 2)]


def test_being_in_touch_is_one_tap(stage: Stage, ines: Actor, mira: Actor, match: Match) -> None:
    while "have not said hello" not in ines.reads:
        stage.wait(weeks=1)
    ines.presses("We are in touch")
    assert "you and Mira are in touch" in ines.reads
    stage.wait(weeks=1)
    assert "no date for your first conversation" in ines.reads
    assert "no date for your first conversation" in mira.reads
