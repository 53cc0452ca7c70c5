"""A coordinator reads what a programme came to, and learns nothing that is nobody's business."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from flows.match import Match, MatchState, Member
from flows.people import Role, Standing
from flows.programme import CohortState, Design
from flows.voice.message import Chart, File, Message
from tests.handlers.coordinating.company import joins
from tests.handlers.coordinating.season_played import MARK, played
from tests.handlers.stage import Actor, Stage, shown
from tests.written_down import audited


def newest_post(actor: Actor) -> Message:
    """The newest message that arrived as a post."""
    return next(seen.message for seen in reversed(actor.screen) if seen.receipt)


def rows(file: File) -> list[list[str]]:
    return list(csv.reader(StringIO(file.text.removeprefix("\ufeff"))))


def reads(stage: Stage, verb: str) -> int:
    with stage.database.transaction() as connection:
        return audited(connection, verb, "done")


def test_the_report_says_what_can_be_worked_out_by_hand(stage: Stage, carla: Actor) -> None:
    played(stage)
    carla.asks_admin("report")
    assert "on its way" in carla.reads_all
    found = shown(newest_post(carla))
    for line in (
        "12 people have joined. 5 conversations took place. 2 matches need a check-in.",
        "Began to join: 12",
        "Joined: 12",
        "Matched: 12",
        "Had their first conversation: 8",
        "Came to the end: 0",
        "Conversation 1: 4 held, 0 with a date, 1 left out",
        "Conversation 2: 1 held, 1 with a date, 0 left out",
        "Conversation 3: none yet",
        # 43 days of three mentors with two hours a month and three with four: 18 × 43 / 30.4375.
        "5 hours of conversation so far, at one hour each. Mentors offered 25 hours in that time.",
        "Objectives: 1 done, 2 open",
        "Actions: 1 done, 1 open",
        "Skill ratings: 3",
        "Strengths noted: 2",
        "Wins: 1",
        "Letters sealed: 4",
        "Looks back: 1",
        "Between meetings: fine 58 % and the rest too few to show, of 12 people",
        "Worth the time: very much 100 %, partly 0 %, and not really 0 %, of 8 people",
        "Felt heard: too few answers to show",
        "Know what comes next: too few answers to show",
        "My work has a point that I can see: Start 72",
        "I feel that I belong here: too few answers to show",
        "I look forward to what I could do here next: Start 33",
        "I trust myself to take the next step: Start 83",
        "Start: closed on Sunday 14 March",
        "Middle: open until Sunday 18 April, and shown after it",
        "End: opens on Monday 17 May",
        "Meant to send: 5",
        "Sent: 3",
        "Waiting: 1",
        "Failed: 0",
        "Taken back or too late: 1",
    ):
        assert line in found.splitlines()


def test_each_match_is_on_track_or_needs_a_check_in_without_a_reason(stage: Stage, carla: Actor) -> None:
    played(stage)
    carla.asks_admin("report")
    found = shown(newest_post(carla)).splitlines()
    names = [line for line in found if line.startswith("Mentee ")]
    assert names == [
        "Mentee 3 and Mentor 3: needs a check-in, 1 conversation, the last on Tuesday 9 March.",
        "Mentee 6 and Mentor 6: needs a check-in, no conversation yet.",
        "Mentee 1 and Mentor 1: on track, 1 conversation, the last on Tuesday 9 March.",
        "Mentee 2 and Mentor 2: on track, 2 conversations, the last on Tuesday 30 March.",
        "Mentee 4 and Mentor 4: on track, 1 conversation, the last on Tuesday 9 March.",
        "Mentee 5 and Mentor 5: on track, no conversation yet.",
    ]
    assert "stuck" not in "\n".join(found)


def test_a_match_rests_in_the_report_while_one_of_the_two_takes_a_break(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    with stage.store() as store:
        resting = {store.matches.get(which).in_role(Role.MENTEE)[0].participant for which in ("m1", "m3")}
        for one in store.participants.in_cohort(cohort.id):
            if one.id in resting:
                store.participants.save(replace(one, standing=Standing.PAUSED, paused_until=date(2027, 4, 20)))
    carla.asks_admin("report")
    assert "Mentee 1 and Mentor 1: paused, 1 conversation" in shown(newest_post(carla))
    assert "Mentee 3 and Mentor 3: needs a check-in" in shown(newest_post(carla))

    stage.wait(days=9)
    carla.asks_admin("report")
    assert "Mentee 1 and Mentor 1: paused" not in shown(newest_post(carla))


def test_the_chart_has_the_numbers_of_the_text_once_every_question_may_be_shown(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    carla.asks_admin("pulse")
    assert not [block for block in carla.newest.blocks if isinstance(block, Chart)]
    with stage.store() as store:
        store.pulses.count("one more", cohort=cohort.id, window="start", question="belonging", choice="no")
    carla.asks_admin("pulse")
    (chart,) = [block for block in carla.newest.blocks if isinstance(block, Chart)]
    assert chart.categories == ("Purpose", "Belonging", "Hope", "Confidence")
    assert chart.series == (("Start", (72.0, 80.0, 33.0, 83.0)),)
    assert "I feel that I belong here: Start 80" in carla.reads


def test_an_open_window_gives_no_number_until_its_last_day_is_over_everywhere(stage: Stage, carla: Actor) -> None:
    played(stage)
    carla.asks_admin("pulse")
    assert "Middle 100" not in carla.reads
    stage.now = stage.now.replace(day=19, hour=11, minute=30)
    carla.asks_admin("pulse")
    assert "Middle 100" not in carla.reads
    stage.now = stage.now.replace(hour=12)
    carla.asks_admin("pulse")
    assert "My work has a point that I can see: Start 72 and Middle 100 (+28)" in carla.reads


def test_the_tables_hold_a_row_a_match_and_every_figure(stage: Stage, carla: Actor) -> None:
    played(stage)
    carla.asks_admin("report")
    carla.presses("Download CSV")
    matches, figures = [block for block in newest_post(carla).blocks if isinstance(block, File)]
    assert (matches.name, figures.name) == (
        "leaders-2027-2027-04-12-matches.csv",
        "leaders-2027-2027-04-12-figures.csv",
    )
    assert matches.text.startswith("\ufeff")
    header, *lines = rows(matches)
    assert header[:5] == ["Mentee", "Mentor", "State", "Conversations held", "Last conversation"]
    assert len(lines) == 6
    assert lines[0] == ["Mentee 3", "Mentor 3", "needs a check-in", "1", "2027-03-09", "0", "0", "0", "0"]
    assert lines[2] == ["Mentee 1", "Mentor 1", "on track", "1", "2027-03-09", "1", "2", "1", "1"]
    found = {(section, figure): (value, remark) for section, figure, value, remark in rows(figures)}
    assert found["Hours", "Offered by mentors"] == ("25", "")
    assert found["Between meetings", "fine, in percent"] == ("58", "")
    assert found["Between meetings", "stuck, in percent"] == ("", "fewer than 5 people, not shown")
    assert found["I feel that I belong here.", "Start, 0 to 100"] == ("", "open, or fewer than 5 answers")
    assert found["Messages", "Meant to send"] == ("5", "")


def test_nothing_private_reaches_a_report_a_chart_or_a_table(stage: Stage, carla: Actor) -> None:
    played(stage)
    carla.asks_admin("report")
    carla.presses("Download CSV")
    carla.asks_admin("pulse")
    everything = "\n".join(str(seen.message) for seen in carla.screen)
    assert "Mentee 1" in everything
    assert MARK not in everything


def test_what_one_pair_says_changes_no_figure_until_others_have_spoken_too(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    carla.asks_admin("report")
    before = shown(newest_post(carla))
    with stage.store() as store:
        (match, *_) = store.matches.in_cohort(cohort.id)
        for week in ("2027-W13", "2027-W14"):
            store.check_ins.answer(match.id, match.members[0].person, week, "stuck")
    carla.asks_admin("report")
    assert shown(newest_post(carla)) == before


def test_the_figure_of_today_is_entered_on_the_report_which_then_shows_it(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    with stage.store() as store:
        programme = store.programmes.get(cohort.programme)
        design = Design(objective="More leaders come from inside.", measure="HR", baseline=20, target=30)
        store.programmes.save(replace(programme, design=design))
    carla.asks_admin("report")
    assert "Now: not entered yet" in shown(newest_post(carla))
    carla.presses("Enter today's figure")
    carla.fills(current="a lot")
    assert set(carla.errors) == {"current"}
    carla.fills(current="23,5")
    found = shown(newest_post(carla))
    assert "At the start: 20\nWanted: 30\nNow: 23.5" in found
    assert "That alone does not show that mentoring moved it." in found
    with stage.store() as store:
        assert store.programmes.get(cohort.programme).design.current == 23.5


def test_a_viewer_reads_and_changes_nothing_and_every_read_is_written_down(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    vera = stage.person("Vera Lang")
    vera.asks("help")
    viewer = vera.me.id
    with stage.store() as store:
        store.programmes.appoint(viewer, cohort.programme, "viewer", by=carla.account.user, at=stage.now)
    vera.asks_admin("report")
    assert "12 people have joined." in shown(newest_post(vera))
    assert "Enter today's figure" not in shown(newest_post(vera))
    vera.presses("Download CSV")
    vera.asks_admin("pulse")
    assert (reads(stage, "report"), reads(stage, "pulse")) == (2, 1)

    carla.asks_admin("report")
    seen, button = carla.finds("Enter today's figure")
    vera.presses_again(seen, button)
    assert "does not reach" in vera.reads
    assert vera.dialog is None


def test_the_buttons_of_a_report_are_for_coordinators_only(stage: Stage, carla: Actor) -> None:
    played(stage)
    stranger = stage.person("Sam Stone")
    carla.asks_admin("report")
    for label in ("Download CSV", "Enter today's figure"):
        stranger.presses_again(*carla.finds(label))
        assert "for the people who run mentoring" in stranger.reads


@pytest.mark.parametrize("words", ["report", "pulse"])
def test_a_programme_without_anybody_gets_a_friendly_line(stage: Stage, carla: Actor, words: str) -> None:
    stage.programme("Newcomers")
    carla.asks_admin(words)
    found = shown(carla.newest)
    assert "Newcomers" in found
    if words == "report":
        assert "Nobody has begun to join Newcomers yet." in found


def test_a_draft_says_how_to_open_it(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Newcomers")
    carla.fills()
    carla.asks_admin("report")
    assert "Newcomers is not open yet" in shown(newest_post(carla))
    carla.asks_admin("pulse")
    assert "Newcomers" in carla.reads


def test_one_person_alone_is_counted_and_nothing_is_divided_by_nobody(stage: Stage, carla: Actor) -> None:
    stage.programme("Newcomers")
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    carla.asks_admin("report")
    found = shown(newest_post(carla))
    assert "Began to join: 1" in found
    assert "Nobody is matched yet." in found
    carla.presses("Download CSV")
    matches, _ = [block for block in newest_post(carla).blocks if isinstance(block, File)]
    assert len(rows(matches)) == 1


def test_whoever_cannot_be_reached_is_named_with_the_messages(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    with stage.store() as store:
        place = store.participants.in_cohort(cohort.id)[0]
        store.people.mark_unreachable(place.person, "user_disabled")
        name = store.people.get(place.person).name
    carla.asks_admin("report")
    assert f"I cannot write to {name}." in shown(newest_post(carla))


def test_an_archived_programme_is_read_and_no_longer_changed(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    carla.asks_admin("report")
    stage.moves(cohort, CohortState.CLOSING, CohortState.ARCHIVED)
    carla.presses("Enter today's figure")
    assert "archived and stays as it is" in carla.reads
    carla.asks_admin("report Leaders 2027")
    assert "12 people have joined." in shown(newest_post(carla))


def test_when_everything_is_over_the_report_says_so(stage: Stage, carla: Actor) -> None:
    cohort = played(stage)
    with stage.store() as store:
        first, *rest = store.matches.in_cohort(cohort.id)
        store.matches.save(first.end(date(2027, 4, 1), "unpaired"))
        for match in rest:
            store.matches.save(match.complete(date(2027, 4, 10)))
    carla.asks_admin("report")
    found = shown(newest_post(carla))
    assert "Over: 5 at the end of the plan, 1 before it." in found
    assert "Came to the end: 10" in found
    assert "No match needs a check-in." in found
    carla.presses("Download CSV")
    matches, _ = [block for block in newest_post(carla).blocks if isinstance(block, File)]
    assert [row[2] for row in rows(matches)[1:]] == ["completed"] * 5 + ["ended early"]


def test_what_people_are_called_stays_text_in_a_spreadsheet(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("=1+1")
    mentor, mentee = stage.person('=HYPERLINK("http://x.example")'), stage.person(" @sum, Ines")
    places = joins(stage, mentor, cohort, Role.MENTOR), joins(stage, mentee, cohort, Role.MENTEE)
    with stage.store() as store:
        store.matches.add(
            Match(
                "m1",
                cohort.id,
                MatchState.ACTIVE,
                tuple(Member(one.person, one.id, next(iter(one.roles))) for one in places),
                cohort.starts_on,
                cohort.ends_on,
            )
        )
    carla.asks_admin("report")
    carla.presses("Download CSV")
    matches, figures = [block for block in newest_post(carla).blocks if isinstance(block, File)]
    assert rows(matches)[1][:2] == ["' @sum, Ines", '\'=HYPERLINK("http://x.example")']
    assert matches.name == "1-1-2027-03-01-matches.csv"
    assert figures.name == "1-1-2027-03-01-figures.csv"
