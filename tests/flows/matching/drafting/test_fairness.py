"""How groups of people fare in a draft, and that none is told of that is too small."""

from fractions import Fraction

import pytest

from flows.matching.drafting.fairness import Group, Hidden, bound, fairness
from flows.matching.people import Candidate
from flows.people import Role
from flows.suppression import suppress

MENTEE = frozenset({Role.MENTEE})


def people(site: str, count: int, *, waited: int = 0, goals: frozenset[str] = frozenset()) -> list[Candidate]:
    where = (("site", site),)
    return [Candidate(f"{site}-{nth}", MENTEE, waited=waited, goals=goals, segments=where) for nth in range(count)]


def scores(those: list[Candidate], first: int, points: int = 6_000) -> dict[str, int]:
    return {one.id: points for one in those[:first]}


def test_a_group_that_is_served_under_four_fifths_of_the_best_is_a_question() -> None:
    lisbon, oslo = people("Lisbon", 10, waited=1), people("Oslo", 10)
    found = fairness([*lisbon, *oslo], {**scores(lisbon, 7), **scores(oslo, 10)}, shown_of=suppress)

    assert [(one.group, one.flag) for one in found if isinstance(one, Group)] == [("Lisbon", True), ("Oslo", False)]
    first = found[0]
    assert isinstance(first, Group)
    assert (first.rate, first.waited, first.unanswered, first.mean) == (Fraction(7, 10), 10, 100, 6_000)
    eight = fairness([*lisbon, *oslo], {**scores(lisbon, 8), **scores(oslo, 10)}, shown_of=suppress)
    assert not any(one.flag for one in eight if isinstance(one, Group)), "exactly four fifths is no question"


def test_the_question_names_what_keeps_most_of_its_people_out() -> None:
    lisbon, oslo = people("Lisbon", 10), people("Oslo", 10)
    everybody = [*lisbon, *oslo]
    found = fairness(everybody, {**scores(lisbon, 4), **scores(oslo, 10)}, shown_of=suppress)
    why = {one.id: "office" if nth % 3 else "time" for nth, one in enumerate(lisbon) if nth > 3}

    asked = bound(found, everybody, why)

    assert [one.binding for one in asked if isinstance(one, Group)] == ["office", ""]


@pytest.mark.parametrize("small", [1, 2, 3, 4])
def test_neither_a_small_group_nor_what_subtraction_would_tell_is_shown(small: int) -> None:
    found = fairness([*people("Lisbon", 12), *people("Oslo", 6), *people("Porto", small)], {}, shown_of=suppress)

    assert [one.group for one in found if isinstance(one, Group)] == ["Lisbon"]
    assert [(one.groups, one.people) for one in found if isinstance(one, Hidden)] == [(2, 6 + small)]


def test_two_small_groups_that_would_be_few_together_hide_a_third() -> None:
    found = fairness(
        [*people("Lisbon", 12), *people("Oslo", 6), *people("Porto", 1), *people("Faro", 2)], {}, shown_of=suppress
    )

    assert [one.people for one in found if isinstance(one, Hidden)] == [9]
