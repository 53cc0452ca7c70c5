"""Nothing is worth breaking a hard limit for."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.matching.limits import failed
from flows.matching.people import Candidate, Mode
from flows.matching.round import draft
from flows.matching.rules import Limit, Rules
from flows.people import Role
from tests.flows.matching.company import BOTH, MENTEE, MENTOR, company

ADA = Candidate("ada", MENTEE)
GRACE = Candidate("grace", MENTOR)


@pytest.mark.parametrize(
    ("ada", "grace", "limits"),
    [
        (ADA, GRACE, set()),
        (replace(ADA, available=False), GRACE, {Limit.PAUSED}),
        (ADA, replace(GRACE, available=False), {Limit.PAUSED}),
        (ADA, replace(GRACE, capacity=0), {Limit.CAPACITY}),
        (ADA, replace(GRACE, capacity=2, load=2), {Limit.CAPACITY}),
        (ADA, replace(GRACE, capacity=1, load=3), {Limit.CAPACITY}),
        (replace(ADA, met=frozenset({"grace"})), GRACE, {Limit.MET}),
        (ADA, replace(GRACE, met=frozenset({"ada"})), {Limit.MET}),
        (replace(ADA, offset=-300), replace(GRACE, offset=60), set()),
        (replace(ADA, offset=-300), replace(GRACE, offset=61), {Limit.ZONE}),
        (replace(ADA, offset=720), replace(GRACE, offset=-600), set()),
        (replace(ADA, languages=frozenset({"en"})), replace(GRACE, languages=frozenset({"pt"})), {Limit.LANGUAGE}),
        (replace(ADA, languages=frozenset({"en"})), GRACE, set()),
        (replace(ADA, mode=Mode.IN_PERSON, office="Lisbon"), replace(GRACE, office="Lisbon"), set()),
        (replace(ADA, mode=Mode.IN_PERSON, office="Lisbon"), replace(GRACE, office="Osaka"), {Limit.OFFICE}),
        (replace(ADA, mode=Mode.IN_PERSON), GRACE, {Limit.OFFICE}),
        (replace(ADA, mode=Mode.ONLINE), replace(GRACE, mode=Mode.IN_PERSON, office="Osaka"), {Limit.OFFICE}),
    ],
)
def test_a_pair_fails_exactly_these_limits(ada: Candidate, grace: Candidate, limits: set[Limit]) -> None:
    assert failed(ada, grace, Rules()) == limits


def test_nobody_is_matched_with_themselves() -> None:
    ada = Candidate("ada", BOTH)

    assert failed(ada, ada, Rules()) == {Limit.ONESELF}
    assert draft([ada], Rules()).pairs == ()


def test_a_limit_that_the_programme_does_without_forbids_nothing() -> None:
    ada = replace(ADA, languages=frozenset({"en"}))
    grace = replace(GRACE, languages=frozenset({"pt"}))

    assert failed(ada, grace, Rules(off=frozenset({Limit.LANGUAGE}))) == set()


@settings(max_examples=1_000)
@given(seed=st.integers(0, 2**32), mentees=st.integers(0, 9), mentors=st.integers(0, 7), gap=st.integers(0, 12))
def test_no_draft_breaks_a_limit(seed: int, mentees: int, mentors: int, gap: int) -> None:
    people = {one.id: one for one in company(Random(seed), mentees, mentors)}
    rules = Rules(max_zone_gap=gap, minimum=seed % 4_000)

    made = draft(people.values(), rules)

    matched = [one.mentee for one in made.pairs]
    assert len(matched) == len(set(matched))
    for mentor in people.values():
        now = sum(one.mentor == mentor.id for one in made.pairs)
        assert now == 0 or mentor.load + now <= mentor.capacity
    for one in made.pairs:
        mentee, mentor = people[one.mentee], people[one.mentor]
        assert mentee.id != mentor.id
        assert Role.MENTEE in mentee.roles
        assert Role.MENTOR in mentor.roles
        assert mentee.available
        assert mentor.available
        assert mentee.id not in mentor.met
        assert mentor.id not in mentee.met
        clocks = abs(mentee.offset - mentor.offset)
        assert min(clocks, 1_440 - clocks) <= gap * 60
        assert not mentee.languages or not mentor.languages or mentee.languages & mentor.languages
        if Mode.IN_PERSON in (mentee.mode, mentor.mode):
            assert mentee.office == mentor.office != ""
        assert one.score == sum(part.points for part in one.contributions) >= rules.minimum
    waiting = {one.id for one in people.values() if Role.MENTEE in one.roles and one.available}
    assert {one.person for one in made.unmatched} | set(matched) == waiting
