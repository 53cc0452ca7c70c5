"""The day until which somebody pauses, as people type it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.until import NoDay, Trouble, ahead, read_day

TODAY = date(2027, 3, 2)
NEAR = st.dates(min_value=TODAY, max_value=TODAY + timedelta(days=300))


@pytest.mark.parametrize(
    "typed",
    [
        "2027-04-02", "2027-4-2", "2.4.", "2.4", "2. 4. 2027", "2 April", "2nd of april", "April 2", "Apr 2, 2027",
        "until 2 April", "UNTIL 2 APRIL 2027",
    ],
)  # fmt: skip
def test_one_day_may_be_typed_in_many_ways(typed: str) -> None:
    assert read_day(typed, TODAY) == date(2027, 4, 2)


@pytest.mark.parametrize(
    "typed", ["soon", "", "2 Ma", "31 February", "0.4.", "2027-13-01", "<!channel>", "next week", "29 February 2027"]
)
def test_what_is_no_day_is_unclear(typed: str) -> None:
    with pytest.raises(NoDay) as caught:
        read_day(typed, TODAY)
    assert caught.value.trouble is Trouble.UNCLEAR


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert read_day("1 March", TODAY) == date(2028, 3, 1)
    assert read_day("29 February", TODAY) == date(2028, 2, 29)


@given(NEAR)
def test_what_we_write_ourselves_can_be_read(day: date) -> None:
    assert read_day(day.isoformat(), TODAY) == day
    assert read_day(f"{day.day} {day:%B}", TODAY) == day


@given(st.text())
def test_whatever_is_typed_is_a_day_or_no_day(typed: str) -> None:
    try:
        assert isinstance(read_day(typed, TODAY), date)
    except NoDay as caught:
        assert caught.trouble is Trouble.UNCLEAR  # noqa: PT017 - either end is right


def test_a_pause_ends_ahead_and_within_a_year() -> None:
    assert ahead(date(2027, 3, 3), TODAY) == date(2027, 3, 3)
    for day, trouble in {TODAY: Trouble.PAST, date(2029, 1, 1): Trouble.FAR}.items():
        with pytest.raises(NoDay) as caught:
            ahead(day, TODAY)
        assert caught.value.trouble is trouble
