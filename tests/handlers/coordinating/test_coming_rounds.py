"""A round that is coming: who hears of it and when, skipping it, and taking that back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from flows.calendar import Hours
from flows.formats import Format
from flows.people import Participant, Role
from flows.programme import Cohort
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.noticing import wake
from storage.tables import outbox
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage

ROUND_ON = date(2027, 3, 15)
"""A Monday; the stage begins on Monday 1 March."""
FRIDAY = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
NEWS = "The next round of matching in Mentoring is on Monday 15 March."


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    """Open, with a round in two weeks; nobody in it yet."""
    cohort = stage.programme(next_round=ROUND_ON)
    with stage.store() as store:
        wake(store, cohort, stage.now)
    return cohort


@pytest.fixture
def priya(stage: Stage) -> Actor:
    """She may everything."""
    return stage.person("Priya Nair", owner=True)


def told(stage: Stage, first: str) -> dict[str, datetime]:
    """Reader → when they were told, for the keys that begin so."""
    with stage.database.transaction() as connection:
        rows = connection.execute(select(outbox.c.to_id, outbox.c.sent_at).where(outbox.c.key.startswith(f"{first}:")))
        return {row.to_id: row.sent_at for row in rows}


def works(stage: Stage, actor: Actor, hours: Hours) -> None:
    """Their hours from now on."""
    person = replace(actor.me, hours=hours)
    with stage.store() as store:
        store.people.save(person)


def appointed(stage: Stage, actor: Actor, cohort: Cohort) -> None:
    """They coordinate the programme."""
    actor.asks("help")
    person = actor.me.id
    with stage.store() as store:
        store.programmes.appoint(person, cohort.programme, "coordinator", by=person, at=stage.now)


def place(stage: Stage, participant: Participant) -> Participant:
    """As it is stored now."""
    with stage.store() as store:
        return store.participants.get(participant.id)


def test_everybody_who_would_be_in_it_hears_of_it_on_their_own_last_working_day(stage: Stage, cohort: Cohort) -> None:
    ines, mira = stage.person("Ines Duarte"), stage.person("Mira Okafor", zone="America/New_York")
    dana = stage.person("Dana Levi", zone="Asia/Jerusalem")
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    joins(stage, dana, cohort, Role.MENTEE)
    works(stage, dana, Hours("Asia/Jerusalem", frozenset({7, 1, 2, 3, 4})))

    stage.wait_until(FRIDAY + timedelta(days=3))

    heard = told(stage, "coming")
    assert heard[ines.me.id] == FRIDAY
    assert heard[mira.me.id] == FRIDAY + timedelta(hours=5)
    assert heard[dana.me.id] == datetime(2027, 3, 14, 7, 0, tzinfo=UTC), "Sunday is a working day there"
    assert NEWS in ines.reads_all
    assert "We look for a mentor for you." in ines.reads
    assert "You have a free place" in mira.reads
    assert "until the end of Sunday 14 March" in ines.reads


def test_a_holiday_and_a_leave_move_it_forward_and_nobody_hears_it_twice(stage: Stage, cohort: Cohort) -> None:
    ines, yusuf = stage.person("Ines Duarte"), stage.person("Yusuf Demir")
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, yusuf, cohort, Role.MENTEE)
    works(stage, ines, Hours("Europe/Lisbon", frozenset({1, 2, 3})))
    works(stage, yusuf, Hours("Europe/Lisbon", away_until=date(2027, 3, 14)))

    stage.wait_until(FRIDAY + timedelta(days=10))

    assert told(stage, "coming") == {ines.me.id: FRIDAY - timedelta(days=2)}


def test_who_looks_for_nobody_hears_nothing(stage: Stage) -> None:
    cohort = running(stage)
    with stage.store() as store:
        cohort = replace(cohort, next_round=ROUND_ON)
        store.programmes.save_cohort(cohort)
        wake(store, cohort, stage.now)
    mira, ines, kofi, yusuf = (stage.person(name) for name in ("Mira", "Ines", "Kofi", "Yusuf"))
    joins(stage, mira, cohort, Role.MENTOR)
    joins(stage, ines, cohort, Role.MENTEE)
    matched(stage, cohort, mentor=mira, mentee=ines)
    joins(stage, kofi, cohort, Role.MENTOR, capacity=0)
    pauses(stage, joins(stage, yusuf, cohort, Role.MENTEE))

    stage.wait_until(FRIDAY + timedelta(days=3))

    assert not told(stage, "coming")


@pytest.mark.parametrize(("format_", "again"), [(Format.CIRCLE, False), (Format.COFFEE, True)])
def test_peers_hear_of_a_round_that_would_bring_them_together(
    stage: Stage, priya: Actor, format_: Format, again: bool
) -> None:
    cohort = stage.programme(next_round=ROUND_ON, format_=format_)
    first = [stage.person(f"Peer {number}") for number in range(4)]
    for one in first:
        joins(stage, one, cohort, Role.PEER)
    for words in ("match draft", "match publish"):
        priya.asks_admin(words)
    priya.presses("Publish")
    with stage.store() as store:
        ahead = replace(store.programmes.cohort(cohort.id), next_round=ROUND_ON)
        store.programmes.save_cohort(ahead)
        wake(store, ahead, stage.now)
    late = stage.person("Ines Duarte")
    joins(stage, late, cohort, Role.PEER)

    stage.wait_until(FRIDAY + timedelta(hours=2))

    assert set(told(stage, "coming")) == {one.me.id for one in ([*first, late] if again else [late])}
    assert "We look for people for you to meet." in late.reads
    assert "mentor" not in late.reads
    late.presses("Skip this round")
    assert "You skip the round on Monday 15 March." in late.reads


def test_who_joins_on_the_day_before_has_just_read_the_date(stage: Stage, cohort: Cohort) -> None:
    stage.wait_until(FRIDAY + timedelta(hours=3))
    joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE)
    stage.wait(hours=1)
    with stage.store() as store:
        wake(store, cohort, stage.now)
    stage.wait(hours=2)

    assert not told(stage, "coming")


def test_a_date_that_is_set_late_is_told_at_once_and_a_new_date_once_more(stage: Stage, priya: Actor) -> None:
    cohort = stage.programme(next_round=None)
    ines = stage.person("Ines Duarte")
    joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(FRIDAY + timedelta(hours=3))

    sets_the_date(priya, cohort, ROUND_ON)
    assert list(told(stage, "coming")) == [ines.me.id]
    assert NEWS in ines.reads_all

    sets_the_date(priya, cohort, date(2027, 3, 23))
    stage.wait(days=11)
    assert "is on Tuesday 23 March." in ines.reads_all


def sets_the_date(priya: Actor, cohort: Cohort, day: date) -> None:
    """By the form of the programme."""
    priya.asks_admin("programme show")
    priya.presses("Edit")
    priya.fills({"Next round of matching": day.isoformat()})


def test_who_skips_is_in_no_draft_of_that_round_and_in_the_next_again(
    stage: Stage, cohort: Cohort, priya: Actor
) -> None:
    ines, mira, yusuf = stage.person("Ines Duarte"), stage.person("Mira Okafor"), stage.person("Yusuf Demir")
    skipping = joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    joins(stage, yusuf, cohort, Role.MENTEE)
    stage.wait_until(FRIDAY + timedelta(hours=1))

    ines.presses("Skip this round")
    assert "You skip the round on Monday 15 March. You keep your place" in ines.reads
    ines.asks("status")
    assert "Next round: you skip the one on Monday 15 March" in ines.reads
    priya.asks_admin("people")
    assert "Ines Duarte: mentee, joined, skips the next round" in priya.reads

    stage.wait_until(datetime(2027, 3, 15, 10, 0, tzinfo=UTC))
    priya.asks_admin("match draft")
    assert "Yusuf Demir with Mira Okafor" in priya.reads
    assert "1 person skips this round." in priya.reads
    assert "Ines Duarte" not in priya.reads
    assert "Mentees with a mentor: 1 of 1" in priya.reads
    priya.asks_admin("match publish")
    priya.presses("Publish")

    assert not told(stage, "unmatched"), "who skips is not left over"
    after = place(stage, skipping)
    assert (after.skips, after.waited) == (False, 0)
    stage.wait(weeks=8)
    assert "is on Monday 12 April." in ines.reads_all, "who skipped hears of the next round as everybody does"


def test_a_skip_is_taken_back_by_its_button_and_from_status(stage: Stage, cohort: Cohort) -> None:
    ines = stage.person("Ines Duarte")
    participant = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(FRIDAY + timedelta(hours=1))

    ines.presses("Skip this round")
    ines.presses("Take part after all")
    assert "You are in the round on Monday 15 March." in ines.reads
    assert not place(stage, participant).skips

    ines.presses("Skip this round")
    ines.asks("status")
    ines.presses("Take part after all")
    assert not place(stage, participant).skips


def test_from_the_day_of_the_round_on_the_button_says_what_can_be_done(stage: Stage, cohort: Cohort) -> None:
    ines = stage.person("Ines Duarte")
    participant = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(datetime(2027, 3, 14, 23, 59, 58, tzinfo=UTC))
    ines.presses("Skip this round")
    assert place(stage, participant).skips
    stage.now = datetime(2027, 3, 15, 0, 1, tzinfo=UTC)

    ines.presses("Take part after all")
    assert "The round of Monday 15 March is already being made." in ines.reads
    assert "You are not in it, and nothing is lost" in ines.reads
    assert place(stage, participant).skips

    ines.does("round.skip", cohort=cohort.id, round="2027-03-15")
    assert "already being made" in ines.reads


def test_who_is_in_it_can_still_pause_when_it_is_too_late_to_skip(stage: Stage, cohort: Cohort) -> None:
    ines = stage.person("Ines Duarte")
    participant = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(datetime(2027, 3, 15, 10, 0, tzinfo=UTC))

    ines.presses("Skip this round")
    assert "Or pause now: then nobody new is given to you." in ines.reads
    assert not place(stage, participant).skips
    ines.presses("Pause")
    assert ines.dialog is not None


def test_an_old_button_tells_of_the_round_that_is_ahead(stage: Stage, cohort: Cohort, priya: Actor) -> None:
    ines = stage.person("Ines Duarte")
    participant = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(FRIDAY + timedelta(hours=1))
    sets_the_date(priya, cohort, date(2027, 3, 22))

    ines.presses("Skip this round")
    assert "The next one is on Monday 22 March." in ines.reads
    assert not place(stage, participant).skips
    ines.presses("Skip this round")
    assert place(stage, participant).skips

    sets_the_date(priya, cohort, date(2027, 3, 29))
    stage.wait_until(datetime(2027, 3, 27, tzinfo=UTC))
    assert "You skip it, as you said." in ines.reads_all


def test_a_button_of_somebody_who_is_not_there_any_more_does_nothing(stage: Stage, cohort: Cohort) -> None:
    kofi = stage.person("Kofi Mensah")
    kofi.does("round.skip", cohort=cohort.id, round="2027-03-15")
    assert "older" in kofi.reads or "no longer" in kofi.reads


def test_coordinators_hear_on_the_morning_of_the_round_and_draft_it_with_one_press(
    stage: Stage, cohort: Cohort, priya: Actor
) -> None:
    kofi = stage.person("Kofi Mensah", zone="America/New_York")
    joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE)
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR)
    appointed(stage, priya, cohort)
    appointed(stage, kofi, cohort)

    stage.wait_until(datetime(2027, 3, 16, tzinfo=UTC))

    assert told(stage, "due") == {
        priya.me.id: datetime(2027, 3, 15, 9, 0, tzinfo=UTC),
        kofi.me.id: datetime(2027, 3, 15, 13, 0, tzinfo=UTC),
    }
    assert "The next round of Mentoring is due: Monday 15 March." in priya.reads
    priya.presses("Draft it")
    assert "Ines Duarte with Mira Okafor" in priya.reads_all


def test_of_a_round_that_is_published_nobody_hears_that_it_is_due(stage: Stage, cohort: Cohort, priya: Actor) -> None:
    joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE)
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR)
    appointed(stage, priya, cohort)
    stage.wait_until(datetime(2027, 3, 15, 8, 0, tzinfo=UTC))
    priya.asks_admin("match draft")
    priya.asks_admin("match publish")
    priya.presses("Publish")

    stage.wait(days=3)

    assert not told(stage, "due")


def test_a_week_that_is_full_has_no_room_for_it(stage: Stage, cohort: Cohort) -> None:
    ines = stage.person("Ines Duarte")
    joins(stage, ines, cohort, Role.MENTEE)
    person = ines.me.id

    with stage.store() as store:
        for number in range(5):
            post = Post(f"n{number}", ToPerson(person), Message("Hello", ()), Kind.NUDGE, week="2027-W10")
            store.outbox.put(replace(post, subject="s", step=f"met_{number}", not_after=FRIDAY), now=stage.now)

    stage.wait_until(FRIDAY + timedelta(days=3))

    assert not told(stage, "coming")


def test_who_leaves_and_comes_back_does_not_skip_what_they_no_longer_know_of(stage: Stage, cohort: Cohort) -> None:
    ines = stage.person("Ines Duarte")
    participant = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait(days=11.5)
    ines.presses("Skip this round")
    assert place(stage, participant).skips
    ines.asks("leave")
    ines.presses("Leave the programme")
    assert not place(stage, participant).skips
