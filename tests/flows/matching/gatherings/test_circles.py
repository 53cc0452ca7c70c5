"""Circles are as even, as lawful and as fitting as can be, and the same seed makes the same ones."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.matching.gatherings.circles import Circles, circles, number_of_circles
from flows.matching.gatherings.draws import Draws


def affinities(dice: Random, people: int) -> NDArray[np.int32]:
    numbers = np.random.default_rng(dice.getrandbits(32)).integers(0, 100, (people, people)).astype(np.int32) * 100
    return np.triu(numbers, 1) + np.triu(numbers, 1).T


def nothing_between(people: int) -> NDArray[np.uint16]:
    return np.zeros((people, people), dtype=np.uint16)


def same_team(people: int, teams: int) -> NDArray[np.uint16]:
    team = np.arange(people) % teams
    apart: NDArray[np.bool_] = (team[:, None] != team) | np.eye(people, dtype=bool)
    return (~apart).astype(np.uint16)


def seated(
    affinity: NDArray[np.int32], limits: NDArray[np.uint16], *, size: int, kicks: int = 20, seed: str = "spring"
) -> Circles:
    zone = [60 * (nth * 7 % 12) for nth in range(len(affinity))]
    return circles(
        affinity,
        limits,
        zone=zone,
        count=number_of_circles(len(affinity), size),
        seed=seed,
        over=lambda: False,
        kicks=kicks,
    )


def partitions(people: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to make groups of these sizes, some of them more than once."""
    if not sizes:
        yield ()
        return
    first, *others = people
    for nth in range(len(sizes)):
        if sizes[nth] in sizes[:nth]:
            continue
        for rest in combinations(others, sizes[nth] - 1):
            left = tuple(one for one in others if one not in rest)
            for further in partitions(left, (*sizes[:nth], *sizes[nth + 1 :])):
                yield ((first, *rest), *further)


def within(matrix: NDArray[np.integer], group: tuple[int, ...]) -> int:
    return int(matrix[np.ix_(group, group)].sum()) // 2


@pytest.mark.parametrize("sizes", [(4, 4, 4), (5, 4)])
def test_no_other_circles_suit_better(sizes: tuple[int, ...]) -> None:
    people = sum(sizes)
    for number in range(5):
        dice = Random(number)
        affinity = affinities(dice, people)
        limits = same_team(people, 5) if number % 2 else nothing_between(people)

        found = seated(affinity, limits, size=4, kicks=60)

        broken = {group: within(limits, group) for size in set(sizes) for group in combinations(range(people), size)}
        suits = {group: within(affinity, group) for group in broken}
        best = max(
            (-sum(broken[group] for group in groups), sum(suits[group] for group in groups))
            for groups in partitions(tuple(range(people)), sizes)
        )
        assert (-len(found.broken), found.affinity) == best


def test_sizes_differ_by_one_at_most_and_nobody_is_left_out() -> None:
    for people in range(1, 60):
        for size in (4, 6, 8):
            # The more uneven they were, the more pairs, and the more affinity.
            found = seated(np.ones((people, people), dtype=np.int32), nothing_between(people), size=size, kicks=1)

            sizes = [len(group) for group in found.groups]
            assert sorted(one for group in found.groups for one in group) == list(range(people))
            assert max(sizes) - min(sizes) <= 1
            assert people < 4 or 4 <= min(sizes) <= max(sizes) <= 8


def test_there_are_as_many_circles_as_come_nearest_to_the_size() -> None:
    assert [number_of_circles(people, 6) for people in (0, 3, 8, 9, 11, 24, 27, 120)] == [0, 1, 1, 2, 2, 4, 4, 20]
    assert [number_of_circles(people, 4) for people in (7, 8, 11, 12)] == [1, 2, 2, 3]
    assert seated(np.zeros((0, 0), dtype=np.int32), nothing_between(0), size=6).groups == ()


def test_limits_hold_where_they_can_and_affinity_is_far_above_chance() -> None:
    affinity, limits = affinities(Random(1), 120), same_team(120, 20)

    found = seated(affinity, limits, size=6, kicks=5)

    by_chance = sum(within(affinity, tuple(range(first, first + 6))) for first in range(0, 120, 6))
    assert found.broken == ()
    assert found.affinity > 1.4 * by_chance


def test_where_limits_cannot_all_hold_the_fewest_broken_are_named() -> None:
    """Three teams of twenty in circles of six: two of each team at the best, which are three broken limits a circle."""
    found = seated(affinities(Random(2), 60), same_team(60, 3) * np.uint16(4), size=6, kicks=5)

    assert len(found.broken) == 10 * 3
    assert all(one.one % 3 == one.other % 3 and one.limits == 4 for one in found.broken)
    assert all(any({one.one, one.other} <= set(group) for group in found.groups) for one in found.broken)


def test_every_circle_has_somebody_who_is_ready_to_facilitate_as_long_as_limits_and_numbers_allow() -> None:
    affinity = affinities(Random(5), 24)
    for ready in ({0, 1, 2, 3}, {2, 3, 5, 7, 11, 13, 17}, set(range(24)), {20, 21}):
        found = circles(
            affinity,
            same_team(24, 6),
            zone=[0] * 24,
            count=4,
            ready=ready,
            seed="spring",
            over=lambda: False,
            kicks=5,
        )

        there = [sorted(ready & set(group)) for group in found.groups]
        assert sum(map(bool, there)) == min(4, len(ready))
        assert max(map(len, there)) - min(map(len, there)) <= 1
        assert found.broken == ()


def test_more_time_never_makes_it_worse_and_the_seed_decides_alone() -> None:
    affinity, limits = affinities(Random(3), 48), same_team(48, 12)
    few, many = (seated(affinity, limits, size=6, kicks=kicks) for kicks in (0, 40))

    assert few.affinity < many.affinity
    assert (few.searches, many.searches) == (1, 41)
    assert seated(affinity, limits, size=6, kicks=40) == many
    assert seated(affinity, limits, size=6, kicks=40, seed="autumn") != many


def test_at_the_deadline_everybody_has_a_circle() -> None:
    calls = iter(range(1_000))

    found = circles(
        affinities(Random(4), 30),
        nothing_between(30),
        zone=[0] * 30,
        count=5,
        seed="spring",
        over=lambda: next(calls) > 2,
        kicks=1_000,
    )

    assert [len(group) for group in found.groups] == [6] * 5
    assert found.searches < 5


def test_draws_are_the_same_for_the_same_seed_and_spread_over_all_numbers() -> None:
    one, same, other = Draws("spring"), Draws("spring"), Draws("autumn")

    numbers = [one.below(10) for _ in range(1_000)]

    assert numbers == [same.below(10) for _ in range(1_000)]
    assert numbers != [other.below(10) for _ in range(1_000)]
    assert all(60 < numbers.count(number) < 140 for number in range(10))
    assert sorted(one.some(5, among=5)) == [0, 1, 2, 3, 4]
    assert len(set(one.some(3, among=50))) == 3
