"""Nobody hears from us outside their own working hours, wherever they live and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar import (
    Hours,
    at_local,
    is_working,
    iso_week,
    local,
    next_working,
    shared_working,
    week_of,
    weekly,
)

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Africa/Cairo",
    "Antarctica/Troll",
)
COUNTRIES = ("", "DE", "US", "BR", "IN", "JP", "AU", "NZ", "EG", "ZZ")
QUARTER = timedelta(minutes=15)
NINE_THIRTY = time(9, 30)
TUESDAY = 2

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
moments = st.builds(lambda seconds: NEW_YEAR + timedelta(seconds=seconds), st.integers(0, 365 * 86_400 - 1))


@st.composite
def rules(draw: st.DrawFn) -> Hours:
    start = draw(st.integers(0, 20))
    return Hours(
        zone=draw(st.sampled_from(ZONES)),
        work_days=draw(st.frozensets(st.integers(1, 7), min_size=1)),
        start=time(start, draw(st.sampled_from((0, 30)))),
        end=time(draw(st.integers(max(start, 5) + 1, 23))),
        country=draw(st.sampled_from(COUNTRIES)),
        away_until=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1))),
    )


def may_be_written_to(at: datetime, hours: Hours) -> bool:
    """The definition once more, read off the person's wall clock minute by minute, with no arithmetic to go wrong."""
    wall = at.astimezone(ZoneInfo(hours.zone))
    known = hours.country in holidays.list_supported_countries()
    return (
        wall.isoweekday() in hours.work_days
        and hours.start <= wall.time() < hours.end
        and time(5) <= wall.time() < time(22)
        and not (known and wall.date() in holidays.country_holidays(hours.country))
        and not (hours.away_until and wall.date() <= hours.away_until)
    )


@given(at=moments, hours=rules())
def test_working_hours_are_what_the_wall_clock_says(at: datetime, hours: Hours) -> None:
    assert is_working(at, hours) == may_be_written_to(at, hours)


@given(at=moments, hours=rules())
def test_the_next_working_moment_is_a_working_one_and_none_lies_before_it(at: datetime, hours: Hours) -> None:
    found = next_working(at, hours)

    assert found >= at
    assert found.tzinfo is UTC
    assert may_be_written_to(found, hours)
    assert not may_be_written_to(found - timedelta(microseconds=1), hours) or found == at
    last = min(found, at + timedelta(days=10))
    steps = int((last - at) / QUARTER)
    assert not any(
        may_be_written_to(at + step * QUARTER, hours) for step in range(steps) if at + step * QUARTER < found
    )


@given(at=moments, hours=rules(), weekday=st.integers(1, 7), hour=st.times())
def test_a_weekly_slot_comes_once_a_week_and_only_in_working_hours(
    at: datetime, hours: Hours, weekday: int, hour: time
) -> None:
    slots = [weekly(at, hours, weekday, hour)]
    for _ in range(8):
        slots.append(weekly(slots[-1] + timedelta(microseconds=1), hours, weekday, hour))

    assert all(slot >= at and may_be_written_to(slot, hours) for slot in slots)
    assert slots == sorted(slots)
    assert len({iso_week(slot, hours.zone) for slot in slots}) == len(slots)
    assert weekly(slots[0], hours, weekday, hour) == slots[0]


@given(zone=st.sampled_from(ZONES), start=moments)
def test_a_weekly_slot_keeps_its_wall_time_when_the_clocks_change(zone: str, start: datetime) -> None:
    hours = Hours(zone=zone)
    slot, walls = start, set()
    for _ in range(53):
        slot = weekly(slot + timedelta(seconds=1), hours, TUESDAY, NINE_THIRTY)
        wall = local(slot, hours)
        walls.add((wall.isoweekday(), wall.time()))

    assert walls == {(TUESDAY, NINE_THIRTY)}


@given(zone=st.sampled_from(ZONES), day=days, minute=st.integers(0, 24 * 60 - 1))
def test_a_local_time_becomes_the_first_instant_that_reads_so_or_later(zone: str, day: date, minute: int) -> None:
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    instant = at_local(day, wall.time(), zone)
    just_before = instant - timedelta(seconds=1)

    def reads(at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert reads(instant) >= wall
    assert reads(just_before) < wall
    if reads(instant) != wall:
        assert not any(reads(instant + hop * QUARTER / 15) == wall for hop in range(-240, 240)), "the time did exist"


@pytest.mark.parametrize(
    ("day", "wall", "zone", "instant"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 8), time(2, 30), "America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (date(2026, 4, 24), time(0, 30), "Africa/Cairo", datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 0), "Antarctica/Troll", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2011, 12, 30), time(9, 0), "Pacific/Apia", datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_gaps_give_the_first_existing_instant_and_folds_the_first(
    day: date, wall: time, zone: str, instant: datetime
) -> None:
    assert at_local(day, wall, zone) == instant


def test_a_day_that_a_zone_skipped_is_no_working_day() -> None:
    apia = Hours(zone="Pacific/Apia")
    thursday_evening = at_local(date(2011, 12, 29), time(20), "Pacific/Apia")

    assert local(next_working(thursday_evening, apia), apia) == datetime(2012, 1, 2, 9, tzinfo=ZoneInfo("Pacific/Apia"))


def test_a_slot_on_a_holiday_moves_to_the_next_working_day_of_that_week() -> None:
    # Tuesday 6 January 2026 is a holiday in Austria.
    vienna = Hours(zone="Europe/Vienna", country="AT")
    monday = at_local(date(2026, 1, 5), time(8), "Europe/Vienna")

    first = weekly(monday, vienna, TUESDAY, NINE_THIRTY)
    second = weekly(first + timedelta(seconds=1), vienna, TUESDAY, NINE_THIRTY)

    assert [first, second] == [at_local(date(2026, 1, day), NINE_THIRTY, "Europe/Vienna") for day in (7, 13)]


def test_a_slot_with_no_working_day_left_in_its_week_waits_for_the_next() -> None:
    away = Hours(zone="Europe/Berlin", away_until=date(2026, 5, 10))
    monday = at_local(date(2026, 5, 4), time(8), "Europe/Berlin")

    assert weekly(monday, away, TUESDAY, NINE_THIRTY) == at_local(date(2026, 5, 12), NINE_THIRTY, "Europe/Berlin")


def test_a_slot_after_the_last_work_day_means_the_last_work_day() -> None:
    part_time = Hours(work_days=frozenset({1, 3}))

    assert weekly(datetime(2026, 5, 4, tzinfo=UTC), part_time, 5, time(10)) == datetime(2026, 5, 6, 10, tzinfo=UTC)


def test_a_slot_outside_the_working_hours_means_their_start() -> None:
    late = Hours(start=time(10), end=time(15))

    assert weekly(datetime(2026, 5, 4, tzinfo=UTC), late, 1, time(9)) == datetime(2026, 5, 4, 10, tzinfo=UTC)
    assert weekly(datetime(2026, 5, 4, tzinfo=UTC), late, 1, time(15)) == datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_the_last_day_away_is_still_away() -> None:
    ada = Hours(away_until=date(2026, 5, 13))

    assert next_working(datetime(2026, 5, 11, 12, tzinfo=UTC), ada) == datetime(2026, 5, 14, 9, tzinfo=UTC)


def test_the_first_and_the_last_minute_of_the_day() -> None:
    ada = Hours()

    assert not is_working(datetime(2026, 5, 11, 8, 59, 59, tzinfo=UTC), ada)
    assert is_working(datetime(2026, 5, 11, 9, tzinfo=UTC), ada)
    assert is_working(datetime(2026, 5, 11, 16, 59, 59, tzinfo=UTC), ada)
    assert not is_working(datetime(2026, 5, 11, 17, tzinfo=UTC), ada)


@pytest.mark.parametrize(
    ("at", "zone", "week"),
    [
        (datetime(2026, 3, 16, 6, tzinfo=UTC), "Europe/Berlin", "2026-W12"),
        (datetime(2026, 3, 16, 6, tzinfo=UTC), "Pacific/Honolulu", "2026-W11"),
        (datetime(2027, 1, 1, 12, tzinfo=UTC), "UTC", "2026-W53"),
        (datetime(2026, 1, 1, 12, tzinfo=UTC), "UTC", "2026-W01"),
    ],
)
def test_the_iso_week_is_that_of_the_persons_calendar(at: datetime, zone: str, week: str) -> None:
    assert iso_week(at, zone) == week


def test_a_programme_begins_in_week_one() -> None:
    monday = date(2026, 6, 1)

    assert [week_of(monday, monday + timedelta(days=n)) for n in (-8, -1, 0, 6, 7, 76, 77)] == [-1, 0, 1, 1, 2, 11, 12]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Europe/Atlantis"}, "Europe/Atlantis"),
        ({"zone": "Europe"}, "Europe"),
        ({"zone": "../etc/passwd"}, "passwd"),
        ({"work_days": frozenset()}, "work days"),
        ({"work_days": frozenset({0})}, "work days"),
        ({"start": time(17), "end": time(9)}, "05:00"),
        ({"start": time(22), "end": time(23)}, "22:00"),
        ({"away_until": date.max}, "too far"),
    ],
)
def test_hours_in_which_nobody_could_ever_be_reached_are_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Hours(**wrong)  # type: ignore[arg-type]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        is_working(datetime.combine(date(2026, 5, 11), time(9)), Hours())


def test_a_shared_moment_lies_in_the_working_hours_of_everybody() -> None:
    lisbon, new_york = Hours("Europe/Lisbon"), Hours("America/New_York")
    morning_in_lisbon = datetime(2026, 5, 11, 8, tzinfo=UTC)
    assert shared_working(morning_in_lisbon, [lisbon, new_york]) == datetime(2026, 5, 11, 13, tzinfo=UTC)
    friday_evening = datetime(2026, 5, 15, 16, tzinfo=UTC)
    assert shared_working(friday_evening, [lisbon, new_york]) == datetime(2026, 5, 18, 13, tzinfo=UTC)


def test_where_days_never_meet_the_first_ones_hours_count() -> None:
    lisbon, auckland = Hours("Europe/Lisbon"), Hours("Pacific/Auckland")
    evening = datetime(2026, 5, 11, 20, tzinfo=UTC)
    assert shared_working(evening, [lisbon, auckland]) == datetime(2026, 5, 12, 8, tzinfo=UTC)
    assert shared_working(evening, [auckland, lisbon]) == datetime(2026, 5, 11, 21, tzinfo=UTC)
