"""Who met whom how long ago, and what it takes off a pair: nobody meets again while somebody new is left."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from flows.matching.solving.worth import Bonuses, Steered, Worth

NEW = 1_000_000
"""Points of a pair that has not met: more than any fit."""
REPEATED = 20_000
"""What meeting again in the very next round takes off; after n rounds the nth part of it."""

Met = Mapping[tuple[int, int], int]
"""Rounds since two people met last, the lower number first; 1: in the round before this one."""


def since(rounds: Sequence[Iterable[Sequence[int]]]) -> dict[tuple[int, int], int]:
    """From the groups of earlier rounds, the oldest round first; of three, each has met both others."""
    return {
        (min(pair), max(pair)): len(rounds) - nth
        for nth, groups in enumerate(rounds)
        for group in groups
        for pair in combinations(group, 2)
    }


def new_alone(worth: Worth) -> Steered:
    """Of what `fresh` says, only pairs that have not met."""
    return Steered(worth, waiting=np.zeros(worth.mentees, dtype=np.int32), pairs=Bonuses.of(), least=NEW)


def fresh(fit: Worth, met: Met) -> Steered:
    """The fit of peers with what having met takes off.

    Everything is REPEATED points higher than it says, because points below 0 forbid a pair.
    """
    again = {pair: -NEW - REPEATED // rounds for pair, rounds in met.items()}
    return Steered(
        scores=fit,
        waiting=np.full(fit.mentees, NEW + REPEATED, dtype=np.int32),
        pairs=Bonuses.of(again, {(other, one): points for (one, other), points in again.items()}),
    )
