"""In an event everybody sits with somebody new each round, and who sat out goes first."""

from collections import Counter
from random import Random

import numpy as np

from flows.matching.gatherings.rotation import rotate
from flows.matching.solving.worth import Dense
from tests.flows.matching.oracles import market


def test_in_an_event_nobody_sits_twice_with_the_same_mentor() -> None:
    points = market(Random(1), 40, 20, permitted=0.9).points

    found = rotate(Dense(points), [2] * 20, rounds=6, over=lambda: False)

    pairs = [(mentee, mentor) for one in found for mentee, mentor in enumerate(one) if mentor is not None]
    assert len(pairs) == len(set(pairs))
    assert all(points[pair] >= 0 for pair in pairs)
    assert all(max(Counter(mentor for mentor in one if mentor is not None).values()) <= 2 for one in found)
    assert len(pairs) >= 0.98 * 40 * 6


def test_who_sat_out_goes_first() -> None:
    points = np.tile(np.array([[900], [600], [300]], dtype=np.int32), (1, 3))

    found = rotate(Dense(points), [1, 1, 0], rounds=3, over=lambda: False)

    assert [one.index(None) for one in found] == [2, 1, 0]


def test_an_event_ends_when_everybody_has_met_everybody() -> None:
    found = rotate(Dense(np.zeros((2, 2), dtype=np.int32)), [1, 1], rounds=3, over=lambda: False)

    assert found[2] == (None, None)
    assert rotate(Dense(np.zeros((0, 0), dtype=np.int32)), [], rounds=2, over=lambda: False) == ((), ())


def test_who_helps_and_learns_is_never_in_two_places_at_once_and_does_both() -> None:
    for number in range(20):
        points = market(Random(number), 12, 8, permitted=1).points
        points[range(5), range(5)] = -1

        found = rotate(Dense(points), [2] * 8, rounds=4, both=[(one, one) for one in range(5)], over=lambda: False)

        for one in range(5):
            helps, learns = [one in turn for turn in found], [turn[one] is not None for turn in found]
            assert not any(helping and learning for helping, learning in zip(helps, learns, strict=True))
            assert any(helps)
            assert any(learns)
