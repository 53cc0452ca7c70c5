"""Whatever pairs there are, taking somebody in keeps them lawful and as many as they were."""

from itertools import combinations
from random import Random

import numpy as np

from flows.matching.gatherings.leftover import take_in
from flows.matching.solving.worth import Dense


def test_pairs_stay_as_many_and_lawful_however_places_change() -> None:
    taken_in, moved = 0, 0
    for number in range(1_000):
        dice = Random(number)
        people = dice.randint(3, 12)
        permitted = np.triu(np.random.default_rng(number).random((people, people)) < dice.choice((0.2, 0.3, 0.5)), 1)
        points = np.where(permitted | permitted.T, 7, -1).astype(np.int32)
        order = dice.sample(range(people), people)
        before = [(min(pair), max(pair)) for pair in zip(order[::2], order[1::2], strict=False) if points[pair] >= 0][
            : dice.randint(1, 4)
        ]
        left = sorted(set(range(people)) - {person for pair in before for person in pair})

        pairs, third = take_in(Dense(points), before, left, over=lambda: False)

        assert len(pairs) == len(before)
        assert all(points[pair] >= 0 for pair in pairs)
        assert len(set(third.values())) == len(third)
        assert set(third.values()) <= set(pairs)
        assert all(min(points[person, pair[0]], points[person, pair[1]]) >= 0 for person, pair in third.items())
        seated = [*third, *(person for pair in pairs for person in pair)]
        assert len(seated) == len(set(seated))
        assert {person for pair in before for person in pair} <= set(seated)
        taken_in += len(third)
        moved += pairs != sorted(before)
    assert taken_in > 300
    assert moved > 10


def test_everybody_whom_a_pair_may_take_in_at_once_stays_out_of_other_changes() -> None:
    points = np.full((6, 6), -1, dtype=np.int32)
    for one, other in [*combinations((0, 1, 4), 2), *combinations((2, 3, 5), 2)]:
        points[one, other] = points[other, one] = 9

    assert take_in(Dense(points), [(0, 1), (2, 3)], [4, 5], over=lambda: False) == (
        [(0, 1), (2, 3)],
        {4: (0, 1), 5: (2, 3)},
    )


def test_of_a_pair_either_may_be_the_one_who_makes_room() -> None:
    points = np.full((9, 9), -1, dtype=np.int32)
    for one, others in {0: (1, 4, 5, 8), 1: (6, 7), 2: (3, 4, 5, 6), 3: (5, 7), 4: (7,), 6: (8,)}.items():
        for other in others:
            points[one, other] = points[other, one] = 9

    pairs, third = take_in(Dense(points), [(0, 8), (1, 7), (2, 6), (3, 5)], [4], over=lambda: False)

    assert len(pairs) == 4
    assert len({*third, *(person for pair in pairs for person in pair)}) == 9
