"""The reasons that two people hear are the top contributions that may be told, and nothing else."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from flows.matching.explain import Reason, reasons
from flows.matching.people import Candidate
from flows.matching.rules import WEIGHTS, Rules
from flows.matching.scoring import pair
from tests.flows.matching.company import MENTEE, MENTOR, colleague

RULES = Rules()
ADA = Candidate("ada", MENTEE, goals=frozenset({"data", "speaking"}), grade=1, languages=frozenset({"pt"}))
GRACE = Candidate(
    "grace",
    MENTOR,
    skills=frozenset({"speaking"}),
    teaches=frozenset({"data"}),
    grade=4,
    languages=frozenset({"pt"}),
    function="law",
)
SENSITIVE = {"grade", "pace"}


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
    ada = replace(ADA, times=frozenset({"tue-09"}))
    grace = replace(GRACE, times=frozenset({"tue-09", "tue-10"}))

    assert "time" not in {reason.kind for reason in told(ada, grace)}


def test_two_strangers_have_no_reason() -> None:
    assert told(Candidate("ada", MENTEE), Candidate("grace", MENTOR)) == ()


@given(seed=st.integers(0, 2**32))
def test_reasons_are_the_top_contributions_that_may_be_told(seed: int) -> None:
    dice = Random(seed)
    ada, grace = colleague(dice, "ada", MENTEE), colleague(dice, "grace", MENTOR)
    points = {part.rule: part.points for part in pair(ada, grace, RULES).contributions}

    found = told(ada, grace)

    assert len(found) <= 3
    assert [points[one.kind] for one in found] == sorted((points[one.kind] for one in found), reverse=True)
    assert all(points[one.kind] * 5 >= WEIGHTS[one.kind] and one.details for one in found)
    assert SENSITIVE.isdisjoint(one.kind for one in found)
    hidden = ada.private | grace.private
    fields = {"goals": "goals", "teaches": "goals", "interests": "interests", "time": "times", "language": "languages"}
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
