"""The mentors who go along with a team: they know what it wants, and the second what the first does not."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.assignment import assign
from flows.matching.solving.worth import FORBIDDEN, Dense, Points

COVERED = 1_000
"""Points for each goal of a member that nobody of the group knew before."""


def accompany(
    groups: Sequence[Sequence[int]],
    fit: Points,
    places: Sequence[int],
    *,
    each: int,
    goals: Sequence[Collection[str]],
    knows: Sequence[Collection[str]],
    over: Callable[[], bool],
) -> tuple[tuple[int, ...], ...]:
    """The mentors of each group, up to `each`: every group has its first before one has its second.

    `fit` has a row a person and a column a mentor, below 0 where the two may not be together: such a mentor goes along
    with no group of that person. `places` are the groups that a mentor can go along with, `goals` what each person
    wants and `knows` what each mentor can help with: the second mentor of a group is to know what the first does not.
    """
    options = sorted({goal for wanted in goals for goal in wanted})
    wanted = np.array([_marked(goals, options)[list(group)].sum(axis=0) for group in groups], dtype=np.int64)
    wanted = wanted.reshape(len(groups), len(options))
    known = _marked(knows, options)
    points = _together(groups, fit)
    left = np.array(places, dtype=np.int64)
    found: list[list[int]] = [[] for _ in groups]
    for _ in range(each):
        covered = COVERED * (wanted @ known.T)
        worth = Dense(np.where(points < 0, FORBIDDEN, points + covered).astype(np.int32))
        seats = left.tolist()
        partner = assign(worth, seats, load=[0] * len(seats), load_cost=0, unmatched=None, over=over).partner
        for group, mentor in enumerate(partner):
            if mentor is not None:
                found[group].append(mentor)
                left[mentor] -= 1
                points[group, mentor] = FORBIDDEN
                wanted[group, known[mentor] > 0] = 0
    return tuple(tuple(mentors) for mentors in found)


def _together(groups: Sequence[Sequence[int]], fit: Points) -> NDArray[np.int64]:
    """The mean fit of each mentor with all of a group, rounded down."""
    points = np.full((len(groups), fit.shape[1]), FORBIDDEN, dtype=np.int64)
    for nth, group in enumerate(groups):
        members = fit[list(group)].astype(np.int64)
        points[nth] = np.where(members.min(axis=0) < 0, FORBIDDEN, members.sum(axis=0) // len(group))
    return points


def _marked(tags: Sequence[Collection[str]], options: Sequence[str]) -> NDArray[np.int64]:
    """1 where somebody has the option, a row a person."""
    marked = [[int(option in own) for option in options] for own in tags]
    return np.array(marked, dtype=np.int64).reshape(len(tags), len(options))
