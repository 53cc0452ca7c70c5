"""Each rule rates a pair as its row says, and the contributions of all of them are the score."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.matching.criteria import CRITERIA, criteria_of
from flows.matching.pairs import Contribution, Pair, contributions, pair, score
from flows.matching.people import Candidate, Mode
from flows.matching.rules import EIGHT, TOTAL, Curves, Rules
from flows.matching.week import in_utc, read_spans
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, WEIGHTS, colleague

ADA = Candidate("ada", MENTEE)
GRACE = Candidate("grace", MENTOR)


def rate(name: str, mentee: Candidate, mentor: Candidate, curves: Curves | None = None) -> int | None:
    (rule,) = (rule for rule in CRITERIA if rule.name == name)
    return rule.rate(mentee, mentor, curves or Curves())


def tags(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("goals", "skills", "teaches", "rating"),
    [
        (tags("data"), tags("data"), tags(), 100),
        (tags("data"), tags(), tags("data"), 100),
        (tags("data", "law"), tags("data"), tags(), 50),
        (tags("data", "law", "sales"), tags("data"), tags("law"), 66),
        (tags("a", "b", "c", "d", "e", "f"), tags("a", "b", "c", "d"), tags(), 100),
        (tags("data"), tags("law"), tags(), 0),
        (tags(), tags("data"), tags(), None),
        (tags("data"), tags(), tags(), None),
    ],
)
def test_skill_overlap(goals: frozenset[str], skills: frozenset[str], teaches: frozenset[str], rating: int) -> None:
    assert rate("goals", replace(ADA, goals=goals), replace(GRACE, skills=skills, teaches=teaches)) == rating


@pytest.mark.parametrize(
    ("goals", "skills", "teaches", "rating"),
    [
        (tags("data"), tags(), tags("data"), 100),
        (tags("data"), tags("data"), tags(), 0),
        (tags("data", "law", "sales"), tags(), tags("data"), 50),
        (tags("data", "law", "sales"), tags(), tags("data", "law"), 100),
        (tags("data"), tags(), tags(), None),
        (tags(), tags(), tags("data"), None),
    ],
)
def test_wish_to_teach(goals: frozenset[str], skills: frozenset[str], teaches: frozenset[str], rating: int) -> None:
    assert rate("teaches", replace(ADA, goals=goals), replace(GRACE, skills=skills, teaches=teaches)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "rating"),
    [
        (tags("chess"), tags("chess"), 45),
        (tags("chess", "go"), tags("chess", "go"), 75),
        (tags("a", "b", "c", "d"), tags("a", "b", "c", "d"), 100),
        (tags("chess"), tags("go"), 0),
        (tags(), tags("go"), None),
        (tags("go"), tags(), None),
    ],
)
def test_interests(mine: frozenset[str], theirs: frozenset[str], rating: int) -> None:
    assert rate("interests", replace(ADA, interests=mine), replace(GRACE, interests=theirs)) == rating


@pytest.mark.parametrize(
    ("mentee", "mentor", "rating"),
    [(3, 3, 20), (3, 4, 60), (3, 5, 90), (3, 6, 100), (3, 8, 60), (3, 10, 0), (3, 1, 0), (None, 1, None)],
)
def test_grade_gap(mentee: int | None, mentor: int, rating: int | None) -> None:
    assert rate("seniority", replace(ADA, grade=mentee), replace(GRACE, grade=mentor)) == rating


def test_a_reverse_programme_turns_the_curve_round() -> None:
    curves = Curves(seniority={-2: 100, -1: 60}, other=5)
    ada, grace = replace(ADA, grade=5), replace(GRACE, grade=3)

    assert [rate("seniority", replace(ada, grade=grade), grace, curves) for grade in (5, 4, 3, 9)] == [100, 60, 5, 5]


@pytest.mark.parametrize(
    ("hers", "his", "rating"),
    [
        ("tue 9-12", "tue 12-14", 0),
        ("tue 9-12", "tue 11-14", 17),
        ("tue 9-12|wed 9-10", "tue 11-14|wed 8-12", 33),
        ("tue 9-12", "tue 8-20", 50),
        ("tue 9-17", "tue 9-15", 100),
        ("tue 9-17", "tue 9-17", 100),
        ("", "tue 9-17", None),
        ("tue 9-17", "", None),
    ],
)
def test_time_overlap(hers: str, his: str, rating: int | None) -> None:
    assert rate("time", replace(ADA, free=read_spans(hers, 0)), replace(GRACE, free=read_spans(his, 0))) == rating


def test_shared_quarters_make_whole_hours() -> None:
    """Half an hour on Tuesday and half an hour on Wednesday are one shared hour; half an hour alone is none."""
    hers, his = read_spans("tue 9-10|wed 9-10", 330), read_spans("tue 9-10|wed 9-10", 300)

    assert (hers & his).bit_count() == 4
    assert rate("time", replace(ADA, free=hers), replace(GRACE, free=his)) == 17
    assert rate("time", replace(ADA, free=read_spans("tue 9-10", 330)), replace(GRACE, free=his)) == 0


@pytest.mark.parametrize(
    ("mine", "theirs", "rating"),
    [
        (tags("en"), tags("en", "pt"), 60),
        (tags("en", "pt"), tags("en", "pt"), 100),
        (tags("en"), tags("pt"), 0),
        (tags(), tags("pt"), None),
    ],
)
def test_language(mine: frozenset[str], theirs: frozenset[str], rating: int | None) -> None:
    assert rate("language", replace(ADA, languages=mine), replace(GRACE, languages=theirs)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "same_office", "rating"),
    [
        (Mode.ONLINE, Mode.EITHER, False, 100),
        (Mode.EITHER, Mode.EITHER, True, 100),
        (Mode.IN_PERSON, Mode.EITHER, True, 100),
        (Mode.IN_PERSON, Mode.ONLINE, True, 20),
        (Mode.EITHER, Mode.IN_PERSON, False, 0),
    ],
)
def test_meeting_mode(mine: Mode, theirs: Mode, same_office: bool, rating: int) -> None:
    ada = replace(ADA, mode=mine, office="Lisbon")
    grace = replace(GRACE, mode=theirs, office="Lisbon" if same_office else "Osaka")

    assert rate("mode", ada, grace) == rating


@pytest.mark.parametrize(
    ("wished", "offered", "rating"),
    [(tags("peer"), tags("peer", "life"), 100), (tags("peer"), tags("life"), 0), (tags(), tags("life"), None)],
)
def test_mentor_type(wished: frozenset[str], offered: frozenset[str], rating: int | None) -> None:
    assert rate("type", replace(ADA, types_wished=wished), replace(GRACE, types_offered=offered)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "wish", "rating"),
    [
        (("data", "Lisbon"), ("law", "Osaka"), "law", 100),
        (("data", "Lisbon"), ("law", "Osaka"), "", 40),
        (("data", "Lisbon"), ("law", "Lisbon"), "sales", 25),
        (("data", "Lisbon"), ("data", "Osaka"), "", 15),
        (("data", "Lisbon"), ("data", "Lisbon"), "data", 60),
        (("data", "Lisbon"), ("data", "Lisbon"), "", 0),
        (("", ""), ("data", "Lisbon"), "", 0),
        (("", ""), ("data", "Lisbon"), "data", 60),
        (("data", "Lisbon"), ("", ""), "", 0),
    ],
)
def test_widen_the_mix(mine: tuple[str, str], theirs: tuple[str, str], wish: str, rating: int) -> None:
    ada = replace(ADA, function=mine[0], office=mine[1], moving_into=wish)
    grace = replace(GRACE, function=theirs[0], office=theirs[1])

    assert rate("mix", ada, grace) == rating


@pytest.mark.parametrize(
    ("mentee_new", "mentor_new", "rating"), [(True, False, 100), (True, True, 0), (False, True, 50)]
)
def test_newcomer(mentee_new: bool, mentor_new: bool, rating: int) -> None:
    assert rate("newcomer", replace(ADA, new=mentee_new), replace(GRACE, new=mentor_new)) == rating


@pytest.mark.parametrize(("mine", "theirs", "rating"), [(2, 2, 100), (1, 4, 25), (4, 1, 25), (None, 2, None)])
def test_pace(mine: int | None, theirs: int, rating: int | None) -> None:
    assert rate("pace", replace(ADA, hours=mine), replace(GRACE, hours=theirs)) == rating


def test_every_rule_has_a_weight_and_a_perfect_pair_scores_ten_thousand() -> None:
    assert [rule.name for rule in CRITERIA] == list(WEIGHTS)
    assert [rule.name for rule in criteria_of(Rules())] == list(EIGHT)
    assert sum(WEIGHTS.values()) == sum(EIGHT.values()) == TOTAL
    ada = replace(
        ADA, goals=tags("data"), interests=tags("a", "b", "c"), moving_into="data", function="law", grade=1,
        free=in_utc(["mon-am", "tue-am"], 0), languages=tags("en", "pt"), types_wished=tags("life"), office="Lisbon",
        new=True, hours=2,
    )  # fmt: skip
    grace = replace(
        GRACE, teaches=tags("data"), interests=tags("a", "b", "c"), function="data", grade=4, free=ada.free,
        languages=tags("en", "pt"), types_offered=tags("life"), office="Osaka", hours=2,
    )  # fmt: skip

    assert score(ada, grace, EVERY) == score(ada, grace, Rules()) == TOTAL


def test_points_are_rounded_down() -> None:
    ada = replace(ADA, goals=tags("data", "law", "sales"))
    grace = replace(GRACE, skills=tags("data", "law"))

    def points(weight: int) -> int:
        rules = Rules(weights={"goals": weight})
        (part,) = contributions(ada, grace, rules)
        return part.points

    assert [points(weight) for weight in (3_000, 100, 1)] == [1_980, 66, 0]


@given(seed=st.integers(0, 2**32))
def test_contributions_add_up_to_the_score(seed: int) -> None:
    dice = Random(seed)
    ada, grace = colleague(dice, "ada", MENTEE), colleague(dice, "grace", MENTOR)
    parts = contributions(ada, grace, EVERY)

    assert sum(part.points for part in parts) == score(ada, grace, EVERY) == pair(ada, grace, EVERY).score
    assert 0 <= score(ada, grace, EVERY) <= TOTAL
    for rule, part in zip(CRITERIA, parts, strict=True):
        rating = rule.rate(ada, grace, EVERY.curves)
        assert rating is None or 0 <= rating <= 100
        assert part == Contribution(rule.name, WEIGHTS[rule.name] * (25 if rating is None else rating) // 100)


def test_a_pair_whose_contributions_do_not_add_up_cannot_exist() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Pair("ada", "grace", 100, (Contribution("goals", 99),))
