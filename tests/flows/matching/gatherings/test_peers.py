"""What peers answered decides who meets whom and who shares a circle."""

from dataclasses import replace
from itertools import combinations
from random import Random

from flows.matching.gatherings.circles import circles, number_of_circles
from flows.matching.gatherings.gathering import SAME_TEAM
from flows.matching.gatherings.pairing import pair_up
from flows.matching.gatherings.peers import affinities, named, suits
from flows.matching.limits import failed
from flows.matching.pairs import score
from flows.matching.people import Candidate
from flows.matching.rules import Limit
from tests.flows.matching.company import BOTH, EVERY, colleague

ALWAYS = {Limit.CAPACITY, Limit.ONESELF}
PEERS = replace(EVERY, min_gap=None)


def everybody(number: int) -> list[Candidate]:
    dice = Random(number)
    people = [colleague(dice, f"peer-{nth}", BOTH) for nth in range(40)]
    ids = [one.id for one in people]
    return [
        replace(one, manager=dice.choice((*ids[:6], "", "boss")), met=frozenset(dice.sample(ids, 2))) for one in people
    ]


def test_two_peers_suit_each_other_as_the_rules_say_of_both_ways() -> None:
    people = everybody(1)
    fit = suits(people, PEERS).block(slice(0, 40))
    affinity, limits = affinities(people, PEERS)
    permitted = 0

    for (row, one), (column, other) in combinations(enumerate(people), 2):
        barred = (failed(one, other, PEERS) | failed(other, one, PEERS)) - ALWAYS
        mean = (score(one, other, PEERS) + score(other, one, PEERS)) // 2
        same_team = {SAME_TEAM} if one.manager and one.manager == other.manager else set()
        assert fit[row, column] == fit[column, row] == (-1 if barred else mean)
        assert affinity[row, column] == affinity[column, row] == mean
        assert set(named(int(limits[row, column]))) == {*barred, *same_team}
        permitted += not barred
    assert permitted > 40
    assert not limits.diagonal().any()


def test_peers_meet_and_share_circles_by_their_answers() -> None:
    people = [one for one in everybody(2) if one.available]

    pairs = pair_up(suits(people, PEERS), met={}, over=lambda: False)
    affinity, limits = affinities(people, PEERS)
    found = circles(
        affinity,
        limits,
        zone=[one.offset for one in people],
        count=number_of_circles(len(people), 6),
        seed=PEERS.seed,
        over=lambda: False,
        kicks=5,
    )

    assert len(pairs.groups) >= len(people) // 2 - 2
    assert sorted(one for group in found.groups for one in group) == list(range(len(people)))
    assert all(named(one.limits) for one in found.broken)
