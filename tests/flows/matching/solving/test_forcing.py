"""Why not somebody else: the price is known at least at once, and exactly after one solve."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from flows.matching.solving.forcing import bound, price
from tests.flows.matching.oracles import Market, by_brute_force, market


@pytest.mark.parametrize("unmatched", [None, 0])
def test_the_bound_is_never_above_the_price_and_the_price_is_exact(unmatched: int | None) -> None:
    tried = exact = dear = longest = 0
    for number in range(220):
        dice = Random(number)
        made = market(dice, dice.randint(3, 7), dice.randint(2, 7), permitted=dice.choice((0.4, 0.9)))
        found = made.solve(unmatched=unmatched)
        pairs = [(int(one), int(two)) for one, two in np.argwhere(made.points >= 0) if made.places[two]]
        for mentee, mentor in dice.sample(pairs, min(3, len(pairs))):
            points = int(made.points[mentee, mentor])

            least = bound(found, mentee, mentor, points=points)
            forced = price(
                made.worth,
                made.places,
                found,
                mentee,
                mentor,
                points=points,
                load=made.load,
                load_cost=made.step,
                unmatched=unmatched,
                over=lambda: False,
            )

            given = made.points.copy()
            given[mentee] = -1
            given[mentee, mentor] = points
            # Whoever is given a mentor stays with them, however little it brings.
            given[mentee, mentor] += 10**6
            matched, value = by_brute_force(replace(made, points=given), unmatched=unmatched)
            assert forced.lost == found.value - (value - 10**6)
            assert forced.partner[mentee] == mentor
            if unmatched is None:
                assert forced.fewer == found.matched - matched
            assert 0 <= least <= forced.lost - (0 if unmatched == 0 else found.nobody * forced.fewer)
            assert least == 0 or found.partner[mentee] != mentor
            # To move these people alone is as good as everything that the new solve moved.
            only = [forced.partner[nth] if nth in forced.moved else old for nth, old in enumerate(found.partner)]
            assert all(only.count(nth) <= free for nth, free in enumerate(made.places))
            assert valued(made, only) == value - 10**6
            assert len(only) - only.count(None) == matched or unmatched == 0
            assert forced.moved[:1] == ((mentee,) if found.partner[mentee] != mentor else ())
            longest = max(longest, len(forced.moved))
            tried, exact, dear = tried + 1, exact + (least == forced.lost), dear + (forced.fewer > 0)
    assert tried > 500
    assert exact > 200
    assert dear > 10 or unmatched == 0
    assert longest > 3


def valued(made: Market, partner: Sequence[int | None]) -> int:
    points = sum(int(made.points[mentee, mentor]) for mentee, mentor in enumerate(partner) if mentor is not None)
    return points - sum(made.cost(mentor, partner.count(mentor)) for mentor in range(len(made.places)))


def test_a_mentor_without_a_place_is_refused() -> None:
    made = replace(market(Random(1), 3, 3), places=(1, 0, 1))
    with pytest.raises(ValueError, match="place"):
        price(
            made.worth,
            made.places,
            made.solve(),
            0,
            1,
            points=5,
            load=made.load,
            load_cost=made.step,
            unmatched=None,
            over=lambda: False,
        )
