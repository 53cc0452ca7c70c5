"""Did everybody get it? What coordinators see of messages, and how one is sent again; never its words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from flows.activities.writing import Writing, WritingState
from flows.people import Role, Standing
from flows.programme import Cohort
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from handlers.maintaining import maintain
from storage.outbox import State
from storage.tables import outbox as outbox_table
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.stage import Actor, Stage
from tests.written_down import audited

MARKER = "the heron lands at noon"


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring")


def coordinator(stage: Stage, name: str, cohort: Cohort, rank: str = "coordinator") -> Actor:
    """Somebody who runs that programme and no other."""
    actor = stage.person(name)
    actor.asks("help")
    me = actor.me
    with stage.store() as store:
        store.programmes.appoint(me.id, cohort.programme, rank, by="", at=stage.now)
    return actor


def ends(stage: Stage, reader: Actor, state: State, *, reason: str = "", words: bool = True) -> None:
    """However it came about, the newest message to that person ended so."""
    mine = (outbox_table.c.to_id == reader.me.id) & (outbox_table.c.edits == "")
    values: dict[str, object] = {"state": state, "error": reason, "conversation": None, "receipt": None}
    with stage.database.transaction() as connection:
        key = connection.execute(
            outbox_table.select().where(mine).order_by(outbox_table.c.created_at.desc(), outbox_table.c.key.desc())
        ).first()
        assert key is not None
        connection.execute(
            update(outbox_table)
            .where(outbox_table.c.key == key.key)
            .values(**values if words else values | {"message": None})
        )


def told(stage: Stage, reader: Actor, cohort: Cohort, text: str = MARKER, *, sort: str = "broadcast") -> None:
    """A word to that person about the cohort, as it is put by a turn, and delivered."""
    message = Message(text, (Paragraph((Plain(text),)),))
    post = Post(f"{sort}:{len(reader.screen)}:{reader.me.id}", ToPerson(reader.me.id), message, Kind.MUST_ARRIVE)
    with stage.store() as store:
        store.outbox.put(replace(post, subject=cohort.id), now=stage.now)
    stage.deliver()


def closes_account(stage: Stage, actor: Actor) -> None:
    """They have gone from the company."""
    me = actor.me
    with stage.store() as store:
        store.people.save(replace(me, active=False))


def stands(stage: Stage, actor: Actor, standing: Standing) -> None:
    """So they stand in their programme."""
    me = actor.me
    with stage.store() as store:
        (participant,) = store.participants.of_person(me.id)
        store.participants.save(replace(participant, standing=standing))


def lines(stage: Stage, outcome: str) -> int:
    """How many lines the audit has of `outbox` that ended so."""
    with stage.database.transaction() as connection:
        return audited(connection, "outbox", outcome)


def test_when_all_is_well_it_says_so_with_figures(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    carla.asks_admin(f"broadcast {MARKER}")
    carla.presses("Send it")
    carla.asks_admin("outbox")
    assert "has arrived or is on its way" in carla.reads
    assert "A word to everybody in Mentoring, Monday 1 March, 9:00: 2 of 2 sent\n" in carla.reads


def test_a_broadcast_that_missed_somebody_says_whom_and_why_and_adds_up(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    carla.asks_admin(f"broadcast {MARKER}")
    carla.presses("Send it")
    ends(stage, ines, State.BLOCKED, reason="cannot_dm_bot")
    carla.asks_admin("outbox")
    assert "1 of 2 sent, 1 blocked\n" in carla.reads
    assert "Ines Duarte: A word to everybody, Monday 1 March. They cannot be written to now" in carla.reads


def test_a_published_round_is_counted_together(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    for words in ("match draft", "match publish"):
        carla.asks_admin(words)
    carla.presses("Publish")
    ends(stage, ines, State.UNKNOWN)
    carla.asks_admin("outbox")
    assert "Introductions in Mentoring, Monday 1 March, 9:00: 2 of 3 sent, 1 failed\n" in carla.reads


def test_an_end_of_a_programme_and_an_invitation_are_counted_too(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    for words in ("match draft", "match publish"):
        carla.asks_admin(words)
    carla.presses("Publish")
    carla.asks_admin("close")
    carla.presses("Close it")
    carla.asks_admin("outbox")
    assert "The end of Mentoring, Monday 1 March, 9:00: 2 of 2 sent" in carla.reads


def test_one_message_goes_again_after_one_question_and_leaves_a_line(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.FAILED, reason="msg_blocked")
    before = len(ines.screen)
    carla.asks_admin("outbox")
    assert "It was refused (“msg_blocked”)" in carla.reads
    carla.presses("Send again")
    assert "twice" not in carla.reads
    assert len(ines.screen) == before
    assert (lines(stage, "shown"), lines(stage, "done")) == (1, 1)

    carla.presses("Send it again")

    assert "It is on its way again. Ines Duarte: A word to everybody." in carla.reads
    assert lines(stage, "done") == 2
    assert len(ines.screen) == before + 1
    assert MARKER in ines.reads
    carla.asks_admin("outbox")
    assert "has arrived or is on its way" in carla.reads


def test_whoever_may_read_it_twice_is_said_before(stage: Stage, carla: Actor, ines: Actor, cohort: Cohort) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.UNKNOWN, reason="TimeoutError")
    carla.asks_admin("outbox")
    assert "nobody knows whether it arrived" in carla.reads
    assert "TimeoutError" not in carla.reads
    carla.presses("Send again")
    assert "they may read it twice" in carla.reads


def test_a_confirmation_works_once_and_an_old_list_sends_nothing(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.FAILED)
    carla.asks_admin("outbox")
    seen, again = carla.finds("Send again")
    carla.presses("Send again")
    question, confirm = carla.finds("Send it again")
    carla.presses("Send it again")
    arrived = len(ines.screen)

    carla.presses_again(question, confirm)
    assert "decided already" in carla.reads
    carla.presses_again(seen, again)
    assert "has moved on since" in carla.reads
    assert len(ines.screen) == arrived


def test_nobody_is_written_to_who_has_left_or_whose_account_is_closed(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, cohort: Cohort
) -> None:
    for reader in (ines, mira):
        told(stage, reader, cohort)
    carla.asks_admin("help")
    for reader in (ines, mira):
        ends(stage, reader, State.BLOCKED)
    carla.asks_admin("outbox")
    seen, first = carla.finds("Send again", beside="Ines Duarte")
    _, second = carla.finds("Send again", beside="Mira Okafor")
    stands(stage, ines, Standing.LEFT)
    closes_account(stage, mira)

    carla.presses_again(seen, first)
    assert "Ines Duarte has left the programme" in carla.reads
    carla.presses_again(seen, second)
    assert "The account of Mira Okafor is closed" in carla.reads
    carla.asks_admin("outbox")
    assert "[Send again]" not in carla.reads


def test_what_was_about_a_match_that_is_over_stays_unsent(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    for words in ("match draft", "match publish"):
        carla.asks_admin(words)
    carla.presses("Publish")
    ends(stage, ines, State.UNKNOWN)
    carla.asks_admin("outbox")
    assert "Ines Duarte: Introduction, Monday 1 March." in carla.reads
    seen, again = carla.finds("Send again")
    mira.presses("This is not a fit", from_oldest=True)
    mira.presses("End this match")

    carla.presses_again(seen, again)
    assert "match that it was about is over" in carla.reads


def test_after_a_week_the_words_are_gone_and_it_says_what_to_do_instead(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.FAILED)
    carla.asks_admin("outbox")
    seen, again = carla.finds("Send again")
    stage.now += timedelta(days=8)
    maintain(stage.kit)

    carla.presses_again(seen, again)
    assert "Write it again: /mentor-admin broadcast" in carla.reads
    carla.asks_admin("outbox")
    assert "Ines Duarte: A word to everybody" in carla.reads
    assert "[Send again]" not in carla.reads


def test_a_coordinator_sees_their_programmes_and_an_owner_everything(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    other = stage.programme("Newcomers")
    tomas = stage.person("Tomas Berg")
    joins(stage, tomas, other, Role.MENTEE)
    told(stage, ines, cohort)
    told(stage, tomas, other)
    for reader in (ines, tomas):
        ends(stage, reader, State.FAILED)
    vera = coordinator(stage, "Vera Lang", cohort)

    vera.asks_admin("outbox")
    assert "Ines Duarte" in vera.reads
    assert "Tomas Berg" not in vera.reads
    carla.asks_admin("outbox")
    assert "Ines Duarte" in carla.reads
    assert "Tomas Berg" in carla.reads
    _, again = carla.finds("Send again", beside="Tomas Berg")
    vera.does(again.action.name, **again.action.args)
    assert "has moved on since" in vera.reads


def test_of_somebody_in_two_programmes_each_coordinator_sees_what_is_about_theirs(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    other = stage.programme("Newcomers")
    joins(stage, ines, other, Role.MENTEE)
    told(stage, ines, other)
    ends(stage, ines, State.FAILED)
    vera, otto = coordinator(stage, "Vera Lang", cohort), coordinator(stage, "Otto Berg", other)
    vera.asks_admin("outbox")
    assert "Ines Duarte" not in vera.reads
    otto.asks_admin("outbox")
    assert "Ines Duarte" in otto.reads


@pytest.mark.parametrize("about", ["match", "participant", "letter", "person", ""])
def test_what_a_message_is_about_decides_whose_coordinators_see_it(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, cohort: Cohort, about: str
) -> None:
    other = stage.programme("Newcomers")
    joins(stage, ines, other, Role.MENTEE)
    for words in ("match draft Mentoring", "match publish Mentoring"):
        carla.asks_admin(words)
    carla.presses("Publish")
    vera, otto = coordinator(stage, "Vera Lang", cohort), coordinator(stage, "Otto Berg", other)
    me = ines.me
    with stage.store() as store:
        (match,) = store.matches.in_cohort(cohort.id)
        letter = Writing("le1", match.id, me.id, "letter", 1, WritingState.SENT, stage.now, {"text": MARKER})
        store.writings.add(letter)
        subjects = {"match": match.id, "participant": match.member(me.id).participant, "letter": letter.id}
        message = Message(MARKER, (Paragraph((Plain(MARKER),)),))
        subject = subjects.get(about, me.id if about else "")
        post = Post("own:1", ToPerson(me.id), message, Kind.MUST_ARRIVE, subject=subject)
        store.outbox.put(post, now=stage.now + timedelta(seconds=1))
    ends(stage, ines, State.FAILED)

    vera.asks_admin("outbox")
    assert "Ines Duarte: A message" in vera.reads
    otto.asks_admin("outbox")
    # What is about a person as such, or about nothing that is stored, concerns every programme that they are in.
    assert ("Ines Duarte: A message" in otto.reads) is (about in ("person", ""))


def test_a_viewer_may_not_look(stage: Stage, carla: Actor, ines: Actor, cohort: Cohort) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.FAILED)
    vera = coordinator(stage, "Vera Lang", cohort, "viewer")
    vera.asks_admin("outbox")
    assert "does not reach as far as “outbox”" in vera.reads
    vera.asks_admin("help")
    assert "did not arrive" not in vera.reads
    ines.asks_admin("outbox")
    assert "people who run mentoring" in ines.reads


def test_the_list_is_paged_without_a_message_too_few(stage: Stage, carla: Actor, ines: Actor, cohort: Cohort) -> None:
    message = Message(MARKER, (Paragraph((Plain(MARKER),)),))
    me = ines.me
    with stage.store() as store:
        for number in range(23):
            post = Post(f"pulse:{number:02}", ToPerson(me.id), message, Kind.NUDGE, subject=cohort.id)
            store.outbox.put(post, now=stage.now)
    with stage.database.transaction() as connection:
        connection.execute(update(outbox_table).values(state=State.EXPIRED, message=None))
    carla.asks_admin("outbox")
    assert "23 messages of the last 60 days did not arrive" in carla.reads
    assert carla.reads.count("Ines Duarte: Anonymous questions") == 10
    carla.presses("Show more")
    assert "Messages 11 to 20 of 23" in carla.reads
    carla.presses("Show more")
    assert "Messages 21 to 23 of 23" in carla.reads
    assert carla.reads.count("Its time was over before it could go.") == 3
    assert "[Show more]" not in carla.reads


@pytest.mark.parametrize("state", [State.FAILED, State.BLOCKED, State.EXPIRED, State.UNKNOWN])
def test_no_word_of_a_message_is_shown_to_those_who_run_mentoring(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort, state: State
) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, state, reason=f"it cannot be drawn: {MARKER}")
    carla.asks_admin("outbox")
    carla.presses("Send again")
    carla.presses("Send it again")
    assert "It is on its way again" in carla.reads_all
    assert MARKER not in carla.reads_all
    assert all(MARKER not in seen.message.summary for seen in carla.screen)


def test_a_quiet_line_says_the_same_all_day_and_is_gone_when_it_was_mended(
    stage: Stage, carla: Actor, ines: Actor, cohort: Cohort
) -> None:
    told(stage, ines, cohort)
    ends(stage, ines, State.UNKNOWN)
    carla.asks_admin("help")
    assert "did not arrive" not in carla.reads.replace("What was sent, and what did not arrive", "")

    stage.now += timedelta(days=1)
    told(stage, ines, cohort)
    ends(stage, ines, State.FAILED)
    carla.asks_admin("help")
    assert "1 message of the last week did not arrive. /mentor-admin outbox says which." in carla.reads
    assert "did not arrive" in str(carla.opens_home())
    assert "did not arrive" not in str(ines.opens_home())

    stage.now += timedelta(days=9)
    carla.asks_admin("help")
    assert "of the last week did not arrive" not in carla.reads


def test_before_and_after_a_broadcast_it_is_said_who_is_left_out_and_why(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, cohort: Cohort
) -> None:
    left, closed, typing, resting = (stage.person(name) for name in ("Lia Roth", "Cora Sun", "Tim Ang", "Pia Rey"))
    for actor in (left, closed, typing, resting):
        joins(stage, actor, cohort, Role.MENTEE)
    stands(stage, left, Standing.LEFT)
    stands(stage, typing, Standing.ANSWERING)
    stands(stage, resting, Standing.PAUSED)
    closes_account(stage, closed)
    me = mira.me
    with stage.store() as store:
        store.people.mark_unreachable(me.id, "cannot_dm_bot")
    lines = (
        "1 person has left and does not get it.",
        "1 person has not finished joining and does not get it.",
        "1 person does not get it: their account is closed.",
        "1 of them cannot be reached until they write to me again.",
    )

    carla.asks_admin(f"broadcast {MARKER}")
    assert "This goes to 3 people" in carla.reads
    assert all(line in carla.reads for line in lines)
    carla.presses("Send it")
    assert "on their way to 3 people" in carla.reads
    assert all(line in carla.reads for line in lines)
    carla.asks_admin("outbox")
    assert "2 of 3 sent" in carla.reads
    assert "[Send again]" not in carla.reads


def test_a_closed_account_hears_nothing_of_the_end_and_that_is_said(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    for words in ("match draft", "match publish"):
        carla.asks_admin(words)
    carla.presses("Publish")
    closes_account(stage, mira)
    carla.asks_admin("close")
    assert "People who read it: 1" in carla.reads
    assert "1 person does not get it: their account is closed." in carla.reads
    carla.presses("Close it")
    assert "1 person does not get it: their account is closed." in carla.reads
    assert "Your match with Mira has ended" in ines.reads


def test_who_rests_since_the_draft_is_said_before_and_after_publishing(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor, cohort: Cohort
) -> None:
    tomas = stage.person("Tomas Berg")
    participant = joins(stage, tomas, cohort, Role.MENTEE)
    carla.asks_admin("match draft")
    pauses(stage, participant)
    carla.asks_admin("match publish")
    assert "1 person pauses and does not get it." in carla.reads
    carla.presses("Publish")
    assert "1 person pauses and does not get it." in carla.reads
