"""Whether anybody could do better by agreeing privately: nothing here knows how a draft was found."""

from collections.abc import Sequence

from flows.matching.solving.proof import Unsound
from flows.matching.solving.worth import Worth


def check(wishes: Sequence[Sequence[int]], worth: Worth, places: Sequence[int], partner: Sequence[int | None]) -> None:
    """Raise Unsound unless the draft is lawful, and no mentee and mentor would both rather have each other.

    `wishes` are each mentee's mentors, dearest first; a mentor would rather have the mentee with more points, then the
    earlier one, and anybody who is permitted rather than an empty place.
    """
    rows = [worth.block(slice(mentee, mentee + 1))[0] for mentee in range(worth.mentees)]
    holds: list[list[tuple[int, int]]] = [[] for _ in places]
    for mentee, mentor in enumerate(partner):
        if mentor is None:
            continue
        if mentor not in wishes[mentee] or rows[mentee][mentor] < 0:
            raise Unsound("a pair is not permitted, or not wished for")
        holds[mentor].append((int(rows[mentee][mentor]), -mentee))
    for mentor, held in enumerate(holds):
        if len(held) > places[mentor]:
            raise Unsound("a mentor has more mentees than places")
    for mentee, wished in enumerate(wishes):
        for mentor in wished:
            if mentor == partner[mentee]:
                break
            if rows[mentee][mentor] < 0 or not places[mentor]:
                continue
            offer = (int(rows[mentee][mentor]), -mentee)
            if len(holds[mentor]) < places[mentor] or min(holds[mentor]) < offer:
                raise Unsound("two people would rather have each other")
