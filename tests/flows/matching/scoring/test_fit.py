"""A pair is worth its score and what steers the optimum, unless it does not exist."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from flows.matching.limits import permitted
from flows.matching.pairs import Extra, extra, score
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Rules
from flows.matching.scoring.fit import objective
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, company

ADA = Candidate("ada", MENTEE, wishes=("grace", "henri", "iris", "jo"), waited=2)


@pytest.mark.parametrize(
    ("mentor", "points"), [("grace", 1_500), ("henri", 1_000), ("iris", 500), ("jo", 0), ("kim", 0)]
)
def test_a_wish_counts_by_its_place(mentor: str, points: int) -> None:
    assert extra(ADA, Candidate(mentor, MENTOR), Rules(), kept=False) == Extra(points, 300, 0)


@pytest.mark.parametrize(("rounds", "points"), [(0, 0), (1, 150), (4, 600), (9, 600)])
def test_waiting_counts_up_to_four_rounds(rounds: int, points: int) -> None:
    assert extra(replace(ADA, waited=rounds), Candidate("kim", MENTOR), Rules(), kept=False).waiting == points


def test_a_pair_that_is_kept_counts() -> None:
    assert extra(ADA, Candidate("grace", MENTOR), Rules(), kept=True).total == 1_500 + 300 + 200


@pytest.mark.parametrize("aim", list(Aim))
def test_every_block_holds_scores_and_what_is_added(aim: Aim, monkeypatch: pytest.MonkeyPatch) -> None:
    people = company(Random(7), 70, 60)
    mentees, mentors = people[:70], people[70:]
    kept = {(mentees[n].id, mentors[n].id) for n in range(0, 60, 2)} | {("gone", mentors[0].id)}
    forbidden = {(mentees[n].id, mentors[-n].id) for n in range(1, 40)} | {(mentees[0].id, "gone")}
    rules = replace(EVERY, aim=aim)

    def expected(least: int) -> list[list[int]]:
        return [[one(a, b, least) for b in mentors] for a in mentees]

    def one(mentee: Candidate, mentor: Candidate, least: int) -> int:
        names = (mentee.id, mentor.id)
        points = score(mentee, mentor, rules)
        if names in forbidden or points < least or not permitted(mentee, mentor, rules):
            return -1
        return points + extra(mentee, mentor, rules, kept=names in kept).total

    made = objective(mentees, mentors, rules, pinned={}, kept=kept, forbidden=forbidden)
    monkeypatch.setattr("flows.matching.scoring.fit.MOST_KEPT", 10)
    streamed = objective(mentees, mentors, rules, pinned={}, kept=kept, forbidden=forbidden)

    for source in (made, streamed):
        for floor in (0, 4_000):
            points = source.worth(floor=floor, stability=True)
            blocks = [points.block(slice(start, start + 16)) for start in range(0, 70, 16)]
            assert np.concatenate(blocks).tolist() == expected(max(floor, rules.least))
    assert len({points for row in expected(rules.least) for points in row}) > 100


def test_places_and_load_count_what_is_locked() -> None:
    mentors = [Candidate("grace", MENTOR, capacity=3, load=1), Candidate("henri", MENTOR, capacity=1)]
    made = objective([ADA], mentors, Rules(), pinned={"grace": 1, "henri": 1})

    assert (made.places, made.load) == ([1, 0], [2, 1])
    assert (made.wishes, made.waiting) == ({(0, 0): 1_500, (0, 1): 1_000}, [300])


def test_nobody_at_all() -> None:
    assert objective([], [], EVERY, pinned={}).scores.block(slice(0, 0)).shape == (0, 0)
    assert objective([ADA], [], EVERY, pinned={}).scores.block(slice(0, 1)).shape == (1, 0)
