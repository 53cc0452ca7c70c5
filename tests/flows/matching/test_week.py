"""Free time is counted in quarter hours of UTC, so that no zone loses its half hour."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.matching.week import QUARTERS, SLOTS, hours_in, in_local, in_utc, names, offset_in, read_spans

OFFSETS = st.sampled_from([-660, -570, -480, -210, 0, 60, 330, 345, 540, 765, 840])


@pytest.mark.parametrize(
    ("slot", "offset", "same"),
    [
        ("tue-am", 0, "tue 9-13"),
        ("tue-am", 120, "tue 7-11"),
        ("mon-am", 660, "sun 22-24|mon 0-2"),
        ("sun-pm", -480, "sun 21-24|mon 0-1"),
    ],
)
def test_local_parts_of_a_day_become_hours_in_utc(slot: str, offset: int, same: str) -> None:
    assert in_utc([slot], offset) == read_spans(same, 0)
    assert in_local(names(in_utc([slot], offset)), offset) == (slot,)


@pytest.mark.parametrize("offset", [330, 345, -210, 765])
def test_a_half_hour_is_not_lost(offset: int) -> None:
    shared = in_utc(["tue-am"], offset) & in_utc(["tue-am"], offset - 30)

    assert shared.bit_count() == 14, "three hours and a half"
    assert hours_in(shared) == 3
    assert len(names(in_utc(["tue-am"], offset))) == 4


@given(slots=st.sets(st.sampled_from(SLOTS)), offset=OFFSETS)
def test_whoever_is_told_of_their_own_time_reads_what_they_chose(slots: set[str], offset: int) -> None:
    assert set(in_local(names(in_utc(slots, offset)), offset)) == slots
    assert in_utc(slots, offset).bit_count() == 16 * len(slots)
    assert in_utc(slots, offset) < 1 << QUARTERS


def test_shared_hours_are_told_on_the_readers_own_clock() -> None:
    shared = names(in_utc(["thu-am"], 60) & in_utc(["thu-am", "fri-pm"], 0))

    assert shared == ("thu-09", "thu-10", "thu-11")
    assert in_local(shared, 60) == ("thu-am",)
    assert in_local(shared, 240) == ("thu-pm",)
    assert in_local(shared, 540) == (), "an evening has no name here"


@pytest.mark.parametrize("slot", ["someday-am", "mon", "mon-night", ""])
def test_an_unknown_slot_is_refused(slot: str) -> None:
    with pytest.raises(ValueError, match="unknown slot"):
        in_utc([slot], 0)


@pytest.mark.parametrize(
    ("text", "offset", "hours"),
    [
        ("mon 9-12|wed 14-16", 0, 5),
        ("Mon 9-12 | mon 10-13 || ", 0, 4),
        ("mon 0-24", 345, 24),
        ("sun 23-24|mon 0-1", 330, 2),
        ("mon 09 - 12", 0, 3),
        ("", 0, 0),
    ],
)
def test_hours_are_read(text: str, offset: int, hours: int) -> None:
    assert read_spans(text, offset).bit_count() == 4 * hours


@pytest.mark.parametrize(
    "part", ["mon", "mon 9", "mon 12-9", "mon 9-9", "mon 9-25", "day 9-10", "mon 9:30-10", "mon 9-12h"]
)
def test_hours_that_cannot_be_read_are_named(part: str) -> None:
    with pytest.raises(ValueError, match=f"^{part}$"):
        read_spans(f"tue 9-10|{part}", 0)


def test_the_week_wraps_round() -> None:
    assert read_spans("mon 0-1", 60) == read_spans("sun 23-24", 0)
    assert read_spans("sun 23-24", -60) == read_spans("mon 0-1", 0)


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Europe/Berlin", date(2026, 1, 5), 60),
        ("Europe/Berlin", date(2026, 7, 9), 120),
        ("Europe/Berlin", date(2026, 3, 29), 60),
        ("Asia/Kathmandu", date(2026, 1, 5), 345),
        ("UTC", date(2026, 1, 5), 0),
    ],
)
def test_a_zone_counts_as_on_the_monday_of_the_week(zone: str, day: date, offset: int) -> None:
    """On the last Sunday of March clocks in Berlin go forward; the Monday of that week was still winter."""
    assert offset_in(zone, day) == offset


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "Europe", "", "../UTC", "europe/berlin "])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r"no time zone|ZoneInfo keys"):
        offset_in(zone, date(2026, 1, 5))
