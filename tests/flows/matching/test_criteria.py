"""Each rule rates a pair as its row says, and the contributions of all of them are the score."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.matching.criteria import CRITERIA
from flows.matching.people import Candidate, Mode, in_local, in_utc
from flows.matching.rules import TOTAL, WEIGHTS, Rules
from flows.matching.scoring import Contribution, Pair, contributions, pair, score
from tests.flows.matching.company import MENTEE, MENTOR, colleague

RATE = {rule.name: rule.rate for rule in CRITERIA}
ADA = Candidate("ada", MENTEE)
GRACE = Candidate("grace", MENTOR)


def tags(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("goals", "skills", "teaches", "rating"),
    [
        (tags("data"), tags("data"), tags(), 1_000),
        (tags("data"), tags(), tags("data"), 1_000),
        (tags("data", "law"), tags("data"), tags(), 500),
        (tags("data", "law", "sales"), tags("data"), tags("law"), 666),
        (tags("a", "b", "c", "d", "e", "f"), tags("a", "b", "c", "d"), tags(), 1_000),
        (tags("data"), tags("law"), tags(), 0),
        (tags(), tags("data"), tags(), None),
        (tags("data"), tags(), tags(), None),
    ],
)
def test_skill_overlap(goals: frozenset[str], skills: frozenset[str], teaches: frozenset[str], rating: int) -> None:
    assert RATE["goals"](replace(ADA, goals=goals), replace(GRACE, skills=skills, teaches=teaches)) == rating


@pytest.mark.parametrize(
    ("goals", "skills", "teaches", "rating"),
    [
        (tags("data"), tags(), tags("data"), 1_000),
        (tags("data"), tags("data"), tags(), 0),
        (tags("data", "law", "sales"), tags(), tags("data"), 500),
        (tags("data", "law", "sales"), tags(), tags("data", "law"), 1_000),
        (tags("data"), tags(), tags(), None),
        (tags(), tags(), tags("data"), None),
    ],
)
def test_wish_to_teach(goals: frozenset[str], skills: frozenset[str], teaches: frozenset[str], rating: int) -> None:
    assert RATE["teaches"](replace(ADA, goals=goals), replace(GRACE, skills=skills, teaches=teaches)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "rating"),
    [
        (tags("chess"), tags("chess"), 450),
        (tags("chess", "go"), tags("chess", "go"), 750),
        (tags("a", "b", "c", "d"), tags("a", "b", "c", "d"), 1_000),
        (tags("chess"), tags("go"), 0),
        (tags(), tags("go"), None),
        (tags("go"), tags(), None),
    ],
)
def test_interests(mine: frozenset[str], theirs: frozenset[str], rating: int) -> None:
    assert RATE["interests"](replace(ADA, interests=mine), replace(GRACE, interests=theirs)) == rating


@pytest.mark.parametrize(
    ("wish", "function", "rating"), [("data", "data", 1_000), ("data", "law", 0), ("", "law", None), ("data", "", None)]
)
def test_function_moved_into(wish: str, function: str, rating: int | None) -> None:
    assert RATE["moving_into"](replace(ADA, moving_into=wish), replace(GRACE, function=function)) == rating


@pytest.mark.parametrize(
    ("mentee", "mentor", "rating"),
    [(3, 3, 200), (3, 4, 600), (3, 5, 900), (3, 6, 1_000), (3, 8, 600), (3, 10, 0), (3, 1, 0), (None, 1, None)],
)
def test_grade_gap(mentee: int | None, mentor: int, rating: int | None) -> None:
    assert RATE["grade"](replace(ADA, grade=mentee), replace(GRACE, grade=mentor)) == rating


@pytest.mark.parametrize(("shared", "rating"), [(0, 0), (1, 170), (2, 330), (3, 500), (6, 1_000), (9, 1_000)])
def test_time_overlap(shared: int, rating: int) -> None:
    hers = frozenset(f"tue-{hour:02}" for hour in range(10))
    his = frozenset(f"tue-{hour:02}" for hour in range(10 - shared, 20))

    assert RATE["time"](replace(ADA, times=hers), replace(GRACE, times=his)) == rating
    assert RATE["time"](ADA, replace(GRACE, times=his)) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "rating"),
    [
        (tags("en"), tags("en", "pt"), 600),
        (tags("en", "pt"), tags("en", "pt"), 1_000),
        (tags("en"), tags("pt"), 0),
        (tags(), tags("pt"), None),
    ],
)
def test_language(mine: frozenset[str], theirs: frozenset[str], rating: int | None) -> None:
    assert RATE["language"](replace(ADA, languages=mine), replace(GRACE, languages=theirs)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "same_office", "rating"),
    [
        (Mode.ONLINE, Mode.EITHER, False, 1_000),
        (Mode.EITHER, Mode.EITHER, True, 1_000),
        (Mode.IN_PERSON, Mode.EITHER, True, 1_000),
        (Mode.IN_PERSON, Mode.ONLINE, True, 200),
        (Mode.EITHER, Mode.IN_PERSON, False, 0),
    ],
)
def test_meeting_mode(mine: Mode, theirs: Mode, same_office: bool, rating: int) -> None:
    ada = replace(ADA, mode=mine, office="Lisbon")
    grace = replace(GRACE, mode=theirs, office="Lisbon" if same_office else "Osaka")

    assert RATE["mode"](ada, grace) == rating


@pytest.mark.parametrize(
    ("wished", "offered", "rating"),
    [(tags("peer"), tags("peer", "life"), 1_000), (tags("peer"), tags("life"), 0), (tags(), tags("life"), None)],
)
def test_mentor_type(wished: frozenset[str], offered: frozenset[str], rating: int | None) -> None:
    assert RATE["type"](replace(ADA, types_wished=wished), replace(GRACE, types_offered=offered)) == rating


@pytest.mark.parametrize(
    ("mine", "theirs", "rating"),
    [
        (("data", "Lisbon"), ("law", "Osaka"), 1_000),
        (("data", "Lisbon"), ("law", "Lisbon"), 600),
        (("data", "Lisbon"), ("data", "Osaka"), 400),
        (("data", "Lisbon"), ("data", "Lisbon"), 0),
        (("", ""), ("data", "Lisbon"), 0),
    ],
)
def test_widen_the_mix(mine: tuple[str, str], theirs: tuple[str, str], rating: int) -> None:
    ada = replace(ADA, function=mine[0], office=mine[1])
    grace = replace(GRACE, function=theirs[0], office=theirs[1])

    assert RATE["mix"](ada, grace) == rating


@pytest.mark.parametrize(
    ("mentee_new", "mentor_new", "rating"), [(True, False, 1_000), (True, True, 0), (False, True, 500)]
)
def test_newcomer(mentee_new: bool, mentor_new: bool, rating: int) -> None:
    assert RATE["newcomer"](replace(ADA, new=mentee_new), replace(GRACE, new=mentor_new)) == rating


@pytest.mark.parametrize(("mine", "theirs", "rating"), [(2, 2, 1_000), (1, 4, 250), (4, 1, 250), (None, 2, None)])
def test_pace(mine: int | None, theirs: int, rating: int | None) -> None:
    assert RATE["pace"](replace(ADA, hours=mine), replace(GRACE, hours=theirs)) == rating


def test_every_rule_has_a_weight_and_a_perfect_pair_scores_ten_thousand() -> None:
    assert [rule.name for rule in CRITERIA] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == TOTAL
    ada = replace(
        ADA, goals=tags("data"), interests=tags("a", "b", "c"), moving_into="data", function="law", grade=1,
        times=in_utc(["mon-am", "tue-am"], 0), languages=tags("en", "pt"), types_wished=tags("life"), office="Lisbon",
        new=True, hours=2,
    )  # fmt: skip
    grace = replace(
        GRACE, teaches=tags("data"), interests=tags("a", "b", "c"), function="data", grade=4, times=ada.times,
        languages=tags("en", "pt"), types_offered=tags("life"), office="Osaka", hours=2,
    )  # fmt: skip

    assert score(ada, grace, Rules()) == TOTAL


@given(seed=st.integers(0, 2**32))
def test_contributions_add_up_to_the_score(seed: int) -> None:
    dice = Random(seed)
    ada, grace = colleague(dice, "ada", MENTEE), colleague(dice, "grace", MENTOR)
    parts = contributions(ada, grace, Rules())

    assert sum(part.points for part in parts) == score(ada, grace, Rules()) == pair(ada, grace, Rules()).score
    assert 0 <= score(ada, grace, Rules()) <= TOTAL
    for rule, part in zip(CRITERIA, parts, strict=True):
        rating = rule.rate(ada, grace)
        assert rating is None or 0 <= rating <= 1_000
        assert part == Contribution(rule.name, WEIGHTS[rule.name] * (250 if rating is None else rating) // 1_000)


def test_a_pair_whose_contributions_do_not_add_up_cannot_exist() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Pair("ada", "grace", 100, (Contribution("goals", 99),))


@pytest.mark.parametrize(
    ("slot", "offset", "hours"),
    [
        ("tue-am", 0, {"tue-09", "tue-10", "tue-11", "tue-12"}),
        ("tue-am", 120, {"tue-07", "tue-08", "tue-09", "tue-10"}),
        ("mon-am", 660, {"sun-22", "sun-23", "mon-00", "mon-01"}),
        ("sun-pm", -480, {"sun-21", "sun-22", "sun-23", "mon-00"}),
        ("tue-am", 330, {"tue-03", "tue-04", "tue-05", "tue-06"}),
    ],
)
def test_free_times_become_hours_in_utc(slot: str, offset: int, hours: set[str]) -> None:
    assert in_utc([slot], offset) == hours
    assert slot in in_local(hours, offset)


def test_shared_hours_are_told_on_the_readers_own_clock() -> None:
    shared = in_utc(["thu-am"], 60) & in_utc(["thu-am", "fri-pm"], 0)

    assert in_local(shared, 60) == ("thu-am",)
    assert in_local(shared, 240) == ("thu-pm",)
    assert in_local(shared, 540) == (), "an evening has no name here"


@pytest.mark.parametrize("slot", ["someday-am", "mon", "mon-night", ""])
def test_an_unknown_slot_is_refused(slot: str) -> None:
    with pytest.raises(ValueError, match="unknown slot"):
        in_utc([slot], 0)
