"""Peers as their answers show them: how well they suit each other, and what should keep two out of one circle."""

from collections.abc import Sequence

import numpy as np

from flows.matching.gatherings.circles import Masks
from flows.matching.gatherings.gathering import SAME_TEAM
from flows.matching.gatherings.mutual import Mutual
from flows.matching.limits import BARS, mask, unmasked
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.matching.scoring.blocks import ROWS, Table
from flows.matching.solving.worth import Points

SAME_TEAM_BIT = 1 << len(BARS)


def suits(people: Sequence[Candidate], rules: Rules) -> Mutual:
    """How well each two of these suit each other, for pairs; every limit but capacity forbids."""
    return Mutual(Table.of(people, people, rules).scores(slice(None)))


def affinities(people: Sequence[Candidate], rules: Rules) -> tuple[Points, Masks]:
    """The same for circles, whatever a limit says; and the limits, as bits that `named` reads.

    A limit that cannot hold for everybody is then broken as rarely as possible, instead of leaving somebody out.
    """
    table, count = Table.of(people, people, rules), len(people)
    one_way = np.zeros((count, count), dtype=np.int32)
    for first in range(0, count, ROWS):
        row, column = np.mgrid[first : min(first + ROWS, count), :count]
        points = table.pairs(row.ravel(), column.ravel()).sum(axis=1, dtype=np.int32)
        one_way[first : first + ROWS] = points.reshape(row.shape)
    limits = table.masks(slice(None)) & ~np.uint16(mask((Limit.CAPACITY, Limit.ONESELF)))
    limits |= limits.T
    managers = np.array([one.manager for one in people], dtype=object)
    limits[(managers[:, np.newaxis] == managers) & (managers != "")] |= np.uint16(SAME_TEAM_BIT)
    np.fill_diagonal(limits, 0)
    return np.maximum(Mutual(one_way).block(slice(0, count)), 0), limits


def named(bits: int) -> tuple[str, ...]:
    """The limits of such a number, in the order in which they are named."""
    return (*unmasked(bits), *((SAME_TEAM,) if bits & SAME_TEAM_BIT else ()))
