"""A mentor for each theme, nobody for two themes of the same person, and a gap that says how good it is."""

from itertools import product
from random import Random

import numpy as np
from numpy.typing import NDArray

from flows.matching.gatherings.mosaic import Mosaic, compose
from flows.matching.solving.worth import Dense
from tests.flows.matching.oracles import market


def composed(points: NDArray[np.int32], mentee: list[int], places: list[int], *, in_time: bool = True) -> Mosaic:
    return compose(Dense(points), mentee, places, load=[0] * len(places), load_cost=0, over=lambda: not in_time)


def by_trying_everything(points: NDArray[np.int32], mentee: list[int], places: list[int]) -> tuple[int, int]:
    best = (0, 0)
    for chosen in product(range(-1, len(places)), repeat=len(points)):
        pairs = [(theme, mentor) for theme, mentor in enumerate(chosen) if mentor >= 0]
        distinct = {(mentee[theme], mentor) for theme, mentor in pairs}
        fits = all(chosen.count(mentor) <= free for mentor, free in enumerate(places))
        worth = [int(points[pair]) for pair in pairs]
        if fits and len(distinct) == len(pairs) and min(worth, default=0) >= 0:
            best = max(best, (len(pairs), sum(worth)))
    return best


def test_nobody_has_one_mentor_for_two_themes_and_the_gap_says_how_good_it_is() -> None:
    again, best, proved = 0, 0, 0
    for number in range(200):
        dice = Random(number)
        themes, mentors = dice.randint(0, 6), dice.randint(1, 3)
        mentee = sorted(dice.randint(0, 2) for _ in range(themes))
        made = market(dice, themes, mentors, permitted=dice.choice((0.6, 1.0)))
        points, places = made.points, list(made.places)

        found = composed(points, mentee, places)

        pairs = [(theme, mentor) for theme, mentor in enumerate(found.partner) if mentor is not None]
        assert len({(mentee[theme], mentor) for theme, mentor in pairs}) == len(pairs)
        assert all(points[pair] >= 0 for pair in pairs)
        assert all(found.partner.count(mentor) <= free for mentor, free in enumerate(places))
        wanted = by_trying_everything(points, mentee, places)
        reached = (len(pairs), sum(int(points[pair]) for pair in pairs))
        assert reached <= wanted
        if found.gap is not None:
            assert wanted[0] == reached[0]
            assert wanted[1] - reached[1] <= found.gap
        again += found.solves > 1
        best += reached == wanted
        proved += found.gap == 0
    assert again > 25
    assert best >= 195
    assert proved > 150


def test_at_the_deadline_the_weaker_theme_has_nobody() -> None:
    points = np.array([[500], [900]], dtype=np.int32)

    assert composed(points, [0, 0], [2], in_time=False).partner == (None, 0)
    assert composed(points, [0, 1], [2], in_time=False).partner == (0, 0)
