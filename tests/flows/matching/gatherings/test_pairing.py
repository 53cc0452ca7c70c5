"""Peers meet in pairs, always somebody new while there is somebody new, and nobody is dropped."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.matching.gatherings import pairing
from flows.matching.gatherings.mutual import Mutual
from flows.matching.gatherings.pairing import Pairing, gap, pair_up
from flows.matching.gatherings.repeats import NEW, REPEATED, Met, since
from flows.matching.solving.worth import Dense


def peers(dice: Random, people: int, *, permitted: float = 1.0) -> NDArray[np.int32]:
    """Points both ways, often equal."""
    numbers = np.random.default_rng(dice.getrandbits(32))
    points = numbers.integers(0, dice.choice((1, 3, 40, 10_001)), (people, people), endpoint=True).astype(np.int32)
    points[numbers.random((people, people)) > permitted] = -1
    points = np.triu(points, 1) + np.triu(points, 1).T
    np.fill_diagonal(points, -1)
    return points


def paired(points: NDArray[np.int32], met: Met | None = None) -> Pairing:
    return pair_up(Mutual(points), met=met or {}, over=lambda: False)


def worth_of(points: NDArray[np.int32], met: Met, pair: tuple[int, int]) -> int:
    """The definition: a million for a pair that has not met, and less the more lately they have."""
    again = met.get(pair)
    return REPEATED + int(points[pair]) + (NEW if again is None else -(REPEATED // again))


def by_trying_everything(points: NDArray[np.int32], met: Met) -> tuple[int, int]:
    """The most pairs there can be, and the most points of so many."""

    def best(people: tuple[int, ...]) -> tuple[int, int]:
        if len(people) < 2:
            return 0, 0
        first, *others = people
        found = [best(tuple(others))]
        for other in others:
            if points[first, other] >= 0:
                pairs, value = best(tuple(one for one in others if one != other))
                found.append((pairs + 1, value + worth_of(points, met, (first, other))))
        return max(found)

    return best(tuple(range(len(points))))


def some_met(dice: Random, people: int) -> dict[tuple[int, int], int]:
    return {pair: dice.randint(1, 9) for pair in combinations(range(people), 2) if dice.random() < 0.4}


def test_no_other_pairs_are_more_or_suit_each_other_better() -> None:
    threes, handed_on = 0, 0
    for number in range(200):
        dice = Random(number)
        people = dice.randint(0, 8)
        points, met = peers(dice, people, permitted=dice.choice((0.3, 0.6, 1.0))), some_met(dice, people)

        found = paired(points, met)

        pairs, value = by_trying_everything(points, met)
        three = sum(len(group) == 3 for group in found.groups)
        assert len(found.groups) == pairs
        assert found.value == value or (found.value < value and three)
        assert found.exact
        everybody = sorted([*found.alone, *(person for group in found.groups for person in group)])
        assert everybody == list(range(people))
        assert all(points[pair] >= 0 for group in found.groups for pair in combinations(group, 2))
        assert all(len(group) in (2, 3) for group in found.groups)
        threes += three
        handed_on += found.value < value
    assert threes > 30
    assert handed_on < 20


def test_whoever_is_left_over_joins_the_pair_that_gains_most() -> None:
    points = np.array(
        [
            [-1, 900, 10, 10, 30],
            [900, -1, 10, 10, 30],
            [10, 10, -1, 900, 50],
            [10, 10, 900, -1, 20],
            [30, 30, 50, 20, -1],
        ],
        dtype=np.int32,
    )
    assert paired(points).groups == ((0, 1), (2, 3, 4))

    points[3, 4] = points[4, 3] = -1

    assert paired(points).groups == ((0, 1, 4), (2, 3))


def test_whom_no_pair_may_take_in_is_named() -> None:
    points = np.array([[-1, 5, 5], [5, -1, -1], [5, -1, -1]], dtype=np.int32)

    found = paired(points)

    assert len(found.groups) == len(found.alone) == 1
    assert paired(points[:0, :0]) == Pairing(groups=(), alone=(), value=0, exact=True)
    assert paired(np.full((3, 3), -1, dtype=np.int32)).alone == (0, 1, 2)


def taken_in(points: NDArray[np.int32], pairs: list[tuple[int, int]], left: list[int]) -> int:
    """How many of those left over can join a pair, one a pair."""
    if not left:
        return 0
    first, *others = left
    joins = [pair for pair in pairs if min(points[first, pair[0]], points[first, pair[1]]) >= 0]
    with_it = (1 + taken_in(points, [one for one in pairs if one != pair], others) for pair in joins)
    return max(taken_in(points, pairs, others), *with_it, 0)


def most_pairs(points: NDArray[np.int32], people: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
    """Every way to pair some of these people."""
    if not people:
        yield []
        return
    first, *others = people
    yield from most_pairs(points, tuple(others))
    for other in others:
        if points[first, other] >= 0:
            for rest in most_pairs(points, tuple(one for one in others if one != other)):
                yield [(first, other), *rest]


def test_nobody_is_alone_while_somebody_else_could_join_in_their_place() -> None:
    handed_on, alone = 0, 0
    for number in range(300):
        dice = Random(number)
        points = peers(dice, dice.choice((5, 7, 8)), permitted=dice.choice((0.3, 0.4, 0.6)))
        people = len(points)

        found = paired(points)

        ways = list(most_pairs(points, tuple(range(people))))
        most = max(len(pairs) for pairs in ways)
        least = min(
            people
            - 2 * most
            - taken_in(points, pairs, [one for one in range(people) if not any(one in two for two in pairs)])
            for pairs in ways
            if len(pairs) == most
        )
        assert len(found.groups) == most
        assert len(found.alone) >= least
        assert sorted([*found.alone, *(one for group in found.groups for one in group)]) == list(range(people))
        assert all(points[pair] >= 0 for group in found.groups for pair in combinations(group, 2))
        alone += len(found.alone) - least
        handed_on += found.value < by_trying_everything(points, {})[1]
    assert handed_on > 20
    assert alone < 10


def test_whom_their_pair_may_not_keep_joins_another() -> None:
    """The last one may be with the first alone; so the first leaves their pair, and who is free then makes three."""
    points = np.array(
        [
            [-1, 900, 5, 5, 5],
            [900, -1, 5, 5, -1],
            [5, 5, -1, 900, -1],
            [5, 5, 900, -1, -1],
            [5, -1, -1, -1, -1],
        ],
        dtype=np.int32,
    )

    found = paired(points)

    assert found.groups == ((0, 4), (1, 2, 3))
    assert found.alone == ()


def test_fifty_people_meet_somebody_new_forty_times_in_a_row() -> None:
    points = peers(Random(50), 50)
    rounds: list[tuple[tuple[int, ...], ...]] = []
    for _ in range(40):
        rounds.append(paired(points, since(rounds)).groups)

    pairs = [pair for groups in rounds for pair in groups]
    assert len(pairs) == len(set(pairs)) == 40 * 25


def test_of_fifty_one_nobody_is_dropped_and_nobody_meets_the_same_one_in_twenty_rounds() -> None:
    points = np.zeros((51, 51), dtype=np.int32)
    rounds: list[tuple[tuple[int, ...], ...]] = []
    for _ in range(20):
        found = paired(points, since(rounds))
        assert not found.alone
        rounds.append(found.groups)

    pairs = [pair for groups in rounds for group in groups for pair in combinations(group, 2)]
    assert len(pairs) == len(set(pairs)) == 20 * (24 + 3)


def test_when_everybody_has_met_the_oldest_meeting_comes_again() -> None:
    points = np.zeros((6, 6), dtype=np.int32)
    rounds: list[tuple[tuple[int, ...], ...]] = []
    for _ in range(30):
        rounds.append(paired(points, since(rounds)).groups)

    assert len({pair for groups in rounds[:5] for pair in groups}) == 15
    assert all(set(one).isdisjoint(other) for one, other in pairwise(rounds))


def test_what_was_met_counts_from_the_last_time() -> None:
    assert since([((0, 1), (2, 3, 4)), ((0, 1),)]) == {(0, 1): 1, (2, 3): 2, (2, 4): 2, (3, 4): 2}


def test_the_best_of_each_do_where_there_are_too_many_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    points = peers(Random(7), 120)
    best = paired(points)
    monkeypatch.setattr(pairing, "ALL_PAIRS", 100)

    found = paired(points)

    assert (best.exact, found.exact) == (True, False)
    assert best.value * 0.999 <= found.value <= best.value
    assert len(found.groups) == 60


def test_a_wider_choice_is_tried_where_the_best_of_each_leave_many_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody likes the same few most of all."""
    points = np.tile(np.arange(60, dtype=np.int32) * 100, (60, 1))
    points = np.minimum(points, points.T)
    points[:40, :40] += 3_000
    points[40:, 40:] = -1
    np.fill_diagonal(points, -1)
    monkeypatch.setattr(pairing, "ALL_PAIRS", 50)
    monkeypatch.setattr(pairing, "BEST", 2)

    found = paired(points)

    assert len(found.groups) == 30


def test_the_gap_bounds_what_could_be_better() -> None:
    tight = 0
    for number in range(200):
        dice = Random(number)
        people = dice.randint(0, 8)
        points, met = peers(dice, people, permitted=dice.choice((0.4, 0.7, 1.0))), some_met(dice, people)
        found = paired(points, met)

        at_most = gap(Mutual(points), found, met=met, over=lambda: False)

        assert at_most >= by_trying_everything(points, met)[1] - found.value >= 0
        tight += at_most == 0
    assert tight > 100


def test_peers_suit_each_other_as_much_as_both_ways_say() -> None:
    one_way = Dense.of([[9, 10, -1, 4], [21, 9, 6, 2], [8, 7, 9, 1], [2, 1, 0, 9]], mentors=4)

    assert Mutual.of(one_way).block(slice(1, 4)).tolist() == [[15, -1, 6, 1], [-1, 6, -1, 0], [3, 1, 0, -1]]
    with pytest.raises(ValueError, match="same people"):
        Mutual.of(Dense.of([[1, 2]], mentors=2))
