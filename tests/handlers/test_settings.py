"""Settings: one dialog, all of it kept or none."""

from dataclasses import replace
from datetime import date, time

import pytest

from flows.people import Role
from tests.handlers.stage import Stage
from tests.handlers.test_joining import joined, place, said
from tests.handlers.test_standing import as_mentor, pair


def test_settings_open_in_a_dialog_with_what_holds(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    assert ines.dialog is not None
    assert "Only you see these" in ines.reads
    ines.fills({})
    assert "Saved." in ines.reads
    assert (ines.me.nudge_day, ines.me.nudge_at) == (2, time(9, 30))


def test_everything_can_be_set_at_once(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    ines.fills(
        day="Thursday", at="14:00", away="2027-04-02", zone="Europe/Berlin", country="Portugal", introduction="Hi."
    )
    me = ines.me
    assert (me.nudge_day, me.nudge_at, me.introduction) == (4, time(14), "Hi.")
    assert (me.zone, me.hours.country, me.hours.away_until) == ("Europe/Berlin", "PT", date(2027, 4, 2))
    assert "we write on Thursday at 14:00" in ines.reads


def test_the_weekly_message_can_be_turned_off_and_on(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    ines.fills(nudges="Never")
    assert not ines.me.nudges
    assert "No weekly message comes any more" in ines.reads
    ines.presses("Change settings")
    ines.fills(nudges="When something is due")
    assert ines.me.nudges


def test_what_does_not_fit_is_told_beside_its_field_and_nothing_is_kept(stage: Stage) -> None:
    stage.programme()
    mira = as_mentor(stage)
    mira.asks("settings")
    field = f"capacity_{place(mira).id}"
    mira.fills({field: "9"}, at="03:00", away="soon", introduction="x" * 3_000, day="Thursday")
    assert set(mira.errors) == {field, "at", "away", "introduction"}
    assert "3000 characters, and 600 fit" in mira.errors["introduction"]
    assert mira.me.nudge_day == 2
    assert place(mira).capacity == 2


@pytest.mark.parametrize("at", ["08:59", "17:00", "18:30"])
def test_only_an_hour_at_which_we_write_can_be_chosen(stage: Stage, at: str) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    ines.fills(at=at)
    assert ines.errors == {"at": "A time from 9:00 on and before 17:00 fits: we write in your working hours only."}
    assert ines.me.nudge_at == time(9, 30)


def test_only_a_day_on_which_somebody_works_is_offered(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    assert "Friday" in ines.reads
    assert "Saturday" not in ines.reads


def test_capacity_below_the_mentees_keeps_them_and_says_so(stage: Stage) -> None:
    cohort = stage.programme()
    mira, ines, nadia = as_mentor(stage), joined(stage), joined(stage, "Nadia Rahman")
    first, second = pair(stage, cohort, mira, ines), pair(stage, cohort, mira, nadia, "m2")
    mira.asks("settings")
    mira.fills({"Mentees at a time": "1"})
    assert "you keep your 2 mentees. Nobody new is given to you while you offer 1." in mira.reads
    assert (place(mira).capacity, place(mira).roles, said(mira)["capacity"]) == (1, frozenset({Role.MENTOR}), 1)
    with stage.store() as store:
        assert all(store.matches.get(match.id).is_alive for match in (first, second))


def test_what_is_set_here_stands_on_the_card_of_answers(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("settings")
    ines.fills(zone="Europe/Athens", introduction="New words.")
    assert said(ines)["place"] == ("Europe/Athens", "en")
    assert said(ines)["about"] == "New words."
    ines.asks("status")
    ines.presses("My answers")
    assert "Athens; English" in ines.reads


def test_an_introduction_that_was_taken_out_stays_out(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("status")
    ines.presses("My answers")
    ines.presses("Take out", beside="In their own words")
    ines.asks("settings")
    ines.fills(day="Thursday")
    assert ines.me.introduction == ""
    assert said(ines)["about"] == "I count things."


def test_an_introduction_written_anew_is_seen_again(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("status")
    ines.presses("My answers")
    ines.presses("Take out", beside="In their own words")
    ines.asks("settings")
    ines.fills(introduction="Seen again.")
    assert place(ines).hidden == frozenset()
    assert said(ines)["about"] == "Seen again."


def test_nobody_is_asked_for_an_address_where_all_partners_are_on_one_platform(stage: Stage) -> None:
    del stage.spaces["stage"]
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    assert "e-mail" not in ines.reads
    known = replace(ines.me, email="ines@directory.example")
    with stage.store() as store:
        store.people.save(known)
    ines.asks("settings")
    ines.fills({})
    assert ines.me.mail == ""


def test_an_address_is_shared_while_its_owner_says_so(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("settings")
    assert "( ) My partners may have it" in ines.reads
    ines.fills(mail="My partners may have it", address="ines at work")
    assert ines.errors == {"address": "Your address at work fits here, such as name@company.com."}
    assert ines.me.mail == ""
    ines.fills(mail="My partners may have it", address="ines@company.example")
    assert ines.me.mail == "ines@company.example"
    ines.asks("settings")
    ines.fills(mail="I keep it to myself")
    assert (ines.me.mail, ines.me.shared_email) == ("", "")


def test_the_address_of_the_directory_goes_before_one_that_was_typed(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    known = replace(ines.me, email="ines@directory.example", shared_email="old@directory.example")
    with stage.store() as store:
        store.people.save(known)
    assert ines.me.mail == "ines@directory.example"
    ines.asks("settings")
    assert "The address" not in ines.reads
    ines.fills({})
    assert ines.me.mail == "ines@directory.example"
