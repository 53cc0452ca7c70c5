"""Whom a programme is for: all that is filled must hold, and what is not known does not."""

from datetime import date

import pytest

from flows.eligibility import EVERYBODY, Rule, distinct, key_of, months_since
from flows.facts import NOTHING, Known, Word
from flows.voice.eligibility import lines
from flows.voice.say import ENGLISH, Say

TODAY = date(2027, 3, 15)
INES = Known(department="Data", site="Lisbon", level=4, started_on=date(2026, 10, 1))
SAY = Say(ENGLISH, "UTC")


@pytest.mark.parametrize(
    ("rule", "is_for_her"),
    [
        (EVERYBODY, True),
        (Rule(departments=("Sales", "data ")), True),
        (Rule(departments=("Sales",)), False),
        (Rule(sites=("LISBON",)), True),
        (Rule(sites=("Porto",)), False),
        (Rule(departments=("Data",), sites=("Porto",)), False),
        (Rule(level_from=4, level_to=4), True),
        (Rule(level_from=5), False),
        (Rule(level_to=3), False),
        (Rule(months_from=5), True),
        (Rule(months_from=6), False),
        (Rule(months_to=5), True),
        (Rule(months_to=4), False),
        (Rule(("Data",), ("Lisbon",), 1, 9, 0, 12), True),
    ],
)
def test_all_that_is_filled_must_hold(rule: Rule, is_for_her: bool) -> None:
    assert rule.covers(INES, TODAY) is is_for_her


@pytest.mark.parametrize(
    "rule", [Rule(departments=("Data",)), Rule(sites=("Lisbon",)), Rule(level_to=20), Rule(months_from=0)]
)
def test_of_whom_nothing_is_known_no_rule_holds(rule: Rule) -> None:
    assert not rule.covers(NOTHING, TODAY)
    assert EVERYBODY.covers(NOTHING, TODAY)


def test_what_the_person_says_is_wrong_is_not_known() -> None:
    wrong = Known(department="Data", site="Lisbon", level=4, started_on=date(2026, 10, 1), word=Word.WRONG)
    assert not Rule(departments=("Data",)).covers(wrong, TODAY)
    assert not Rule(months_to=12).covers(wrong, TODAY)
    assert Rule(level_from=4).covers(wrong, TODAY)


@pytest.mark.parametrize(
    ("started", "months"),
    [
        (date(2027, 3, 15), 0),
        (date(2027, 2, 15), 1),
        (date(2027, 2, 16), 0),
        (date(2026, 3, 15), 12),
        (date(2027, 6, 1), 0),
        (None, None),
    ],
)
def test_months_are_whole_ones(started: date | None, months: int | None) -> None:
    assert months_since(started, TODAY) == months


def test_a_department_is_offered_once_however_it_is_written() -> None:
    assert distinct(["Data", "data", " Data ", "", "R&D, Platform"]) == ("Data", "R&D, Platform")
    assert key_of("R&D, Platform") == key_of("r&d,  platform")
    assert "," not in key_of("R&D, Platform")


@pytest.mark.parametrize(
    ("covered", "known", "told"),
    [
        (34, 210, "at least 30 of the 210 people whom I know"),
        (33, 210, "at least 30 of the 210 people whom I know"),
        (210, 210, "at least 205 of the 210 people whom I know"),
        (207, 210, "at least 205 of the 210 people whom I know"),
        (6, 7, "at least 5 of the 7 people whom I know"),
        (4, 210, "fewer than five people whom I know"),
        (0, 210, "fewer than five people whom I know"),
        (0, 0, "fewer than five people whom I know"),
    ],
)
def test_how_many_it_covers_is_told_in_fives_so_that_two_rules_tell_of_nobody(
    covered: int, known: int, told: str
) -> None:
    rows = dict(lines(Rule(level_from=3), covered, known, SAY))
    assert rows == {"Open to levels": "from 3", "That covers": told}
