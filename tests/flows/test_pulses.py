"""A pulse is looked at when its window has closed and at least five have answered, and not before."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.pulses import PulseQuestion, Window, WindowName, accept, change, level, open_window, shown, windows
from flows.refusal import Refusal

BELONGING = PulseQuestion(
    "belonging",
    "I feel that I belong here.",
    (("no", "Not really"), ("some", "Sometimes"), ("mostly", "Mostly"), ("yes", "Yes")),
)
MONDAY = date(2026, 6, 1)
THREE = windows("cohort-1", opened_on=date(2026, 5, 18), starts_on=MONDAY, weeks=12)
START, MIDDLE, END = THREE
OPTIONS = [option for option, _ in BELONGING.options]
answers = st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 50), min_size=1)


def test_the_windows_follow_the_programme() -> None:
    assert [(one.name, one.opens, one.closes) for one in THREE] == [
        (WindowName.START, date(2026, 5, 18), date(2026, 6, 14)),
        (WindowName.MIDDLE, date(2026, 7, 6), date(2026, 7, 19)),
        (WindowName.END, date(2026, 8, 17), date(2026, 8, 30)),
    ]


@given(weeks=st.integers(1, 60), early=st.integers(0, 90))
def test_windows_never_overlap(weeks: int, early: int) -> None:
    three = windows("cohort-1", opened_on=MONDAY - timedelta(days=early), starts_on=MONDAY, weeks=weeks)

    assert all(one.closes < other.opens for one, other in pairwise(three))


@pytest.mark.parametrize(
    ("today", "window"),
    [
        (date(2026, 5, 17), None),
        (date(2026, 5, 18), START),
        (date(2026, 6, 14), START),
        (date(2026, 6, 15), None),
        (date(2026, 7, 6), MIDDLE),
        (date(2026, 8, 30), END),
        (date(2026, 8, 31), None),
    ],
)
def test_an_answer_counts_on_the_days_of_a_window(today: date, window: Window | None) -> None:
    assert open_window(THREE, today) is window


def test_an_answer_after_the_window_is_refused_and_so_is_an_option_that_there_is_not() -> None:
    accept(START, BELONGING, "yes", START.closes)
    with pytest.raises(Refusal, match=r"pulse\.closed"):
        accept(START, BELONGING, "yes", START.closes + timedelta(days=1))
    with pytest.raises(Refusal, match=r"message\.old"):
        accept(START, BELONGING, "perhaps", START.closes)


def test_nothing_is_shown_while_the_window_is_open() -> None:
    counts = {"yes": 40, "no": 2}

    assert shown(counts, START.closes, START.closes) is None
    assert shown(counts, START.closes, START.closes + timedelta(days=1)) == counts


def test_nothing_is_shown_below_five_answers() -> None:
    later = START.closes + timedelta(days=1)

    assert shown({"yes": 3, "no": 1}, START.closes, later) is None
    assert shown({}, START.closes, later) is None
    assert shown({"yes": 4, "no": 1}, START.closes, later) == {"yes": 4, "no": 1}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"no": 7}, 0),
        ({"yes": 7}, 100),
        ({"some": 5}, 33),
        ({"mostly": 5}, 67),
        ({"no": 3, "yes": 3}, 50),
        ({"no": 1, "yes": 199}, 100),
        ({"no": 1, "yes": 99}, 99),
    ],
)
def test_the_level_lies_between_the_least_and_the_most(counts: dict[str, int], expected: int) -> None:
    assert level(BELONGING, counts) == expected


@given(counts=answers.filter(lambda counts: sum(counts.values()) > 0))
def test_a_level_is_the_rounded_mean(counts: dict[str, int]) -> None:
    exact = 100 * sum(OPTIONS.index(one) * count for one, count in counts.items()) / (3 * sum(counts.values()))

    assert abs(level(BELONGING, counts) - exact) <= 0.5 + 1e-9


def test_change_is_of_groups_and_only_when_both_are_shown() -> None:
    before, after = {"some": 6}, {"mostly": 5, "yes": 4}

    assert change(BELONGING, before, after) == 81 - 33
    assert change(BELONGING, after, before) == 33 - 81
    assert change(BELONGING, None, after) is None
    assert change(BELONGING, before, None) is None
