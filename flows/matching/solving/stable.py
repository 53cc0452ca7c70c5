"""Deferred acceptance: nobody can do better by agreeing privately, for programmes that promise it.

Mentees are asked by their own lists and have no reason to misstate them (Gale and Shapley 1962, Roth 1982); lists are
short, so that more people stay without a mentor than in the best assignment.
"""

from collections.abc import Sequence
from heapq import heappush, heappushpop

from flows.matching.solving.worth import Worth

Partners = tuple[int | None, ...]


def accept(wishes: Sequence[Sequence[int]], worth: Worth, places: Sequence[int]) -> Partners:
    """The mentor of each mentee: nobody has a wish that its mentor would rather fulfil than what they have.

    `wishes` are each mentee's mentors, dearest first. A mentor prefers the mentee with more points, then the earlier
    one, and takes nobody whom the points forbid.
    """
    holds: list[list[tuple[int, int]]] = [[] for _ in places]
    asked = [0] * len(wishes)
    asking = list(range(len(wishes)))[::-1]
    while asking:
        mentee = asking.pop()
        if asked[mentee] == len(wishes[mentee]):
            continue
        mentor = wishes[mentee][asked[mentee]]
        asked[mentee] += 1
        points = int(worth.block(slice(mentee, mentee + 1))[0, mentor])
        # The least wanted stands first in the heap: few points, then late in the order.
        offer = (points, -mentee)
        if points < 0 or not places[mentor]:
            asking.append(mentee)
        elif len(holds[mentor]) < places[mentor]:
            heappush(holds[mentor], offer)
        else:
            asking.append(-heappushpop(holds[mentor], offer)[1])
    partner: dict[int, int] = {-nth: mentor for mentor, held in enumerate(holds) for _, nth in held}
    return tuple(partner.get(mentee) for mentee in range(len(wishes)))
