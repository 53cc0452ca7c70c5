"""Where somebody stands, and pausing, coming back and leaving."""

from datetime import UTC, date, datetime

import pytest

from flows.match import Match, MatchState, Member
from flows.meetings import Meeting, MeetingState
from flows.people import Role, Standing
from flows.programme import Cohort
from flows.voice.message import Heading, Kind, Message, Post, ToPerson
from tests.handlers.stage import Actor, Stage, shown
from tests.handlers.statements import statements
from tests.handlers.test_joining import answers, joined, place


def as_mentor(stage: Stage, name: str = "Mira Okafor", programme: str = "Mentoring") -> Actor:
    """A mentor of up to two who has joined."""
    mira = stage.person(name)
    mira.asks(f"join {programme}")
    mira.presses("I agree")
    mira.presses("Mentor somebody")
    mira.fills({"What kind of mentoring do you offer?": ["Peer: to somebody at my level"]})
    mira.fills(hours="2", capacity="2")
    mira.fills({"What can you help somebody with?": ["Strategy"]})
    mira.presses("Skip")
    mira.presses("Neither")
    mira.presses("That is right")
    mira.fills(mode="Online")
    mira.fills(times=["Friday morning"])
    mira.presses("Skip")
    mira.presses(f"Join {programme}")
    return mira


def pair(stage: Stage, cohort: Cohort, mentor: Actor, mentee: Actor, which: str = "m1") -> Match:
    """They mentor together since Monday 8 March."""
    members = tuple(
        Member(actor.me.id, place(actor).id, role) for actor, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE))
    )
    match = Match(which, cohort.id, MatchState.ACTIVE, members, date(2027, 3, 1), date(2027, 5, 23))
    with stage.store() as store:
        store.matches.add(match)
    return match


def test_status_takes_five_statements_at_most(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort = stage.programme()
    ines, mira = joined(stage), as_mentor(stage)
    pair(stage, cohort, mira, ines)
    monkeypatch.setattr(stage, "deliver", lambda: None)
    for actor in (ines, mira, stage.person("Nadia Rahman")):
        actor.asks("help")
        for words in ("status", ""):
            with statements() as seen:
                actor.asks(words)
            assert 1 < len(seen) <= 5, seen
            assert "inbox" in seen[0]


def test_status_tells_programme_dates_role_match_and_what_is_next(stage: Stage) -> None:
    cohort = stage.programme(next_round=date(2027, 3, 15))
    ines, mira = joined(stage), as_mentor(stage)
    ines.asks("status")
    assert "Runs: Monday 8 March to Sunday 30 May" in ines.reads
    assert "Role: mentee" in ines.reads
    assert "The next round is on Monday 15 March" in ines.reads
    match = pair(stage, cohort, mira, ines)
    meeting = Meeting(match.id, 1, date(2027, 3, 1), planned_at=datetime(2027, 3, 4, 9, 30, tzinfo=UTC))
    with stage.store() as store:
        store.sessions.save(meeting, at=stage.now)
    ines.asks("status")
    assert "With Mira Okafor: conversation 1 is on Thursday 4 March, 9:30" in ines.reads
    assert "Only you see this." in ines.reads
    mira.asks("status")
    assert "Role: mentor, for up to 2 mentees" in mira.reads


def test_bare_mentor_names_the_one_next_act(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("")
    assert "there is none that you could join" in ines.reads
    cohort = stage.programme()
    ines.asks("")
    assert "[Join Mentoring]" in ines.reads
    ines.presses("Join Mentoring")
    ines.asks("")
    assert "[Go on with the questions]" in ines.reads
    ines.presses("Go on with the questions")
    answers(ines)
    ines.presses("Join Mentoring")
    ines.asks("")
    assert "[My answers]" in ines.reads
    mira = as_mentor(stage)
    pair(stage, cohort, mira, ines)
    ines.asks("")
    assert "You and Mira Okafor have no date for your next talk yet." in ines.reads
    ines.presses("We have a date, Mira and I")
    assert ines.dialog is not None


def test_when_all_conversations_are_behind_that_is_said(stage: Stage) -> None:
    cohort = stage.programme()
    ines, mira = joined(stage), as_mentor(stage)
    match = pair(stage, cohort, mira, ines)
    with stage.store() as store:
        store.sessions.save(Meeting(match.id, 4, date(2027, 3, 1), MeetingState.MET), at=stage.now)
    ines.asks("status")
    assert "With Mira Okafor: all conversations are behind you" in ines.reads


def test_home_shows_the_same_with_buttons_that_work(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    assert "You: joined" in shown(ines.opens_home())
    ines.presses("Pause")
    ines.fills(until="2027-04-02")
    assert place(ines).standing is Standing.PAUSED
    ines.closes()
    assert "You: pausing until Friday 2 April" in shown(ines.opens_home())
    ines.presses("Come back")
    assert place(ines).standing is Standing.JOINED


@pytest.mark.parametrize("typed", ["until 2 April", "2027-04-02", "2.4."])
def test_a_pause_until_a_day_ends_by_itself(stage: Stage, typed: str) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks(f"pause {typed}")
    assert "You pause in Mentoring until Friday 2 April" in ines.reads
    assert not place(ines).may_be_matched(date(2027, 4, 1))
    assert place(ines).may_be_matched(date(2027, 4, 2))
    me = ines.me
    with stage.store() as store:
        assert not store.season.places(me.id, today=date(2027, 4, 1))
        assert store.season.places(me.id, today=date(2027, 4, 2))
    stage.wait_until(datetime(2027, 4, 2, 12, tzinfo=UTC))
    ines.asks("status")
    assert "back from your pause" in ines.reads


def test_a_pause_without_a_day_asks_for_one_and_takes_none(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("pause")
    assert "Leave it empty" in ines.reads
    ines.fills({})
    assert "until you say so" in ines.reads
    assert place(ines).paused_until is None
    ines.asks("resume")
    assert "You are back in Mentoring" in ines.reads
    assert place(ines).standing is Standing.JOINED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("until the cows come home", "I do not know which day “until the cows come home” is."),
        ("<!channel> *now*", "“<!channel> *now*”"),
        ("until 2027-02-01", "Monday 1 February is not ahead of us"),
        ("until 2044-02-01", "more than a year ahead"),
    ],
)
def test_a_pause_until_no_day_is_told_what_would_fit(stage: Stage, typed: str, told: str) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks(f"pause {typed}")
    assert told in ines.reads
    assert "Nothing has changed" in ines.reads
    assert place(ines).standing is Standing.JOINED


def test_a_day_behind_is_told_in_the_dialog(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("pause")
    ines.fills(until="2027-02-01")
    assert "not ahead of us" in ines.errors["until"]
    ines.fills(until="2027-03-20")
    assert place(ines).paused_until == date(2027, 3, 20)


def test_a_pause_says_that_the_partner_was_told_nothing(stage: Stage) -> None:
    cohort = stage.programme()
    ines, mira = joined(stage), as_mentor(stage)
    pair(stage, cohort, mira, ines)
    before = len(mira.screen)
    ines.asks("pause until 2 April")
    assert "Nothing has been sent to Mira" in ines.reads
    assert len(mira.screen) == before


def test_to_resume_without_a_pause_changes_nothing(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("resume")
    assert "You are not pausing" in ines.reads


def test_who_takes_part_in_nothing_is_told_so(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    for words in ("pause until 2 April", "leave"):
        ines.asks(words)
        assert "needs a programme that you take part in" in ines.reads


def test_who_has_left_one_programme_is_offered_the_others(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    stage.programme("Leaders")
    ines.asks("leave")
    ines.presses("Leave the programme")
    ines.asks("status")
    assert "[Join Leaders]" in ines.reads
    assert "[Join Mentoring]" in ines.reads
    ines.opens_home()
    ines.presses("Join Leaders")
    assert "May we keep your answers?" in ines.reads_all


def test_who_did_not_agree_to_be_asked_takes_part_in_nothing(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    ines.presses("Not now")
    assert "No answer of yours is kept." in ines.reads
    ines.asks("leave")
    assert "needs a programme that you take part in" in ines.reads
    for words in ("", "status"):
        ines.asks(words)
        assert "You are in no mentoring programme yet." in ines.reads
    ines.presses("Join Mentoring")
    ines.presses("I agree")
    ines.asks("leave")
    assert "Leave Mentoring?" in ines.reads


def test_leaving_asks_once_and_staying_changes_nothing(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("leave")
    assert "Leave Mentoring?" in ines.reads
    ines.presses("Stay")
    assert "Nothing has changed" in ines.reads
    assert place(ines).standing is Standing.JOINED


def test_who_still_answers_the_questions_is_offered_no_pause_when_they_leave(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=2)
    ines.asks("leave")
    assert ines.reads.endswith("[Leave the programme]\n[Stay]")
    ines.presses("Leave the programme")
    assert place(ines).standing is Standing.LEFT


def test_the_partner_of_somebody_who_leaves_hears_one_neutral_message(stage: Stage) -> None:
    cohort = stage.programme(next_round=date(2027, 3, 15))
    ines, mira = joined(stage), as_mentor(stage)
    match = pair(stage, cohort, mira, ines)
    ines.asks("leave")
    assert "Your match with Mira Okafor ends" in ines.reads
    seen, leave = ines.finds("Leave the programme")
    ines.presses_again(seen, leave)
    ines.presses_again(seen, leave)
    assert "You have left Mentoring" in ines.reads
    stage.wait(hours=1)
    told = [shown(seen.message) for seen in mira.screen if "no longer available" in shown(seen.message)]
    assert len(told) == 1
    assert told[0].startswith("Ines Duarte is no longer available in this programme.\nYour notes and goals stay.")
    with stage.store() as store:
        ended = store.matches.get(match.id)
    assert (ended.state, ended.end_cause) == (MatchState.ENDED, "left")
    assert place(ines).standing is Standing.LEFT


def test_a_mentee_whose_mentor_leaves_hears_what_happens_now(stage: Stage) -> None:
    cohort = stage.programme(next_round=date(2027, 3, 15))
    ines, mira = joined(stage), as_mentor(stage)
    pair(stage, cohort, mira, ines)
    mira.asks("leave")
    mira.presses("Leave the programme")
    stage.wait(hours=1)
    assert "We look for somebody new for you. The next round is on Monday 15 March." in ines.reads_all


def test_with_two_programmes_leaving_asks_which_one(stage: Stage) -> None:
    stage.programme("Mentoring")
    ines = joined(stage)
    stage.programme("Women in Tech")
    ines.asks("join women in tech")
    ines.asks("leave")
    assert "more than one programme" in ines.reads
    ines.presses("Women in Tech")
    ines.presses("Leave the programme")
    me = ines.me
    with stage.store() as store:
        standings = {one.standing for one in store.participants.of_person(me.id)}
    assert standings == {Standing.JOINED, Standing.LEFT}


def test_who_was_never_introduced_does_not_hear_that_somebody_left(stage: Stage) -> None:
    cohort = stage.programme()
    mira, ines = as_mentor(stage), joined(stage)
    stage.wait_until(datetime(2027, 3, 6, 12, 0, tzinfo=UTC))
    pair(stage, cohort, mira, ines)
    for actor in (mira, ines):
        to, hello = ToPerson(actor.me.id), Message("You are matched", (Heading("You are matched"),))
        post = Post(f"intro:m1:{actor.account.user}", to, hello, Kind.MUST_ARRIVE, subject="m1", step="introduction")
        with stage.store() as store:
            store.outbox.put(post, now=stage.now)

    ines.asks("leave")
    ines.presses("Leave the programme")
    stage.wait(weeks=1)

    assert "You are matched" not in mira.reads_all
    assert "no longer available" not in mira.reads_all
