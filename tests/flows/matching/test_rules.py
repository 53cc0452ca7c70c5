"""A programme's table of rules is read, or every mistake in it is named."""

import tomllib

import pytest

from flows.matching.rules import Limit, Rules, RulesError, parse_rules

TABLE = """
minimum = 3000
max_zone_gap = 9
seed = "spring"
unknown = 100
weights = { goals = 2800, mix = 0 }
limits = { language = "off", met = "must" }
points = { load = 100, stability = 0, waiting = 50 }
"""


def test_an_empty_table_gives_the_standard_rules() -> None:
    assert parse_rules({}) == Rules()


def test_a_table_is_read() -> None:
    rules = parse_rules(tomllib.loads(TABLE))

    assert (rules.minimum, rules.max_zone_gap, rules.seed, rules.unknown) == (3_000, 9, "spring", 100)
    assert (rules.weights["goals"], rules.weights["mix"], rules.weights["time"]) == (2_800, 0, 1_400)
    assert rules.off == {Limit.LANGUAGE}
    assert (rules.load, rules.stability, rules.waiting) == (100, 0, 50)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("minimun = 1", "matching.minimun: unknown key; did you mean 'minimum'?"),
        ("weights = { gaols = 1 }", "matching.weights.gaols: unknown key; did you mean 'goals'?"),
        ("limits = { capacity = 'off' }", "matching.limits.capacity: unknown key; known are"),
        ("points = { wishes = 1 }", "matching.points.wishes: unknown key"),
        ("minimum = 'much'", "matching.minimum: must be a whole number from 0 to 10000, not 'much'"),
        ("minimum = true", "matching.minimum: must be a whole number from 0 to 10000, not True"),
        ("max_zone_gap = 13", "matching.max_zone_gap: must be a whole number from 0 to 12, not 13"),
        ("weights = { goals = -1 }", "matching.weights.goals: must be a whole number from 0 to 10000, not -1"),
        ("weights = { goals = 2401 }", "matching.weights: the weights add up to 10001, more than 10000"),
        ("weights = 3", "matching.weights: must be a table, not 3"),
        ("limits = { zone = 'maybe' }", 'matching.limits.zone: must be "must" or "off", not \'maybe\''),
        ("seed = 3", "matching.seed: must be a text, not 3"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_its_cause(table: str, problem: str) -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules(tomllib.loads(table))

    ((key, cause),) = caught.value.problems
    assert f"{key}: {cause}".startswith(problem)
    assert str(caught.value) == f"{key}: {cause}"


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules({"minimum": "much", "weigths": {}, "seed": 3})

    assert len(caught.value.problems) == 3
