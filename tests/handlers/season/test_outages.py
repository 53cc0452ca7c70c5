"""Time that does not run evenly: outages, clocks that jump, zones and hours that change, rules that are rewritten."""

import random
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from flows import calendar
from flows.activities.writing import Writing, WritingState
from flows.budget import Charge, charge_of
from flows.calendar import Hours, is_working
from flows.match import Match
from flows.meetings import Meeting, plan
from flows.people import Person
from handlers import planning
from storage.outbox import State
from tests.handlers.season.pairs import matched, running
from tests.handlers.season.test_slot import told
from tests.handlers.stage import Actor, Stage

AWKWARD = ("Pacific/Auckland", "Pacific/Honolulu", "Pacific/Apia", "Africa/Cairo", "Europe/Lisbon", "America/Adak")
TUESDAY_SLOT = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def mira(stage: Stage) -> Actor:
    return stage.person("Mira Okafor")


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def match(stage: Stage, mira: Actor, ines: Actor) -> Match:
    """Matched on a Monday morning."""
    return matched(stage, running(stage), mentor=mira, mentee=ines)


def seals(stage: Stage, match: Match, author: Actor, opens: date) -> str:
    """A letter that opens on that day; its key in the outbox."""
    letter = Writing(
        f"w{next(stage.ids)}", match.id, author.me.id, "letter", 0, WritingState.SENT, stage.now, {"text": "x"}, opens
    )
    with stage.store() as store:
        store.writings.add(letter)
        store.schedule.look_at(f"letter:{letter.id}", stage.now)
    stage.deliver()
    return f"letter:{letter.id}"


def agrees(stage: Stage, match: Match, at: datetime) -> None:
    """The pair has a date for its first conversation."""
    with stage.store() as store:
        meeting = Meeting(match.id, 1, match.started_on)
        store.sessions.save(plan(meeting, at), at=stage.now)
        store.schedule.look_at(f"match:{match.id}", stage.now)
    stage.deliver()


def changes(stage: Stage, actor: Actor, **new: object) -> Person:
    """As their settings would."""
    person = actor.me
    with stage.store() as store:
        zone = str(new.pop("zone", person.zone))
        person = replace(person, hours=replace(person.hours, zone=zone), **new)  # type: ignore[arg-type]
        store.people.save(person)
        store.schedule.look_at(f"person:{person.id}", stage.now)
    return person


def state_of(stage: Stage, key: str) -> State:
    with stage.store() as store:
        (state,) = store.outbox.counts(key)
    return state


@pytest.mark.parametrize("days", [3, 21])
def test_after_an_outage_one_message_a_series_all_letters_and_nobody_at_night(
    stage: Stage, mira: Actor, ines: Actor, match: Match, days: int
) -> None:
    stage.wait_until(datetime(2027, 3, 15, 8, tzinfo=UTC))
    letters = {seals(stage, match, ines, date(2027, 3, 15) + timedelta(days=day)) for day in range(3)}
    agrees(stage, match, datetime(2027, 3, 16, 10, tzinfo=UTC))
    before = {actor.profile.name: len(told(stage, actor)) for actor in (mira, ines)}

    stage.now += timedelta(days=days, hours=12)
    stage.deliver()
    stage.wait(days=1)

    for actor in (mira, ines):
        after = told(stage, actor)[before[actor.profile.name] :]
        assert all(is_working(at, actor.me.hours) for _, at in after)
        series = Counter(key.split(":")[0] for key, _ in after if key not in letters)
        assert set(series.values()) <= {1}
        # Three days later the question may still be answered from memory; later the weekly message asks it. The week of
        # Ines is full of letters.
        assert actor is ines or ("met" in series) == (days == 3)
    # A week holds three messages: a letter that finds it full comes on the Monday after.
    stage.wait(days=5)
    assert letters <= {key for key, _ in told(stage, ines)}


def test_a_clock_that_is_set_back_repeats_nothing(stage: Stage, ines: Actor, match: Match) -> None:
    stage.wait_until(TUESDAY_SLOT + timedelta(minutes=5))
    before = [key for key, _ in told(stage, ines)]
    assert before == [f"session:{match.id}:1:{ines.me.id}"]

    stage.now -= timedelta(hours=2)
    changes(stage, ines)
    stage.wait(hours=5)

    assert [key for key, _ in told(stage, ines)] == before


def test_a_clock_that_jumps_ahead_lets_late_nudges_go_and_letters_arrive(
    stage: Stage, ines: Actor, match: Match
) -> None:
    stage.wait_until(datetime(2027, 3, 15, 12, tzinfo=UTC))
    changes(stage, ines, nudge_day=4)
    letter = seals(stage, match, ines, date(2027, 3, 22))
    stage.now = datetime(2027, 3, 18, 9, 30, tzinfo=UTC)
    planning.plan(stage.kit).all_well()
    nudge = f"nudge:{ines.me.id}:2027-W11"
    assert state_of(stage, nudge) is State.QUEUED

    stage.now += timedelta(days=3)
    stage.deliver()
    stage.wait(days=1, hours=2)

    assert state_of(stage, nudge) is State.EXPIRED
    assert state_of(stage, letter) is State.SENT


def test_whoever_changes_zone_day_and_hour_all_the_time_hears_once_a_week_at_most(
    stage: Stage, ines: Actor, match: Match
) -> None:
    dice = random.Random(20270301)
    moved = 0
    while stage.now < datetime(2027, 4, 26, tzinfo=UTC):
        hour = time(dice.randrange(9, 17), dice.choice((0, 30)))
        changes(stage, ines, zone=dice.choice(AWKWARD), nudge_day=dice.randrange(1, 6), nudge_at=hour)
        stage.wait(hours=dice.randrange(5, 40))
        moved += 1

    me = ines.me.id
    with stage.store() as store:
        weeks = store.season.history(me).by_week
    keys = [key for key, _ in told(stage, ines)]
    assert moved > 40
    assert len(keys) == len(set(keys)) >= 3
    for week, steps in weeks.items():
        assert sum(charge_of(step) is Charge.ROUTINE for step in steps) <= 1, week


@contextmanager
def rewritten(folder: Path, zone: str, like: str) -> Iterator[None]:
    """From now on this zone's clocks go like that other one's, as if a newer table had been installed."""

    def forget() -> None:
        zoneinfo.ZoneInfo.clear_cache()
        calendar._zone.cache_clear()
        calendar.at_local.cache_clear()

    table = folder / zone
    table.parent.mkdir(parents=True)
    table.write_bytes(files("tzdata").joinpath("zoneinfo", *like.split("/")).read_bytes())
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(folder)])
    forget()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        forget()


@pytest.mark.parametrize(("like", "utc"), [("Etc/GMT-1", time(8, 30)), ("Etc/GMT+1", time(10, 30))])
def test_rules_that_are_rewritten_move_the_next_slot_and_lose_or_repeat_none(
    stage: Stage, ines: Actor, match: Match, tmp_path: Path, like: str, utc: time
) -> None:
    stage.wait_until(TUESDAY_SLOT + timedelta(days=1))
    before = told(stage, ines)
    assert [at for _, at in before] == [TUESDAY_SLOT]

    with rewritten(tmp_path, "Europe/Lisbon", like):
        stage.wait(weeks=3)
        after = told(stage, ines)

    assert after[: len(before)] == before
    assert [at.date() for _, at in after] == [date(2027, 3, day) for day in (2, 9, 16, 23)]
    # The first look after the change is at the moment that the old rules gave; the slot may have come an hour before.
    assert [at.time() for _, at in after[1:]] == [max(utc, time(9, 30)), utc, utc]


def test_a_match_is_over_when_its_last_day_has_ended_for_both(stage: Stage) -> None:
    mira = stage.person("Mira Okafor", zone="Pacific/Auckland")
    ines = stage.person("Ines Duarte", zone="Pacific/Honolulu")
    match = matched(stage, running(stage), mentor=mira, mentee=ines)
    end = calendar.at_local(match.ends_on + timedelta(days=1), time(), "Pacific/Honolulu")

    stage.wait_until(end - timedelta(minutes=1))
    with stage.store() as store:
        assert store.matches.get(match.id).is_alive
    stage.wait(minutes=2)

    with stage.store() as store:
        assert store.matches.get(match.id).ended_on == match.ends_on


def test_what_is_confirmed_after_hours_is_asked_about_in_the_next_working_hour(
    stage: Stage, mira: Actor, ines: Actor, match: Match
) -> None:
    stage.wait_until(datetime(2027, 3, 5, 18, tzinfo=UTC))  # a Friday
    assert not is_working(stage.now, Hours("Europe/Lisbon"))
    ines.presses("We met")

    stage.wait(days=3)

    last_key, at = told(stage, mira)[-1]
    assert last_key.startswith(f"met:{match.id}:1")
    assert at == datetime(2027, 3, 8, 9, tzinfo=UTC)
