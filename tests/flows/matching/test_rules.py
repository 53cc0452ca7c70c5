"""A table of rules is read, or every mistake in it is named."""

import tomllib
from datetime import date
from fractions import Fraction

import pytest

from flows.content import parse
from flows.formats import Format
from flows.matching.gatherings.shapes import parse_shape
from flows.matching.rule_table import MOST_POINTS, RulesError, parse_rules
from flows.matching.rules import FOR_PROGRAMMES, MOST_ROUNDS_COUNTED, TOTAL, Aim, Limit, Rules
from flows.matching.solving.assignment import EXACT
from storage import packs

STANDARD = """
version = 1
mode = "participation"
seed = "alongside"
week_of = 2026-01-05
reasons = 3
deadline = 60

[weights]
goals = 3000
teaches = 1500
interests = 1000
seniority = 1000
time = 1500
language = 500
mode = 500
mix = 1000

[curves]
interests = [0, 45, 75, 100]
language = [0, 60, 100]
time = [0, 17, 33, 50, 67, 83, 100]
unknown = 25
seniority = { "0" = 20, "1" = 60, "2" = 90, "3" = 100, "4" = 90, "5" = 60, "6" = 30, other = 0 }

[limits]
language = "must"
time = "must"
seniority = "must"
office = "must"
manager = "must"
met = "must"
min_hours = 1
min_gap = 0

[points]
wishes = [1500, 1000, 500]
waiting = 150
load = 600
stability = 200
floor_loss = 0.5
"""
OTHER = """
version = 7
mode = "best-fit"
minimum = 2000
seed = "spring"
week_of = 2026-07-06
reasons = 2
deadline = 2.5
weights = { goals = 2800, mix = 0 }
curves = { interests = [10], unknown = 0, seniority = { "-2" = 100, "0" = 50 } }
limits = { language = "off", met = "must", min_hours = 2, max_gap = -1 }
points = { wishes = [], waiting = 50, load = 0, stability = 0, floor_loss = 0.1 }
"""


def read(table: str, standard: Rules | None = None) -> Rules:
    return parse_rules(tomllib.loads(table), standard or Rules())


def test_an_empty_table_gives_the_standard_rules() -> None:
    assert read("") == read(STANDARD) == Rules()
    assert read("", FOR_PROGRAMMES) == FOR_PROGRAMMES
    assert sum(Rules().weights.values()) == TOTAL


def test_a_table_is_read() -> None:
    rules = read(OTHER)

    assert (rules.version, rules.aim, rules.minimum, rules.least) == (7, Aim.BEST_FIT, 2_000, 2_000)
    assert (rules.seed, rules.week_of, rules.reasons, rules.deadline) == ("spring", date(2026, 7, 6), 2, 2.5)
    assert (rules.weights["goals"], rules.weights["mix"], rules.weights["time"]) == (2_800, 0, 1_500)
    assert [limit for limit in rules.limits if not rules.hold(limit)] == [Limit.LANGUAGE]
    assert (rules.min_hours, rules.wishes, rules.floor_loss) == (2, (), Fraction(1, 10))
    assert (rules.load, rules.stability, rules.waiting) == (0, 0, 50)


def test_a_curve_that_is_given_replaces_the_whole_standard_one() -> None:
    curves = read(OTHER).curves

    assert (curves.interests, curves.language, curves.unknown) == ((10,), (0, 60, 100), 0)
    assert (curves.seniority, curves.other) == ({-2: 100, 0: 50}, 0)


@pytest.mark.parametrize(
    ("limits", "bounds"),
    [
        ("", (0, None)),
        ("min_gap = 2", (2, None)),
        ("max_gap = -1", (None, -1)),
        ("min_gap = -3\nmax_gap = 4", (-3, 4)),
    ],
)
def test_an_upper_bound_alone_lifts_the_lower_one(limits: str, bounds: tuple[int | None, int | None]) -> None:
    rules = read(f"[limits]\n{limits}")

    assert (rules.min_gap, rules.max_gap) == bounds


def test_the_minimum_counts_only_for_the_best_fit() -> None:
    assert (Rules().least, Rules(aim=Aim.BEST_FIT).least) == (0, 3_000)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("minimun = 1", "R01 minimun: unknown key; did you mean minimum?"),
        ("weights = { gaols = 1 }", "R01 weights.gaols: unknown key; did you mean goals?"),
        ("weights = { newcomer = 1 }", "R01 weights.newcomer: unknown key; known are"),
        ("curves = { unknwon = 1 }", "R01 curves.unknwon: unknown key; did you mean unknown?"),
        ("curves = { seniority = { one = 1 } }", "R01 curves.seniority.one: unknown key; did you mean other?"),
        ("curves = { seniority = { '1.5' = 1 } }", "R01 curves.seniority.1.5: unknown key"),
        ("limits = { capacity = 'off' }", "R01 limits.capacity: unknown key; known are"),
        ("limits = { max_zone_gap = 3 }", "R01 limits.max_zone_gap: unknown key; did you mean max_gap?"),
        ("points = { wish = 1 }", "R01 points.wish: unknown key; did you mean wishes?"),
        ("minimum = 'much'", "R02 minimum: must be a whole number from 0 to 10000, not 'much'"),
        ("minimum = true", "R02 minimum: must be a whole number from 0 to 10000, not True"),
        ("mode = 'best'", 'R02 mode: must be "participation" or "best-fit", not \'best\''),
        ("week_of = '2026-01-05'", "R02 week_of: must be a day such as 2026-01-05"),
        ("week_of = 2026-01-05T00:00:00", "R02 week_of: must be a day"),
        ("deadline = 'soon'", "R02 deadline: must be a number from 0 to 86400, not 'soon'"),
        ("deadline = nan", "R02 deadline: must be a number from 0 to 86400, not nan"),
        ("weights = { goals = -1 }", "R02 weights.goals: must be a whole number from 0 to 10000, not -1"),
        ("weights = 3", "R02 weights: must be a table, not 3"),
        ("curves = { time = [] }", "R02 curves.time: must be a list of whole numbers from 0 to 100, not []"),
        ("curves = { time = [1.5] }", "R02 curves.time: must be a list of whole numbers"),
        ("curves = { seniority = { '0' = 101 } }", "R02 curves.seniority.0: must be a whole number from 0 to 100"),
        ("limits = { met = 'maybe' }", 'R02 limits.met: must be "must" or "off", not \'maybe\''),
        ("limits = { min_gap = '1' }", "R02 limits.min_gap: must be a whole number from -99 to 99, not '1'"),
        ("points = { wishes = 3 }", "R02 points.wishes: must be a list of whole numbers from 0 to 100000, not 3"),
        ("seed = 3", "R02 seed: must be a text, not 3"),
        ("weights = { goals = 3001 }", "R03 weights: the weights add up to 10001, more than 10000"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_its_cause(table: str, problem: str) -> None:
    with pytest.raises(RulesError) as caught:
        read(table)

    (one,) = caught.value.problems
    assert f"{one.code} {one.key}: {one.message}".startswith(problem)
    assert str(caught.value) == f"{one.key}: {one.message}"


def test_every_mistake_is_named_at_once_in_the_order_of_the_keys() -> None:
    with pytest.raises(RulesError) as caught:
        read("minimum = 'much'\nseed = 3\nweigths = {}\ncurves = {time = 1, unknwon = 2}")

    assert [(one.code, one.key, one.value) for one in caught.value.problems] == [
        ("R02", "curves.time", "1"),
        ("R01", "curves.unknwon", "2"),
        ("R02", "minimum", "much"),
        ("R02", "seed", "3"),
        ("R01", "weigths", "{}"),
    ]


def test_the_pack_weighs_every_rule_that_its_questionnaire_feeds() -> None:
    rules = parse(packs.read()).frame.rules

    assert sum(rules.weights.values()) == TOTAL
    assert all(rules.weights[name] for name in ("type", "newcomer", "pace"))
    assert all(rules.hold(limit) for limit in Limit)
    assert rules.curves == Rules().curves


def test_the_gap_between_two_clocks_is_a_matter_of_programmes() -> None:
    assert not Rules().hold(Limit.ZONE)
    assert read("limits = { zone = 'off' }", FOR_PROGRAMMES).hold(Limit.ZONE) is False
    assert read("limits = { max_zone_gap = 9 }", FOR_PROGRAMMES).max_zone_gap == 9


def test_with_the_largest_points_the_sums_of_fifty_thousand_people_are_exact() -> None:
    """Of any more the solver would say so: see `assign`."""
    people, load = 50_000, 25
    most = TOTAL + MOST_POINTS * (1 + MOST_ROUNDS_COUNTED + 1 + load) + 1
    assert (people + 1) * (most + (people + 1) * most) < EXACT


def test_the_standard_rules_of_a_format_know_what_is_different_in_it() -> None:
    shape = parse_shape({"rules": {"curves": {"seniority": {"0": 20, "-1": 60}}}}, Format.REVERSE, read("seed = 'own'"))

    assert shape.rules.seed == "own"
    assert shape.standard.seed == FOR_PROGRAMMES.seed
    assert shape.standard.curves == shape.rules.curves != FOR_PROGRAMMES.curves
