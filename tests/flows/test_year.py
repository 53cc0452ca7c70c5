"""A leap year in every zone there is: each slot at its local hour, once a week, whatever the clocks do.

What is right is found by brute force here: a zone is a row of stretches with one offset each, and the first moment
that reads a wall time lies in the first stretch that has it.
"""

import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.calendar import Hours, at_local, iso_week, local, weekly

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
BEGINS, ENDS = (datetime(*day, tzinfo=UTC).replace(tzinfo=None) for day in ((2028, 1, 1), (2029, 1, 8)))
"""In UTC without saying so: a million moments are made of them."""
TUESDAY, LEAP_DAY = 2, date(2028, 2, 29)  # a Tuesday
ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
NINE, HALF_PAST_MIDNIGHT, HALF_PAST_TWO = time(9), time(0, 30), time(2, 30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begins` to `ends` (UTC) the zone's clocks are ahead by `offset`."""

    begins: datetime
    ends: datetime
    offset: timedelta


def offset_at(moment: datetime, zone: str) -> timedelta:
    offset = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset


@cache
def stretches(zone: str) -> tuple[Stretch, ...]:
    """The year of a zone: looked at every twelve hours, and minute by minute where its clocks were set."""
    found, begins, offset = [], BEGINS - WEEK, offset_at(BEGINS - WEEK, zone)
    moment = begins
    while moment < ENDS + WEEK:
        later = moment + 12 * HOUR
        if offset_at(later, zone) != offset:
            changed = moment
            while offset_at(changed, zone) == offset:
                changed += MINUTE
            found.append(Stretch(begins, changed, offset))
            begins, offset = changed, offset_at(changed, zone)
        moment = later
    return (*found, Stretch(begins, ENDS + 2 * WEEK, offset))


def first_reading(wall: datetime, zone: str) -> datetime:
    """The first moment (UTC) at which clocks read this wall time or, where they jump over it, a later one."""
    for stretch in stretches(zone):
        if wall - stretch.offset < stretch.ends:
            return max(wall - stretch.offset, stretch.begins)
    raise AssertionError(f"{wall} lies beyond the year")


def days_to_try(zone: str) -> Iterator[date]:
    """Every Tuesday, and the days about each change of the clocks."""
    for number in range((ENDS - BEGINS).days):
        midnight = BEGINS + number * DAY
        near = any(abs(one.begins - midnight) < 2 * DAY for one in stretches(zone))
        if near or midnight.isoweekday() == TUESDAY:
            yield midnight.date()


def test_there_are_about_as_many_zones_as_the_world_has() -> None:
    assert len(ZONES) > 550
    assert sum(len(stretches(zone)) > 1 for zone in ZONES) > 150, "so many set their clocks"


@pytest.mark.parametrize("at", [NINE, HALF_PAST_MIDNIGHT, HALF_PAST_TWO])
def test_every_local_time_is_the_moment_that_brute_force_finds(at: time) -> None:
    wrong = [
        (zone, day)
        for zone in ZONES
        for day in days_to_try(zone)
        if at_local(day, at, zone).replace(tzinfo=None) != first_reading(datetime.combine(day, at), zone)
    ]
    assert wrong == []


@pytest.mark.parametrize(("wished", "heard"), [(NINE, NINE), (HALF_PAST_MIDNIGHT, time(5)), (HALF_PAST_TWO, time(5))])
def test_a_year_of_nudges_in_every_zone(wished: time, heard: time) -> None:
    """All at their local hour, none in quiet hours, one in each ISO week; the leap day is a Tuesday like any other."""
    for zone in ZONES:
        hours = Hours(zone=zone, start=time(0), end=time(23, 59))
        moment, slots = BEGINS.replace(tzinfo=UTC), []
        while (moment := weekly(moment, hours, TUESDAY, wished)) < ENDS.replace(tzinfo=UTC):
            slots.append(moment)
            moment += timedelta.resolution
        walls = [local(slot, hours) for slot in slots]
        assert {(wall.isoweekday(), wall.time()) for wall in walls} == {(TUESDAY, heard)}, zone
        assert len({iso_week(slot, zone) for slot in slots}) == len(slots) == 53, zone
        assert LEAP_DAY in [wall.date() for wall in walls], zone
        expected = [first_reading(datetime.combine(wall.date(), heard), zone) for wall in walls]
        assert [slot.replace(tzinfo=None) for slot in slots] == expected, zone


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Fakaofo"])
def test_a_slot_on_a_day_that_the_zone_skips_is_left_out_or_moves_within_its_week(zone: str) -> None:
    skipped = date(2011, 12, 30)
    thursday = at_local(skipped - DAY, NINE, zone)

    five_days = weekly(thursday, Hours(zone=zone), skipped.isoweekday(), NINE)
    seven_days = weekly(thursday, Hours(zone=zone, work_days=frozenset(range(1, 8))), skipped.isoweekday(), NINE)

    assert local(five_days, Hours(zone=zone)).replace(tzinfo=None) == datetime.combine(skipped + WEEK, NINE)
    assert local(seven_days, Hours(zone=zone)).replace(tzinfo=None) == datetime.combine(skipped + DAY, NINE)


@pytest.mark.parametrize(
    ("zone", "day"), [("Africa/Cairo", date(2026, 4, 24)), ("Asia/Beirut", date(2026, 3, 29))], ids=["Cairo", "Beirut"]
)
def test_a_day_whose_midnight_is_skipped_begins_an_hour_later_and_is_not_lost(zone: str, day: date) -> None:
    every_day = Hours(zone=zone, work_days=frozenset(range(1, 8)), start=time(0), end=time(22))

    assert local(at_local(day, time(0), zone), every_day).time() == time(1)
    assert local(at_local(day, time(0, 30), zone), every_day).time() == time(1)
    slot = weekly(at_local(day, time(0), zone), every_day, day.isoweekday(), time(5))
    assert local(slot, every_day).replace(tzinfo=None) == datetime.combine(day, time(5))


def test_rules_that_a_government_changes_move_what_lies_ahead(tmp_path: Path) -> None:
    """The same slots, reckoned by a program that finds another table for Berlin: summer time is given up."""
    table = tmp_path / "Europe" / "Berlin"
    table.parent.mkdir()
    table.write_bytes(files("tzdata").joinpath("zoneinfo", "Etc", "GMT-1").read_bytes())
    reckon = """if True:
        from datetime import UTC, datetime, time, timedelta
        from flows.calendar import Hours, weekly
        moment = datetime(2028, 3, 1, tzinfo=UTC)
        for _ in range(8):
            moment = weekly(moment + timedelta(seconds=1), Hours("Europe/Berlin"), 2, time(9, 30))
            print(moment.isoformat())
    """
    command = [sys.executable, "-c", reckon]
    before = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    after = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PYTHONTZPATH": str(tmp_path), "PYTHONPATH": "."}
    ).stdout.split()

    assert {moment[11:16] for moment in after} == {"08:30"}, "09:30 in the one offset that is left"
    assert [old == new for old, new in zip(before, after, strict=True)] == [True] * 3 + [False] * 5
