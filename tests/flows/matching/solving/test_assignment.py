"""The engine finds the best assignment there is, and proves it to somebody who does not know how."""

from collections import Counter
from dataclasses import replace
from itertools import count
from random import Random

import numpy as np
import pytest

from flows.matching.solving import assignment, candidates, worth
from flows.matching.solving.assignment import Solution, assign
from flows.matching.solving.candidates import highest
from flows.matching.solving.proof import Unsound, check
from flows.matching.solving.worth import Dense
from tests.flows.matching.oracles import (
    NEVER,
    Market,
    by_brute_force,
    by_dense_solver,
    by_hungarian,
    by_load_vector,
    market,
)


def proved(made: Market, found: Solution, *, unmatched: int | None = None) -> bool:
    check(made.worth, made.places, found, load=made.load, load_cost=made.step, unmatched=unmatched)
    return found.gap == 0


def pairs(found: Solution) -> list[tuple[int, int]]:
    return [(mentee, mentor) for mentee, mentor in enumerate(found.partner) if mentor is not None]


@pytest.mark.parametrize("few", [False, True])
def test_it_is_as_good_as_trying_everything(few: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if few:  # So that prices have to find what is missing.
        monkeypatch.setattr(candidates, "BEST", 2)
        monkeypatch.setattr(candidates, "MORE", 1)
    matched, passes = 0, 0
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 7), dice.randint(1, 7))

        found = made.solve()

        assert (found.matched, found.value) == by_brute_force(made)
        assert proved(made, found)
        matched, passes = matched + found.matched, passes + found.passes
    assert matched > 400
    assert passes >= 215 or not few


def test_a_pair_that_brings_too_little_is_worse_than_none() -> None:
    alone = 0
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 7), dice.randint(1, 7))
        enough = dice.choice((0, 2, 20, 3_000, 20_000))

        found = made.solve(unmatched=enough)

        matched, value = by_brute_force(made, unmatched=enough)
        assert found.value - enough * found.matched == value - enough * matched
        assert proved(made, found, unmatched=enough)
        alone += len(found.partner) - found.matched
    assert alone > 100


def test_two_other_exact_methods_find_no_better_one() -> None:
    for number in range(100):
        dice = Random(number)
        made = market(dice, dice.randint(20, 60), dice.randint(10, 40))

        found = made.solve()

        assert (found.matched, found.value) == by_dense_solver(made) == by_hungarian(made)
        assert proved(made, found)


def test_no_limit_and_no_capacity_is_ever_broken() -> None:
    for number in range(1_000):
        dice = Random(number)
        made = market(dice, dice.randint(0, 12), dice.randint(0, 12))

        found = made.solve()

        taken = Counter(mentor for mentor in found.partner if mentor is not None)
        assert all(count <= made.places[mentor] for mentor, count in taken.items())
        assert all(
            made.points[mentee, mentor] >= 0 for mentee, mentor in enumerate(found.partner) if mentor is not None
        )


def test_the_check_rejects_what_was_tampered_with() -> None:
    rejected = Counter[str]()
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(2, 12), dice.randint(2, 12), permitted=0.8)
        found = made.solve()
        assert proved(made, found)

        for kind, tampered in {
            "a swap": swapped(found, dice),
            "a pair dropped": partnered(found, {dice.choice(pairs(found))[0]: None}) if found.matched else found,
            "another price": repriced(found, dice),
            "a better value": replace(found, value=found.value + 1),
            "another gain": replace(found, gain=(found.gain[0] + 1, *found.gain[1:])),
        }.items():
            if tampered != found and not (kind == "a swap" and as_good(made, tampered)):
                with pytest.raises(Unsound):
                    check(made.worth, made.places, tampered, load=made.load, load_cost=made.step, unmatched=None)
                rejected[kind] += 1
    assert len(rejected) == 5
    assert min(rejected.values()) > 150, rejected


def partnered(found: Solution, changed: dict[int, int | None]) -> Solution:
    return replace(found, partner=tuple(changed.get(nth, mentor) for nth, mentor in enumerate(found.partner)))


def swapped(found: Solution, dice: Random) -> Solution:
    first, second = dice.sample(range(len(found.partner)), 2)
    return partnered(found, {first: found.partner[second], second: found.partner[first]})


def as_good(made: Market, swapped: Solution) -> bool:
    """Two mentees whose mentors are worth the same to both may swap, and it is still the best assignment."""
    points = [int(made.points[pair]) for pair in pairs(swapped)]
    load = sum(made.cost(mentor, swapped.partner.count(mentor)) for mentor in range(len(made.places)))
    return min(points, default=0) >= 0 and sum(points) - load == swapped.value


def repriced(found: Solution, dice: Random) -> Solution:
    nth = dice.randrange(len(found.price))
    price = found.price[nth] + dice.choice((-1, 1))
    return replace(found, price=(*found.price[:nth], price, *found.price[nth + 1 :]))


def test_the_load_is_spread_as_well_as_any_way_of_spreading_it() -> None:
    spread = 0
    for number in range(100):
        dice = Random(number)
        made = market(dice, dice.randint(2, 7), dice.randint(2, 6), step=dice.choice((1, 50, 600, 5_000)))

        found = made.solve()

        best = by_load_vector(made)
        taken = tuple(found.partner.count(mentor) for mentor in range(len(made.places)))
        fit = sum(int(made.points[pair]) for pair in pairs(found))
        assert fit == best[taken], "the best for its own way of spreading it"
        assert found.value == max(
            int(best[other]) - sum(made.cost(mentor, int(count)) for mentor, count in enumerate(other))
            for other in zip(*np.nonzero(best > NEVER), strict=True)
            if sum(other) == found.matched
        )
        spread += max(taken) == 1 < max(made.places)
    assert spread > 10


def test_at_the_deadline_there_is_a_valid_draft_with_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "BEST", 2)
    monkeypatch.setattr(candidates, "MORE", 1)
    open_gaps = 0
    for number in range(300):
        dice = Random(number)
        made = market(dice, 7, 7, permitted=0.9)

        found = assign(made.worth, made.places, load=made.load, load_cost=made.step, unmatched=None, over=lambda: True)

        assert found.passes == 1
        matched, value = by_brute_force(made)
        assert found.gap > 0 or (found.matched, found.value) == (matched, value)
        assert found.value + found.gap >= value
        check(made.worth, made.places, found, load=made.load, load_cost=made.step, unmatched=None)
        if found.gap:
            open_gaps += 1
            with pytest.raises(Unsound):
                check(
                    made.worth,
                    made.places,
                    replace(found, gap=0),
                    load=made.load,
                    load_cost=made.step,
                    unmatched=None,
                )
    assert open_gaps > 20


def test_the_order_of_rows_and_columns_changes_no_total() -> None:
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 12), dice.randint(1, 12))
        rows, columns = dice.sample(range(len(made.points)), len(made.points)), list(range(len(made.places)))
        dice.shuffle(columns)
        turned = Market(
            points=made.points[np.ix_(rows, columns)],
            places=tuple(made.places[nth] for nth in columns),
            load=tuple(made.load[nth] for nth in columns),
            step=made.step,
        )

        first, second = made.solve(), turned.solve()

        assert (first.matched, first.value) == (second.matched, second.value)
        assert made.solve() == first, "the same again, to the last price"


def solved(points: list[list[int]], places: list[int]) -> Solution:
    made = Market(
        np.array(points, dtype=np.int32).reshape(len(points), len(places)), tuple(places), (0,) * len(places), 0
    )
    found = made.solve()
    assert proved(made, found)
    return found


def test_a_pair_without_a_point_is_still_a_pair() -> None:
    """A solver that takes 0 for "forbidden" would leave somebody out."""
    assert solved([[0, 9], [-1, 9]], [1, 1]).partner == (0, 1)
    assert solved([[0]], [1]).partner == (0,)


def test_a_disqualified_pair_never_displaces_a_permitted_one() -> None:
    found = solved([[-1, 0], [0, 0], [-1, -1]], [1, 1])
    assert found.partner == (1, 0, None)


def test_one_mentor_for_two_hundred() -> None:
    found = solved([[nth] for nth in range(200)], [3])
    assert [nth for nth, mentor in enumerate(found.partner) if mentor is not None] == [197, 198, 199]


def test_a_mentor_with_more_places_than_people() -> None:
    assert solved([[5], [6]], [200]).partner == (0, 0)


@pytest.mark.parametrize(("mentees", "places"), [(0, [1, 1]), (3, []), (0, []), (3, [0, 0]), (2, [1])])
def test_empty_sides_and_everybody_blocked(mentees: int, places: list[int]) -> None:
    found = solved([[-1] * len(places)] * mentees, places)
    assert (found.partner, found.value, found.gap) == ((None,) * mentees, 0, 0)


def test_mentors_without_a_place_stay_out_of_the_prices() -> None:
    """In a table of columns they would be empty ones and take a neighbour's price for theirs."""
    dice = Random(3)
    for _ in range(50):
        made = market(dice, 9, 12, permitted=0.7)
        closed = replace(made, places=tuple(free if nth % 3 else 0 for nth, free in enumerate(made.places)))
        found = closed.solve()
        assert (found.matched, found.value) == by_dense_solver(closed)
        assert proved(closed, found)


def test_people_without_a_permitted_mentor_cost_the_others_nothing() -> None:
    made = market(Random(8), 12, 8, permitted=0.6)
    alone = replace(made, points=np.vstack([made.points, np.full((5, 8), -1, dtype=np.int32)]))
    first, second = made.solve(), alone.solve()
    assert second.partner == (*first.partner, None, None, None, None, None)
    assert second.value == first.value


def test_equal_points_need_few_passes() -> None:
    """Were the first mentors on the list everybody's candidates, a pass would find a place or two at a time."""
    made = Market(np.full((300, 300), 5_000, dtype=np.int32), (1,) * 300, (0,) * 300, 600)
    found = made.solve()
    assert (found.matched, found.passes) == (300, 1)
    assert proved(made, found)


def test_prices_beyond_thirty_two_bits_stay_exact() -> None:
    numbers = np.random.default_rng(4)
    points = numbers.integers(2**30 - 50, 2**30, (40, 30)).astype(np.int32)
    made = Market(points, (1,) * 30, (0,) * 30, 0)
    found = made.solve()
    small = Market((points - (2**30 - 50)).astype(np.int32), (1,) * 30, (0,) * 30, 0)
    assert found.value - 30 * (2**30 - 50) == small.solve().value
    assert min(found.gain) < -(2**31)
    assert proved(made, found)


def test_sums_that_floats_could_not_hold_are_refused() -> None:
    points = np.full((3_000, 3_000), -1, dtype=np.int32)
    np.fill_diagonal(points, 2**30)
    with pytest.raises(OverflowError):
        assign(Dense(points), [1] * 3_000, load=[0] * 3_000, load_cost=0, unmatched=None, over=lambda: False)


def test_equals_are_chosen_by_their_place_and_by_nothing_else() -> None:
    dice = np.random.default_rng(5)
    for width in (1, 3, 40, 700):
        values = dice.integers(-1, 6, (30, width)).astype(np.int32)
        turns = dice.integers(0, width, 30)
        rows, columns = highest(values, 10, turns=turns)
        for row, turn in enumerate(turns.tolist()):
            order = sorted(range(width), key=lambda column: (-values[row, column], (column - turn) % width))
            permitted = [column for column in order if values[row, column] >= 0]
            assert columns[rows == row].tolist() == permitted[:10]


def test_what_lies_far_below_is_never_among_the_highest() -> None:
    values = np.full((1, 5_000), -500_000, dtype=np.int32)
    values[0, 7] = 100
    rows, columns = highest(values, 5, turns=np.zeros(1, dtype=np.int64), least=1)
    assert (rows.tolist(), columns.tolist()) == ([0], [7])


def test_where_some_are_dear_and_others_are_not_it_is_proved_in_few_passes() -> None:
    """The dear ones are far below what the others are tempted by. Taken for the best of what was missing they kept the
    search going round until its time was up."""
    numbers = np.random.default_rng(30)
    points = (numbers.integers(3_000, 9_000, (1, 350)) + numbers.integers(0, 1_000, (700, 350))).astype(np.int32)
    points[:350, 105:] = -1
    made = Market(points, (*[1] * 105, *[2] * 245), (0,) * 350, 600)
    passes = count()

    found = assign(
        made.worth, made.places, load=made.load, load_cost=600, unmatched=None, over=lambda: next(passes) > 30
    )

    assert found.matched == 455
    assert proved(made, found)


@pytest.mark.parametrize("unmatched", [None, 0])
def test_it_gives_up_only_what_nobody_can_reach(unmatched: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "BEST", 2)
    monkeypatch.setattr(candidates, "MORE", 1)
    given_up = 0
    for number in range(300):
        dice = Random(number)
        made = market(dice, 7, 7, permitted=0.9)
        people, value = by_brute_force(made, unmatched=unmatched)
        people += dice.choice((-1, 0, 0, 1)) if unmatched is None else 0
        wanted = (people, value + dice.choice((-5, 0, 0, 1, 50)))

        found = assign(
            made.worth,
            made.places,
            load=made.load,
            load_cost=made.step,
            unmatched=unmatched,
            over=lambda: False,
            at_least=wanted,
        )

        if found.gap:
            best = by_load_vector(made)
            assert not any(
                best[taken] - sum(made.cost(mentor, int(count)) for mentor, count in enumerate(taken)) >= wanted[1]
                and (sum(taken) >= wanted[0] or unmatched is not None)
                for taken in zip(*np.nonzero(best > NEVER), strict=True)
            )
            given_up += 1
    assert given_up > 5


def test_where_a_block_ends_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    pools = [market(Random(number), 23, 17) for number in range(40)]
    at_once = [made.solve() for made in pools]
    monkeypatch.setattr(worth, "BLOCK", 3 * 17)
    assert [made.solve() for made in pools] == at_once


def test_a_matching_that_is_not_the_best_finds_no_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that was started with old prices once gave one that looked settled."""
    made = Market(np.array([[9, 8], [8, 1]], dtype=np.int32), (1, 1), (0, 0), 0)
    for worse in ([0, 1], [0, -1], [-1, -1]):
        monkeypatch.setattr(assignment, "matching", lambda *_, worse=worse, **__: np.array(worse))
        with pytest.raises(ArithmeticError):
            made.solve()
    monkeypatch.setattr(assignment, "matching", lambda *_, **__: np.array([1, 0]))
    assert made.solve().value == 16


def test_whoever_has_no_place_may_have_any_number_of_mentees() -> None:
    same = Dense(np.full((2, 2), 8_000, dtype=np.int32))
    found = assign(same, [0, 1], load=[21, 0], load_cost=600, unmatched=None, over=lambda: False)
    check(same, [0, 1], found, load=[21, 0], load_cost=600, unmatched=None)
    assert (found.matched, found.value) == (1, 8_000)
