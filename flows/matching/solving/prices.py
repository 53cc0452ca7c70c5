"""Prices of places at which a matching is what everybody would choose: they prove that it is the best."""

import numpy as np

from flows.matching.solving.candidates import Edges, Index, Prices
from flows.matching.solving.places import Places


def settled(edges: Edges, held: Index, room: Places, *, nobody: int) -> tuple[Prices, Prices]:
    """The least prices at which these pairs leave nobody a better choice, after the gains that they leave.

    Everybody bids for each of their mentors what would leave as much as they have, and prices rise until no bid is
    higher. Whole numbers, so that they settle exactly; if they do not, the matching was not the best.
    Raises ArithmeticError then.
    """
    pairs = edges.held(held)
    taken = np.bincount(edges.columns[pairs], minlength=len(room.free))
    price = room.following(np.maximum(taken - 1, 0))
    gain = np.full(len(held), nobody, dtype=np.int64)
    by_column = np.argsort(edges.columns, kind="stable")
    rows, points = edges.rows[by_column], edges.points[by_column]
    # Only mentors who have a pair: an empty stretch would take its neighbour's highest bid for its own.
    bid_for, start = np.unique(edges.columns[by_column], return_index=True)
    for _ in range(len(room.free) + 1):
        gain[edges.rows[pairs]] = edges.points[pairs] - price[edges.columns[pairs]]
        raised = price.copy()
        if len(edges):
            raised[bid_for] = np.maximum(price[bid_for], np.maximum.reduceat(points - gain[rows], start))
        if np.array_equal(raised, price):
            break
        price = raised
    else:
        raise ArithmeticError("the prices of a matching do not settle: it is not the best one")
    if bool(((price > room.following(taken)) & (taken < room.free)).any()) or bool((gain < nobody).any()):
        raise ArithmeticError("the prices of a matching contradict it: it is not the best one")
    return gain, price
