"""An event in rounds: everybody sits with somebody new each time, and who sat out goes first."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from flows.matching.gatherings.barred import Barred
from flows.matching.solving.assignment import assign
from flows.matching.solving.worth import Bonuses, Steered, Worth

SAT_OUT = 20_000
"""Points for each round without a seat: more than any fit."""
REPEATED = 20_000
"""What having sat together at an earlier event takes off a pair: more than any fit."""

Round = tuple[int | None, ...]
"""The mentor of each mentee; None: sits this one out."""


def rotate(
    worth: Worth,
    seats: Sequence[int],
    *,
    rounds: int,
    met: Collection[tuple[int, int]] = (),
    both: Sequence[tuple[int, int]] = (),
    over: Callable[[], bool],
) -> tuple[Round, ...]:
    """So many rounds with the same seats each, never the same pair twice: as many seated as possible, then the fit.

    Who have `met` at an earlier event, by row and column, sit together again only where it seats somebody more. `both`
    are the row and the column of each person on both sides: where they would be in two places at once they help in one
    round and learn in the next, half of them the other way round. One round after the other is the best that the
    earlier ones leave.
    """
    again = Bonuses.of(dict.fromkeys(met, -REPEATED))
    here = np.zeros((worth.mentees, worth.mentors), dtype=bool)
    out = np.zeros(worth.mentees, dtype=np.int32)
    found: list[Round] = []
    for nth in range(rounds):
        barred, open_ = here.copy(), list(seats)
        while True:
            left = Steered(Barred(worth, barred), waiting=REPEATED + SAT_OUT * out, pairs=again)
            partner = assign(left, open_, load=[0] * len(seats), load_cost=0, unmatched=None, over=over).partner
            twice = [one for one, (row, column) in enumerate(both) if partner[row] is not None and column in partner]
            if not twice:
                break
            for one in twice:
                row, column = both[one]
                if (one + nth) % 2:
                    open_[column] = 0
                else:
                    barred[row] = True
        for mentee, mentor in enumerate(partner):
            if mentor is None:
                out[mentee] += 1
            else:
                here[mentee, mentor] = True
        found.append(partner)
    return tuple(found)
