"""Who is left out can see why, and which door would have to open."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from flows.matching.solving.certificate import Certificate, certificate, openings
from flows.matching.solving.worth import Dense
from tests.flows.matching.oracles import Market, market, most_people


def people(made: Market) -> int:
    return most_people(made.points >= 0, made.places)


def test_the_certificate_accounts_for_everybody_left_out() -> None:
    short = 0
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 8), dice.randint(1, 8))
        found = made.solve()

        proof = certificate(made.worth, made.places, found.partner)

        unmatched = found.partner.count(None)
        assert unmatched == len(made.points) - people(made)
        if not unmatched:
            assert proof is None
            continue
        assert proof is not None
        assert proof.short == unmatched
        around = set(np.flatnonzero((made.points[list(proof.mentees)] >= 0).any(axis=0)).tolist())
        assert around == set(proof.mentors), "every permitted mentor of theirs, and nobody else"
        assert proof.places == sum(made.places[mentor] for mentor in proof.mentors)
        # Exactly those whom some assignment of as many people leaves out: without them it is no smaller.
        assert proof.mentees == tuple(
            mentee
            for mentee in range(len(made.points))
            if people(replace(made, points=np.delete(made.points, mentee, axis=0))) == people(made)
        )
        short += 1
    assert short > 80


def test_a_door_opens_for_one_person_more_or_only_pushes_somebody_out() -> None:
    opened = shut = 0
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 8), dice.randint(1, 8))
        found = made.solve()

        doors = openings(made.worth, made.places, found.partner)

        for mentee in (nth for nth, mentor in enumerate(found.partner) if mentor is None):
            for mentor in np.flatnonzero(made.points[mentee] < 0).tolist():
                permitted = made.points >= 0
                permitted[mentee, mentor] = True
                more = most_people(permitted, made.places) - found.matched
                assert more == (mentor in doors)
                opened, shut = opened + more, shut + 1 - more
    assert min(opened, shut) > 300


def test_another_place_in_the_certificate_matches_one_more() -> None:
    tried = 0
    for number in range(200):
        dice = Random(number)
        made = market(dice, dice.randint(1, 8), dice.randint(1, 8))
        found = made.solve()
        proof = certificate(made.worth, made.places, found.partner)
        for mentor in range(len(made.places)) if proof else ():
            more = replace(made, places=tuple(free + (nth == mentor) for nth, free in enumerate(made.places)))
            assert people(more) - found.matched == (mentor in proof.mentors if proof else False)
            tried += 1
    assert tried > 300


@pytest.mark.parametrize("places", [[2], [1], [0]])
def test_three_people_for_one_mentor(places: list[int]) -> None:
    worth = Dense.of([[5], [5], [5]], mentors=1)
    partner = tuple(0 if nth < places[0] else None for nth in range(3))
    assert certificate(worth, places, partner) == Certificate((0, 1, 2), (0,), places[0])
    assert openings(worth, places, partner) == ()
