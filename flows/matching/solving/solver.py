"""The best matching that some pairs allow, by scipy's solver for sparse costs."""

import numpy as np

from flows.matching.solving.candidates import Edges, Index
from flows.matching.solving.places import Places


def matching(edges: Edges, room: Places, *, nobody: int, mentees: int) -> Index:
    """The mentor of each mentee, -1 for none; `nobody` is what counts for a mentee without one.

    The most points less costs altogether, and among equals what the order of the pairs makes of it.
    """
    # Here and not above: it takes a quarter of a second and 40 MB, and most starts of the program match nobody.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    held = np.full(mentees, -1, dtype=np.int64)
    if not len(edges):
        return held
    # Who has no permitted pair stays outside.
    people, person = np.unique(edges.rows, return_inverse=True)
    free = np.minimum(room.free, np.bincount(edges.columns, minlength=len(room.free)))
    seats = np.repeat(np.arange(len(free)), free)
    copies = free[edges.columns]
    edge = np.repeat(np.arange(len(edges)), copies)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    mentor = edges.columns[edge]
    person, seat = person[edge], (np.cumsum(free) - free)[mentor] + nth
    # The solver takes a cost of 0 for a missing pair, so everything costs 1 more.
    top = 1 + max(int(edges.points.max()), nobody)
    cost = top - edges.points[edge] + room.cost(mentor, nth)
    # Everybody on the smaller side, which is several times faster, has a column of their own for staying alone.
    scarce = len(seats) < len(people)
    row, column = (seat, person) if scarce else (person, seat)
    few, many = sorted((len(people), len(seats)))
    graph = csr_array(
        (
            np.concatenate((cost, np.full(few, top - nobody))).astype(np.float64),
            (np.concatenate((row, np.arange(few))), np.concatenate((column, many + np.arange(few)))),
        ),
        shape=(few, many + few),
    )
    rows, columns = min_weight_full_bipartite_matching(graph)
    paired = columns < many
    row, column = rows[paired], columns[paired]
    held[people[column if scarce else row]] = seats[row if scarce else column]
    return held
