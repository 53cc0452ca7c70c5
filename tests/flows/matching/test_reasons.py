"""The reasons that two people hear are the top contributions that may be told, and nothing else."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from flows.matching.explain import Reason, reasons
from flows.matching.pairs import Contribution, Pair, pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.week import in_utc
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, WEIGHTS, colleague

RULES = EVERY
ADA = Candidate("ada", MENTEE, goals=frozenset({"data", "speaking"}), grade=4, languages=frozenset({"pt"}))
GRACE = Candidate(
    "grace",
    MENTOR,
    skills=frozenset({"speaking"}),
    teaches=frozenset({"data"}),
    grade=4,
    languages=frozenset({"pt"}),
    function="law",
)


def told(ada: Candidate, grace: Candidate) -> tuple[Reason, ...]:
    return reasons(pair(ada, grace, RULES), ada, grace, RULES)


def test_the_strongest_come_first() -> None:
    assert told(ADA, GRACE) == (
        Reason("goals", ("speaking",)),
        Reason("teaches", ("data",)),
        Reason("language", ("pt",)),
    )


def test_what_has_been_said_is_not_said_again() -> None:
    """Data is all that they share in skills; one sentence about it is enough."""
    ada = replace(ADA, goals=frozenset({"data"}))

    assert [reason.kind for reason in told(ada, GRACE)] == ["goals", "language"]


def test_a_private_answer_steers_and_is_not_told() -> None:
    open_score = pair(ADA, GRACE, RULES).score
    for ada, grace in (
        (replace(ADA, private=frozenset({"goals"})), GRACE),
        (ADA, replace(GRACE, private=frozenset({"teaches", "skills"}))),
    ):
        assert pair(ada, grace, RULES).score == open_score
        assert [reason.kind for reason in told(ada, grace)] == ["language"]


def test_a_slight_contribution_is_no_reason() -> None:
    """One shared hour of six is not why two people were matched."""
    ada = replace(ADA, free=in_utc(["tue-am"], 0))
    grace = replace(GRACE, free=in_utc(["tue-am"], -180))

    assert "time" not in {reason.kind for reason in told(ada, grace)}


def test_two_strangers_have_no_reason() -> None:
    assert told(Candidate("ada", MENTEE), Candidate("grace", MENTOR)) == ()


def test_where_somebody_wants_to_go_is_said_before_that_they_are_strangers() -> None:
    ada = replace(ADA, goals=frozenset(), languages=frozenset(), function="data", moving_into="law")

    assert told(ada, GRACE) == (Reason("moving_into", ("law",)),)
    assert told(replace(ada, private=frozenset({"moving_into"})), GRACE) == (Reason("mix", ("data", "law")),)
    assert told(replace(ada, private=frozenset({"moving_into", "function"})), GRACE) == ()


def test_that_somebody_is_ahead_is_said_and_not_by_how_far() -> None:
    ada, grace = replace(ADA, grade=2), replace(GRACE, skills=frozenset(), teaches=frozenset())

    assert Reason("seniority", ("ahead",)) in told(ada, grace)
    assert "seniority" not in {one.kind for one in told(replace(ada, private=frozenset({"grade"})), grace)}
    assert "seniority" not in {one.kind for one in told(replace(ada, grade=4), grace)}


def test_a_programme_says_how_many_reasons_are_told() -> None:
    made = pair(ADA, GRACE, RULES)

    assert [len(reasons(made, ADA, GRACE, replace(RULES, reasons=n))) for n in (0, 1, 3)] == [0, 1, 3]


def test_a_pair_of_an_earlier_draft_is_told_with_the_rules_that_are_left() -> None:
    """It was stored with the names of rules that are gone, and without those that are new."""
    parts = (Contribution("grade", 800), Contribution("moving_into", 700), Contribution("language", 300))
    stored = Pair("ada", "grace", 1_800, parts)

    assert reasons(stored, ADA, GRACE, Rules()) == (Reason("language", ("pt",)),)


@given(seed=st.integers(0, 2**32))
def test_reasons_are_the_top_contributions_that_may_be_told(seed: int) -> None:
    dice = Random(seed)
    ada, grace = colleague(dice, "ada", MENTEE), colleague(dice, "grace", MENTOR)
    points = {part.rule: part.points for part in pair(ada, grace, RULES).contributions}

    found = told(ada, grace)

    assert len(found) <= 3
    rules = ["mix" if one.kind == "moving_into" else one.kind for one in found]
    assert [points[rule] for rule in rules] == sorted((points[rule] for rule in rules), reverse=True)
    assert all(points[rule] * 5 >= WEIGHTS[rule] for rule in rules)
    assert all(one.details for one in found)
    assert "pace" not in rules
    hidden = ada.private | grace.private
    fields = {
        "goals": "goals", "teaches": "goals", "interests": "interests", "time": "free", "language": "languages",
        "moving_into": "moving_into", "seniority": "grade",
    }  # fmt: skip
    assert all(fields.get(one.kind) not in hidden for one in found)
    if "function" in hidden:
        assert {"moving_into", "mix"}.isdisjoint(one.kind for one in found)
    if len(found) == 3:
        return
    # Whatever else scored well rests on nothing that both may hear.
    shared = {
        "interests": ada.interests & grace.interests,
        "language": ada.languages & grace.languages,
        "type": ada.types_wished & grace.types_offered,
    }
    for kind, common in shared.items():
        if common and fields.get(kind) not in hidden and points[kind] * 5 >= WEIGHTS[kind]:
            assert kind in {one.kind for one in found}
