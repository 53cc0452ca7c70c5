"""Nothing is worth breaking a hard limit for."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.matching.drafting.round import draft
from flows.matching.limits import failed, mask, unmasked
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Aim, Limit, Rules
from flows.matching.week import in_utc, read_spans
from flows.people import Role
from flows.profile import FIELDS, LIMITING
from tests.flows.matching.company import BOTH, EVERY, MENTEE, MENTOR, colleague, company

ADA = Candidate("ada", MENTEE)
GRACE = Candidate("grace", MENTOR)


def free(one: Candidate, hours: str) -> Candidate:
    return replace(one, free=read_spans(hours, 0))


@pytest.mark.parametrize(
    ("ada", "grace", "limits"),
    [
        (ADA, GRACE, set()),
        (replace(ADA, available=False), GRACE, {Limit.AWAY}),
        (ADA, replace(GRACE, available=False), {Limit.AWAY}),
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
        (free(ADA, "tue 9-12"), free(GRACE, "tue 11-14"), set()),
        (free(ADA, "tue 9-12"), free(GRACE, "tue 12-14"), {Limit.TIME}),
        (free(ADA, "tue 9-12"), GRACE, set()),
        (replace(ADA, grade=3), replace(GRACE, grade=3), set()),
        (replace(ADA, grade=3), replace(GRACE, grade=2), {Limit.SENIORITY}),
        (ADA, replace(GRACE, grade=1), set()),
        (replace(ADA, manager="grace"), GRACE, {Limit.MANAGER}),
        (ADA, replace(GRACE, manager="ada"), {Limit.MANAGER}),
        (replace(ADA, manager="boss"), replace(GRACE, manager="boss"), set()),
        (replace(ADA, blocked=frozenset({"grace"})), GRACE, {Limit.BLOCKED}),
        (ADA, replace(GRACE, blocked=frozenset({"ada"})), {Limit.BLOCKED}),
        (
            replace(ADA, available=False, languages=frozenset({"en"}), met=frozenset({"grace"})),
            replace(GRACE, capacity=0, languages=frozenset({"pt"})),
            {Limit.AWAY, Limit.LANGUAGE, Limit.MET},
        ),
    ],
)
def test_a_pair_fails_exactly_these_limits(ada: Candidate, grace: Candidate, limits: set[Limit]) -> None:
    assert failed(ada, grace, EVERY) == limits


def test_nobody_is_matched_with_themselves() -> None:
    ada = Candidate("ada", BOTH)

    assert failed(ada, ada, Rules()) == {Limit.ONESELF}
    assert draft([ada], Rules()).pairs == ()


WORST = (
    replace(
        ADA, languages=frozenset({"en"}), free=in_utc(["tue-am"], 0), grade=5, mode=Mode.IN_PERSON, manager="grace",
        met=frozenset({"grace"}), offset=0,
    ),
    replace(GRACE, languages=frozenset({"pt"}), free=in_utc(["tue-pm"], 0), grade=4, offset=720),
)  # fmt: skip


@pytest.mark.parametrize("limit", [limit for limit in Limit if limit in EVERY.limits])
def test_a_limit_that_the_programme_does_without_forbids_nothing(limit: Limit) -> None:
    assert failed(*WORST, EVERY) == set(EVERY.limits)
    assert failed(*WORST, replace(EVERY, limits={**EVERY.limits, limit: False})) == set(EVERY.limits) - {limit}
    assert failed(*WORST, Rules()) == set(EVERY.limits) - {Limit.ZONE}


@pytest.mark.parametrize(
    ("least", "most", "permitted"),
    [
        (0, None, {0, 1, 2}),
        (1, None, {1, 2}),
        (None, -1, {-2, -1}),
        (None, None, {-2, -1, 0, 1, 2}),
        (-1, 1, {-1, 0, 1}),
    ],
)
def test_bounds_of_seniority(least: int | None, most: int | None, permitted: set[int]) -> None:
    rules = Rules(min_gap=least, max_gap=most)
    gaps = range(-2, 3)

    assert {gap for gap in gaps if not failed(replace(ADA, grade=5), replace(GRACE, grade=5 + gap), rules)} == permitted


@pytest.mark.parametrize(("least", "limits"), [(0, set()), (3, set()), (4, {Limit.TIME})])
def test_hours_in_common(least: int, limits: set[Limit]) -> None:
    assert failed(free(ADA, "tue 9-12"), free(GRACE, "tue 8-20"), Rules(min_hours=least)) == limits


def test_limits_are_kept_as_bits() -> None:
    assert unmasked(mask([])) == ()
    assert unmasked(mask([Limit.ZONE, Limit.ONESELF])) == (Limit.ONESELF, Limit.ZONE)
    assert unmasked(mask(Limit)) == tuple(Limit)


@settings(max_examples=300)
@given(seed=st.integers(0, 2**32))
def test_limits_look_at_no_answer_but_those_that_are_always_read(seed: int) -> None:
    dice = Random(seed)
    ada, grace = colleague(dice, "ada", MENTEE), colleague(dice, "grace", MENTOR)
    nobody = Candidate("nobody", MENTEE)
    unread = {field: getattr(nobody, field) for field in FIELDS if field not in LIMITING}

    assert failed(replace(ada, **unread), replace(grace, **unread), EVERY) == failed(ada, grace, EVERY)


def test_what_is_blocked_is_called_something_else() -> None:
    assert str(Limit.BLOCKED) == "not_available"


@settings(max_examples=1_000)
@given(seed=st.integers(0, 2**32), mentees=st.integers(0, 9), mentors=st.integers(0, 7), gap=st.integers(0, 12))
def test_no_draft_breaks_a_limit(seed: int, mentees: int, mentors: int, gap: int) -> None:
    people = {one.id: one for one in company(Random(seed), mentees, mentors)}
    rules = replace(EVERY, aim=Aim.BEST_FIT, max_zone_gap=gap, minimum=seed % 4_000)

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
        assert not mentee.free or not mentor.free or (mentee.free & mentor.free).bit_count() >= 4
        assert mentee.grade is None or mentor.grade is None or mentor.grade >= mentee.grade
        assert mentee.manager != mentor.id
        assert mentor.manager != mentee.id
        assert mentee.id not in mentor.blocked
        assert mentor.id not in mentee.blocked
        if Mode.IN_PERSON in (mentee.mode, mentor.mode):
            assert mentee.office == mentor.office != ""
        assert one.score == sum(part.points for part in one.contributions) >= rules.minimum
    waiting = {one.id for one in people.values() if Role.MENTEE in one.roles and one.available}
    assert {one.person for one in made.unmatched} | set(matched) == waiting
