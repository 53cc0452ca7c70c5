"""Where a programme promises it, no two people would rather have each other than what they got."""

from itertools import product
from random import Random

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.stable import Partners, accept
from flows.matching.solving.worth import Dense

Wishes = list[list[int]]


def unhappy(wishes: Wishes, points: NDArray[np.int32], places: list[int], partner: Partners) -> bool:
    """Whether some mentee and mentor would both rather be together."""
    for mentee, wished in enumerate(wishes):
        for mentor in wished:
            if partner[mentee] == mentor:
                break
            if points[mentee, mentor] < 0 or not places[mentor]:
                continue
            held = [other for other, has in enumerate(partner) if has == mentor]
            rank = (points[mentee, mentor], -mentee)
            if len(held) < places[mentor] or any((points[other, mentor], -other) < rank for other in held):
                return True
    return False


def made(dice: Random) -> tuple[Wishes, NDArray[np.int32], list[int]]:
    """Half of them with a place for everybody and complete lists, where several results may be stable."""
    mentees, mentors, complete = dice.randint(0, 4), dice.randint(1, 4), dice.random() < 0.5
    mentors = max(1, mentees) if complete else mentors
    wishes = [dice.sample(range(mentors), mentors if complete else dice.randint(0, mentors)) for _ in range(mentees)]
    points = np.random.default_rng(dice.getrandbits(32)).integers(-1, 20, (mentees, mentors)).astype(np.int32)
    return wishes, points, [1 if complete else dice.randint(0, 2) for _ in range(mentors)]


def test_no_two_people_would_rather_have_each_other_and_mentees_get_the_best_that_is_stable() -> None:
    several = 0
    for number in range(200):
        wishes, points, places = made(Random(number))

        found = accept(wishes, Dense(points), places)

        lawful = [
            partner
            for partner in product(
                *([None, *(m for m in row if points[nth, m] >= 0)] for nth, row in enumerate(wishes))
            )
            if all(partner.count(mentor) <= free for mentor, free in enumerate(places))
        ]
        stable = [partner for partner in lawful if not unhappy(wishes, points, places, partner)]
        assert found in stable
        for mentee, wished in enumerate(wishes):
            order: list[int | None] = [*wished, None]
            assert all(order.index(found[mentee]) <= order.index(other[mentee]) for other in stable)
        several += len(stable) > 1
    assert several > 3


def test_among_equals_the_earlier_one_is_taken() -> None:
    assert accept([[0], [0], [0]], Dense(np.zeros((3, 1), dtype=np.int32)), [2]) == (0, 0, None)


def test_short_lists_leave_people_without_a_mentor_though_one_is_free() -> None:
    assert accept([[0], [0]], Dense(np.array([[5, 9], [7, 9]], dtype=np.int32)), [1, 1]) == (None, 0)
