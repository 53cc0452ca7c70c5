"""A stable draft: what people would rather have, and that nobody does better by agreeing privately."""

import tomllib
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from flows.matching.drafting.round import draft
from flows.matching.limits import permitted
from flows.matching.locks import Lock, LockKind
from flows.matching.offline.rules_toml import read_rules
from flows.matching.pairs import score
from flows.matching.people import Candidate
from flows.matching.rule_table import parse_rules
from flows.matching.rules import FOR_PROGRAMMES, Aim
from flows.matching.solving.envy import check
from flows.matching.solving.proof import Unsound
from flows.matching.solving.stable import accept
from flows.matching.solving.worth import Dense
from flows.people import Role

RULES = replace(FOR_PROGRAMMES, aim=Aim.STABLE)
SKILLS = ("data", "talks", "leading", "writing")


def mentee(name: str, *goals: str, wishes: tuple[str, ...] = (), waited: int = 0) -> Candidate:
    return Candidate(name, frozenset({Role.MENTEE}), goals=frozenset(goals), wishes=wishes, waited=waited)


def mentor(name: str, *skills: str, places: int = 1) -> Candidate:
    return Candidate(name, frozenset({Role.MENTOR}), capacity=places, teaches=frozenset(skills))


def pairs(people: list[Candidate]) -> dict[str, str]:
    return {one.mentee: one.mentor for one in draft(people, RULES).pairs}


def test_a_wish_comes_before_fit_and_a_mentor_takes_who_fits_better() -> None:
    ines, yusuf = mentee("ines", "data", wishes=("noor",)), mentee("yusuf", "talks", wishes=("noor",))
    mira, noor = mentor("mira", "data"), mentor("noor", "talks")

    assert pairs([ines, yusuf, mira, noor]) == {"yusuf": "noor", "ines": "mira"}
    assert pairs([ines, mira, noor]) == {"ines": "noor"}


def test_of_equals_who_waited_goes_first() -> None:
    assert pairs([mentee("ines", "data"), mentee("yusuf", "data", waited=2), mentor("mira", "data")]) == {
        "yusuf": "mira"
    }


def test_a_lock_holds_and_the_rest_is_stable_given_it() -> None:
    people = [mentee("ines", "data"), mentee("yusuf"), mentor("mira", "data"), mentor("noor")]

    found = draft(people, RULES, [Lock(LockKind.PIN, "yusuf", "mira")])

    assert {one.mentee: one.mentor for one in found.pairs} == {"yusuf": "mira", "ines": "noor"}


def test_the_draft_says_that_it_is_stable_and_gives_no_prices() -> None:
    found = draft([mentee("ines", "data"), mentee("yusuf"), mentor("mira", "data")], RULES)

    assert found.record.aim is Aim.STABLE
    assert found.proof.proved
    assert found.proof.prices == {}
    assert [one.person for one in found.unmatched] == ["yusuf"]


def company(people: list[tuple[set[str], list[int]]], mentors: list[tuple[set[str], int]]) -> list[Candidate]:
    found = [mentor(f"m{nth}", *skills, places=places) for nth, (skills, places) in enumerate(mentors)]
    for nth, (goals, wishes) in enumerate(people):
        wished = tuple(f"m{one % len(mentors)}" for one in wishes)
        found.append(mentee(f"e{nth}", *goals, wishes=tuple(dict.fromkeys(wished))))
    return found


skills = some.sets(some.sampled_from(SKILLS), max_size=3)


@given(
    some.lists(some.tuples(skills, some.lists(some.integers(0, 5), max_size=3)), max_size=6),
    some.lists(some.tuples(skills, some.integers(0, 2)), min_size=1, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_no_two_people_would_rather_have_each_other(
    people: list[tuple[set[str], list[int]]], mentors: list[tuple[set[str], int]]
) -> None:
    everybody = company(people, mentors)
    partner = pairs(everybody)
    by_id = {one.id: one for one in everybody}
    held = {one.id: [e for e, m in partner.items() if m == one.id] for one in everybody}

    def likes(mentee_: Candidate, mentor_: Candidate) -> tuple[int, int]:
        wished = mentor_.id in mentee_.wishes
        return (5 - mentee_.wishes.index(mentor_.id) if wished else 0), score(mentee_, mentor_, RULES)

    for one, other in product((c for c in everybody if Role.MENTEE in c.roles), everybody):
        if not other.places or partner.get(one.id) == other.id or not permitted(one, other, RULES):
            continue
        rather = one.id not in partner or likes(one, other) > likes(one, by_id[partner[one.id]])
        worst = min((score(by_id[mine], other, RULES) for mine in held[other.id]), default=-1)
        free = len(held[other.id]) < other.places
        assert not (rather and (free or score(one, other, RULES) > worst))


def test_the_same_people_in_any_order_are_the_same_draft() -> None:
    everybody = company([({"data"}, [0, 1]), (set(), []), ({"talks"}, [1])], [({"data"}, 1), ({"talks"}, 1)])

    assert pairs(everybody) == pairs(everybody[::-1])


def test_the_check_notices_two_who_would_rather_have_each_other() -> None:
    points = Dense(np.array([[5, 9], [3, 1]], dtype=np.int32))
    wishes, places = [[1, 0], [0, 1]], [1, 1]
    good = accept(wishes, points, places)
    check(wishes, points, places, good)

    for wrong in ((0, 1), (1, None), (None, None), (1, 1)):
        with pytest.raises(Unsound):
            check(wishes, points, places, wrong)
    with pytest.raises(Unsound, match="not permitted"):
        check([[1], [0]], points, places, (0, None))


def test_a_programme_may_aim_at_it_and_a_list_may_not() -> None:
    table = 'mode = "stable"'

    assert parse_rules(tomllib.loads(table), FOR_PROGRAMMES).aim is Aim.STABLE
    _, remarks = read_rules(table.encode(), "rules.toml")
    assert [(one.code, one.column) for one in remarks] == [("R02", "mode")]
