"""An event in rounds: everybody sits with somebody new each time, and who sat out goes first."""

from collections.abc import Callable, Sequence

import numpy as np

from flows.matching.assignment import assign
from flows.matching.barred import Barred
from flows.matching.worth import Bonuses, Steered, Worth

SAT_OUT = 20_000
"""Points for each round without a seat: more than any fit."""

Round = tuple[int | None, ...]
"""The mentor of each mentee; None: sits this one out."""


def rotate(worth: Worth, seats: Sequence[int], *, rounds: int, over: Callable[[], bool]) -> tuple[Round, ...]:
    """So many rounds with the same seats each, never the same pair twice: as many seated as possible, then the fit.

    One round after the other is the best that the earlier ones leave.
    """
    met = np.zeros((worth.mentees, worth.mentors), dtype=bool)
    out = np.zeros(worth.mentees, dtype=np.int32)
    found: list[Round] = []
    for _ in range(rounds):
        left = Steered(Barred(worth, met), waiting=SAT_OUT * out, pairs=Bonuses.of())
        partner = assign(left, seats, load=[0] * len(seats), load_cost=0, unmatched=None, over=over).partner
        for mentee, mentor in enumerate(partner):
            if mentor is None:
                out[mentee] += 1
            else:
                met[mentee, mentor] = True
        found.append(partner)
    return tuple(found)
