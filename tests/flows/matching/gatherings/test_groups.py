"""A group runs with enough people or not at all, and as many as possible find one."""

from collections import Counter
from itertools import product
from random import Random

import numpy as np
from numpy.typing import NDArray

from flows.matching.gatherings.groups import Groups, gather_groups
from flows.matching.solving.worth import Dense


def gathered(points: NDArray[np.int32], most: tuple[int, ...], *, least: int, in_time: int = 10**9) -> Groups:
    calls = iter(range(10**9))
    return gather_groups(Dense(points), most, least=least, over=lambda: next(calls) >= in_time)


def by_trying_everything(points: NDArray[np.int32], most: tuple[int, ...], *, least: int) -> tuple[int, int]:
    """The most people who can be in groups, and the most points of so many."""
    best = (0, 0)
    for chosen in product(range(-1, len(most)), repeat=len(points)):
        sizes = Counter(mentor for mentor in chosen if mentor >= 0)
        worth = [int(points[mentee, mentor]) for mentee, mentor in enumerate(chosen) if mentor >= 0]
        if all(least <= size <= most[mentor] for mentor, size in sizes.items()) and min(worth, default=0) >= 0:
            best = max(best, (len(worth), sum(worth)))
    return best


def test_groups_are_lawful_and_nearly_always_the_best_there_are() -> None:
    best, proved = 0, 0
    for number in range(200):
        dice = Random(number)
        mentees, mentors = dice.randint(0, 6), dice.randint(0, 3)
        numbers = np.random.default_rng(number)
        points = numbers.integers(0, dice.choice((1, 40, 10_000)), (mentees, mentors), endpoint=True).astype(np.int32)
        points[numbers.random((mentees, mentors)) < dice.choice((0, 0.2, 0.5))] = -1
        most, least = tuple(dice.randint(0, 5) for _ in range(mentors)), dice.choice((1, 2, 3))

        found = gathered(points, most, least=least)

        sizes = Counter(mentor for mentor in found.partner if mentor is not None)
        assert all(least <= size <= most[mentor] for mentor, size in sizes.items())
        worth = [int(points[mentee, mentor]) for mentee, mentor in enumerate(found.partner) if mentor is not None]
        assert min(worth, default=0) >= 0
        assert found.value == sum(worth)
        assert set(found.idle) == {mentor for mentor, free in enumerate(most) if free} - set(sizes)
        wanted = by_trying_everything(points, most, least=least)
        assert (len(worth), found.value) <= wanted
        assert (len(worth), found.value) == wanted or found.gap != 0
        best += (len(worth), found.value) == wanted
        if found.gap is not None:
            assert wanted[0] == len(worth)
            assert wanted[1] - found.value <= found.gap
        proved += found.gap == 0
    assert best >= 195
    assert proved > 150


def test_seats_that_a_group_needs_are_filled_before_anybody_is_left_out() -> None:
    """All six prefer the first mentor, who has room for five."""
    points = np.array([[900, 100]] * 6, dtype=np.int32)

    found = gathered(points, (5, 5), least=3)

    assert Counter(found.partner) == {0: 3, 1: 3}
    assert found.idle == ()


def test_the_emptiest_group_is_closed_and_its_people_go_to_others() -> None:
    points = np.array([[5, 9, 1], [5, 9, 1], [5, 1, 9], [5, 1, 1], [5, 1, 1]], dtype=np.int32)

    found = gathered(points, (3, 3, 3), least=2)

    assert found.partner.count(2) == 0
    assert sorted(Counter(found.partner).values()) == [2, 3]
    assert found.idle == (2,)
    assert found.gap == 9 + 9 + 9 + 5 + 5 - found.value


def test_nobody_is_in_a_group_that_cannot_run() -> None:
    assert gathered(np.zeros((2, 1), dtype=np.int32), (6,), least=3).partner == (None, None)
    assert gathered(np.zeros((9, 1), dtype=np.int32), (2,), least=3).idle == (0,)
    assert gathered(np.zeros((0, 0), dtype=np.int32), (), least=3).partner == ()


def test_at_the_deadline_groups_that_are_too_small_do_not_run() -> None:
    points = np.array([[9, 1], [9, 1], [9, 1], [1, 9]], dtype=np.int32)

    found = gathered(points, (3, 3), least=2, in_time=0)

    assert found.partner == (0, 0, 0, None)
    assert found.gap is None
