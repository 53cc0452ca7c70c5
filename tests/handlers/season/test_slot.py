"""The weekly slot: local hours, holidays, absence, the budget, and silence for whoever wants it."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from flows.people import Standing
from flows.programme import CohortState
from handlers.planning import next_look
from storage.tables import outbox
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage


def told(stage: Stage, actor: Actor) -> list[tuple[str, datetime]]:
    """Key and moment of every proactive message that this person got, oldest first."""
    query = select(outbox.c.key, outbox.c.sent_at).where(
        outbox.c.to_id == actor.me.id, outbox.c.kind != "answer", outbox.c.state == "sent", outbox.c.edits == ""
    )
    with stage.database.transaction() as connection:
        return [(row.key, row.sent_at) for row in connection.execute(query.order_by(outbox.c.sent_at))]


def settles(stage: Stage, actor: Actor, **changes: object) -> None:
    with stage.store() as store:
        person = store.people.of(actor.account)
        assert person is not None
        hours = {name: changes.pop(name) for name in ("country", "away_until") if name in changes}
        person = replace(person, hours=replace(person.hours, **hours), **changes)  # type: ignore[arg-type]
        store.people.save(person)
        store.schedule.look_at(f"person:{person.id}", stage.now)


def test_everybody_hears_at_their_own_hour_on_both_sides_of_a_clock_change(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor", zone="America/New_York"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(weeks=14)
    for actor in (mira, ines):
        local = [at.astimezone(ZoneInfo(actor.profile.zone)) for _, at in told(stage, actor)]
        assert len(local) >= 8
        assert {moment.isoweekday() for moment in local} == {2}
        assert {moment.time().replace(second=0, microsecond=0) for moment in local} == {time(9, 30)}


def test_nobody_hears_twice_in_a_week_or_twice_the_same(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(weeks=14)
    weeks = Counter(at.isocalendar()[:2] for _, at in told(stage, ines))
    assert max(weeks.values()) == 1
    keys = [key for key, _ in told(stage, ines)]
    assert len(keys) == len(set(keys))


def test_a_holiday_moves_the_slot_to_the_next_working_day(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor", zone="Europe/Berlin"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    settles(stage, mira, country="DE", nudge_day=1)
    stage.wait(weeks=8)
    days = [at.date() for _, at in told(stage, mira)]
    assert date(2027, 3, 29) not in days, "Easter Monday"
    assert all(day.isoweekday() == 1 for day in days if day.isocalendar().week not in (13,))


def test_nothing_comes_while_somebody_is_away_and_then_the_slot_goes_on(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(days=2)
    before = len(told(stage, ines))
    back = stage.now.date() + timedelta(weeks=3)
    settles(stage, ines, away_until=back)
    stage.wait(weeks=3)
    assert len(told(stage, ines)) == before
    assert all("Ines" not in key for key, _ in told(stage, mira)[before:])
    assert [key for key, _ in told(stage, mira)[before:] if key.startswith("nudge")] == [], "nor about her"
    stage.wait(weeks=2)
    assert len(told(stage, ines)) > before
    assert all(at.date() > back for _, at in told(stage, ines)[before:])


def test_a_paused_pair_is_left_in_peace(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    match = matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(days=2)
    with stage.store() as store:
        place = store.participants.get(match.members[0].participant)
        store.participants.save(replace(place, standing=Standing.PAUSED))
    before = [len(told(stage, actor)) for actor in (mira, ines)]
    stage.wait(weeks=4)
    later = [[key for key, _ in told(stage, actor)[n:]] for actor, n in zip((mira, ines), before, strict=True)]
    assert [key for keys in later for key in keys if key.startswith(("nudge", "session", "letter"))] == []


def test_who_turns_nudges_off_gets_none_for_26_weeks_and_keeps_the_match(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    cohort = running(stage, weeks=26)
    match = matched(stage, cohort, mentor=mira, mentee=ines)
    while "[Turn these off]" not in ines.reads_all:
        stage.wait(weeks=1)
    ines.presses("Turn these off")
    assert "These messages are off." in ines.reads
    before = len(told(stage, ines))
    stage.wait(weeks=26)
    assert [key for key, _ in told(stage, ines)[before:] if not key.startswith(("session", "letter", "closing"))] == []
    with stage.store() as store:
        assert store.matches.get(match.id).ended_on is not None, "it ran its course"


def test_nudges_can_be_turned_on_again(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    while "[Turn these off]" not in ines.reads_all:
        stage.wait(weeks=1)
    ines.presses("Turn these off")
    ines.presses("Turn them on again")
    assert "The next may come on Tuesday" in ines.reads
    before = len(told(stage, ines))
    stage.wait(weeks=2)
    assert len(told(stage, ines)) > before


def test_not_this_week_says_when_the_next_may_come(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(days=15, hours=3)
    ines.presses("Not this week")
    assert ines.reads == "That can wait. You hear from me on Tuesday 23 March at the earliest."


def test_after_an_outage_a_person_hears_once_and_only_in_the_same_week(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.now += timedelta(days=3)
    stage.deliver()
    assert len(told(stage, ines)) == 1, "Thursday instead of Tuesday"
    stage.now += timedelta(weeks=3)
    stage.deliver()
    assert len(told(stage, ines)) == 2, "of three slots the newest alone is made up for"
    stage.wait(weeks=1)
    assert len(told(stage, ines)) == 3


def test_a_closed_account_is_not_looked_at_any_more(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    settles(stage, ines, active=False)
    stage.wait(weeks=3)
    with stage.database.transaction() as connection:
        left = connection.exec_driver_sql("select subject from schedule").scalars().all()
    assert [subject for subject in left if subject.startswith("person")] == [f"person:{mira.me.id}"]
    assert ines.screen == []


def test_a_mentor_of_five_never_hears_more_than_five_times_a_week(stage: Stage) -> None:
    mira = stage.person("Mira Okafor")
    mentees = [stage.person(f"{name} Duarte") for name in ("Ana", "Bea", "Caro", "Dina", "Eva")]
    first, second, third = (running(stage, name) for name in ("Leaders", "Returners", "Data"))
    for mentee, cohort in zip(mentees, (first, first, second, second, third), strict=True):
        matched(stage, cohort, mentor=mira, mentee=mentee)
    for week in range(13):
        stage.wait(days=2)
        for place, mentee in enumerate(mentees):
            if (week + place) % 2 and any(seen.message for seen in mentee.screen):
                _agrees_when_asked(stage, mentee)
        stage.wait(days=5)
    weeks = Counter(at.isocalendar()[:2] for _, at in told(stage, mira))
    assert max(weeks.values()) <= 5
    assert max(weeks.values()) >= 2, "five meetings were asked about as far as the week had room"
    asked = Counter(at.isocalendar()[:2] for key, at in told(stage, mira) if key.startswith("met:"))
    assert max(asked.values()) == 2
    assert "[See it]" in mira.reads_all, "cards of five matches shared a message"


def _agrees_when_asked(stage: Stage, mentee: Actor) -> None:
    if "[We have a date]" not in mentee.reads_all:
        return
    mentee.presses("We have a date")
    mentee.fills(day=(stage.now + timedelta(days=1)).date().isoformat(), hour="10:00")


def test_a_mentor_of_two_sees_both_in_one_message_and_what_is_done_leaves_the_other(stage: Stage) -> None:
    mira, ines, noor = stage.person("Mira Okafor"), stage.person("Ines Duarte"), stage.person("Noor Haddad")
    cohort = running(stage)
    matched(stage, cohort, mentor=mira, mentee=ines)
    matched(stage, cohort, mentor=mira, mentee=noor)
    stage.wait(days=2)
    assert len(mira.screen) == 1
    assert "conversation with Ines is open" in mira.reads
    assert "conversation with Noor is open" in mira.reads
    mira.presses("See it", from_oldest=True)
    assert "The card for you and Ines is below." in mira.reads_all
    assert "conversation with Noor is open" in mira.reads_all
    assert "Your first conversation with Ines is open." in mira.reads
    mira.presses("See it")
    assert "Your first conversation with Noor is open." in mira.reads
    assert len(mira.screen) == 3


def test_the_cohort_of_a_match_that_ran_its_course_brings_nothing_more(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    cohort = running(stage)
    matched(stage, cohort, mentor=mira, mentee=ines)
    stage.wait(weeks=14)
    stage.moves(cohort, CohortState.CLOSING, CohortState.ARCHIVED)
    stage.wait(weeks=3)
    with stage.store() as store:
        assert next_look(store) is None
