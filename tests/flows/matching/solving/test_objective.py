"""A draft lifts the worst off, keeps what was, and hears wishes, as far as that costs nobody their place."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from flows.matching.solving.objective import Objective, Optimum, optimum
from flows.matching.solving.proof import check
from tests.flows.matching.oracles import Market, by_brute_force, market

Pairs = Mapping[tuple[int, int], int]


def objective(made: Market, *, floor_loss: str = "0", minimum: int | None = None, locked: int = 0) -> Objective:
    return Objective(
        scores=made.worth,
        places=made.places,
        load=made.load,
        load_cost=made.step,
        minimum=minimum,
        waiting=[0] * len(made.points),
        wishes={},
        stability={},
        floor_loss=Fraction(floor_loss),
        locked=locked,
    )


def found(aim: Objective) -> Optimum:
    best = optimum(aim, over=lambda: False)
    check(best.worth, aim.places, best.solution, load=aim.load, load_cost=aim.load_cost, unmatched=aim.unmatched)
    assert best.solution.gap == 0
    assert best.finished
    return best


def pairs(best: Optimum) -> set[tuple[int, int]]:
    return {(mentee, mentor) for mentee, mentor in enumerate(best.solution.partner) if mentor is not None}


def under(made: Market, floor: int) -> Market:
    return replace(made, points=np.where(made.points < floor, -1, made.points).astype(np.int32))


@pytest.mark.parametrize("minimum", [None, 300])
def test_no_higher_floor_would_do(minimum: int | None) -> None:
    lifted = 0
    for number in range(100):
        dice = Random(number)
        made = market(dice, dice.randint(1, 6), dice.randint(3, 6), step=dice.choice((0, 20)), permitted=0.95)
        if number % 4:  # Rather many values than many equals.
            points = np.random.default_rng(number).integers(0, 1_000, made.points.shape).astype(np.int32)
            made = replace(made, points=np.where(made.points < 0, -1, points).astype(np.int32))
        if number % 2:  # Where everybody has whom they like best there is nothing to lift.
            made = replace(made, places=(1,) * len(made.places))
        loss, locked = dice.choice(("0.001", "5", "20", "50")), dice.choice((0, 0, 500, -200_000))

        best = found(objective(made, floor_loss=loss, minimum=minimum, locked=locked))

        permitted = made if minimum is None else under(made, minimum)
        people, value = by_brute_force(permitted, unmatched=None if minimum is None else 0)
        enough = value - (value + locked) * Fraction(loss) / 100
        will_do = []
        for floor in np.unique(permitted.points[permitted.points >= 0]).tolist():
            matched, left = by_brute_force(under(permitted, floor), unmatched=None if minimum is None else 0)
            if left >= enough and (matched == people or minimum is not None):
                will_do.append((floor, left))
        assert best.value == value + locked
        if value + locked <= 0 or not will_do:
            assert best.floor is None
            assert best.solution.value == value
        else:
            assert (best.floor, best.solution.value) == max(will_do)
            assert best.lost == value - best.solution.value
            assert all(made.points[pair] >= max(will_do)[0] for pair in pairs(best))
            lifted += best.lost > 0
    assert lifted > 5


def test_twelve_solves_find_the_floor_of_a_company() -> None:
    for number in range(6):
        numbers = np.random.default_rng(number)
        taste = numbers.integers(0, 5_000, (120, 1)) // 3 + numbers.integers(0, 5_000, (1, 80)) // 3
        points = (taste + numbers.integers(0, 6_000, (120, 80))).astype(np.int32)
        points[numbers.random(points.shape) < 0.5] = -1
        made = Market(points, tuple(numbers.integers(1, 3, 80).tolist()), (0,) * 80, 600)

        best = found(objective(made, floor_loss="0.5"))

        plain = found(objective(made))
        assert best.solves <= 12
        assert best.floor is not None
        assert best.floor >= min(int(points[pair]) for pair in pairs(plain))
        assert best.solution.matched == plain.solution.matched
        assert 0 <= best.lost * 200 <= best.value


def test_the_floor_is_the_same_whatever_was_before() -> None:
    """Else a redraft of the same people would lift the floor again and again."""
    for number in range(60):
        dice = Random(number)
        made = market(dice, 12, 9, permitted=0.8)
        first = found(objective(made, floor_loss="3"))

        again = found(replace(objective(made, floor_loss="3"), stability=dict.fromkeys(pairs(first), 200)))

        assert pairs(again) == pairs(first)
        assert (again.floor, again.lost, again.value) == (first.floor, first.lost, first.value)


def test_the_search_stops_at_the_deadline_with_the_best_so_far() -> None:
    numbers = np.random.default_rng(1)
    made = Market(numbers.integers(0, 10_000, (40, 40)).astype(np.int32), (1,) * 40, (0,) * 40, 0)
    asked = iter(range(100))
    at_once = optimum(objective(made, floor_loss="5"), over=lambda: True)
    soon = optimum(objective(made, floor_loss="5"), over=lambda: next(asked) > 3)
    for best in (at_once, soon):
        assert not best.finished
        assert best.solution.matched == 40
        check(best.worth, made.places, best.solution, load=made.load, load_cost=0, unmatched=None)


def test_stability_keeps_more_the_more_it_counts() -> None:
    for number in range(100):
        dice = Random(number)
        made = market(dice, dice.randint(2, 9), dice.randint(2, 9))
        before = pairs(found(objective(made)))
        changed = market(dice, len(made.points), len(made.places))
        now = replace(
            changed, places=made.places, points=np.where(changed.points < 0, -1, made.points).astype(np.int32)
        )

        kept, last = 0, found(objective(now))
        for bonus in (0, 1, 50, 200, 1_000, 50_000):
            best = found(replace(objective(now), stability=dict.fromkeys(before, bonus)))
            assert len(pairs(best) & before) >= kept or not bonus
            kept = len(pairs(best) & before)
            assert best.solution.matched == last.solution.matched
            if not bonus:
                assert best.solution == last.solution
        assert kept == most_kept(now, before)


def most_kept(made: Market, before: set[tuple[int, int]]) -> int:
    """How many pairs can be kept if as many people as possible are to be matched."""
    points = np.where(made.points < 0, -1, 0).astype(np.int32)
    for pair in before:
        points[pair] = 1 if made.points[pair] >= 0 else -1
    return by_brute_force(replace(made, points=points, step=0))[1]


def test_waiting_decides_who_and_never_which() -> None:
    for number in range(100):
        dice = Random(number)
        made = market(dice, 8, 6)
        waiting = [150 * dice.randint(0, 4) for _ in range(8)]

        best = found(replace(objective(made), waiting=waiting))

        for mentee, mentor in pairs(best):
            alone = {nth for nth, partner in enumerate(best.solution.partner) if partner is None}
            for other in alone:
                if made.points[other, mentor] >= made.points[mentee, mentor]:
                    assert waiting[other] <= waiting[mentee]
        if len(pairs(best)) == 8:
            assert best.solution.value - sum(waiting) == found(objective(made)).solution.value


def test_wishes_add_up_with_the_fit_and_open_no_forbidden_pair() -> None:
    for number in range(100):
        dice = Random(number)
        made = market(dice, dice.randint(1, 6), dice.randint(1, 6))
        wishes = {(nth, dice.randrange(len(made.places))): 1_500 for nth in range(len(made.points))}

        best = found(replace(objective(made), wishes=wishes))

        points = made.points.copy()
        for pair in wishes:
            points[pair] += 1_500 if points[pair] >= 0 else 0
        assert (best.solution.matched, best.solution.value) == by_brute_force(replace(made, points=points))
