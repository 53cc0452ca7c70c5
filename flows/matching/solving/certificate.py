"""Why nobody more can be matched, and whose door would have to open: closed sets of mentees and mentors.

All of it speaks of assignments with as many people as possible, and of them alone: whichever of them is given, the sets
are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.matching.solving.worth import Worth, blocks

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A set of mentees whose every permitted mentor is in a set with fewer places: Hall's condition, broken.

    Anybody can check it with a pencil.
    """

    mentees: tuple[int, ...]
    """Those without a mentor, and everybody with whom they could change places."""
    mentors: tuple[int, ...]
    """All who are permitted for one of them; each of them is full."""
    places: int

    @property
    def short(self) -> int:
        """So many of these mentees stay without, whatever is done inside the limits."""
        return len(self.mentees) - self.places


def certificate(worth: Worth, places: Sequence[int], partner: Sequence[int | None]) -> Certificate | None:
    """The proof that no more people can be matched, None if everybody is; `partner` matches as many as possible."""
    held = _held(partner)
    mentees = held < 0
    if not mentees.any():
        return None
    mentors = np.zeros(worth.mentors, dtype=bool)
    fresh = mentees
    while fresh.any():
        for rows, points in blocks(worth, only=fresh):
            mentors |= (points[fresh[rows]] >= 0).any(axis=0)
        fresh = _in(mentors, held) & ~mentees
        mentees = mentees | fresh
    return Certificate(
        mentees=tuple(np.flatnonzero(mentees).tolist()),
        mentors=tuple(np.flatnonzero(mentors).tolist()),
        places=int(np.array(places, dtype=np.int64)[mentors].sum()),
    )


def openings(worth: Worth, places: Sequence[int], partner: Sequence[int | None]) -> tuple[int, ...]:
    """The mentors who could take one more if somebody moved, and somebody for them, up to a free place.

    Permit one of them for a mentee who has nobody, and one person more is matched; with any other mentor somebody else
    would stay without instead.
    """
    held = _held(partner)
    taken = np.bincount(held[held >= 0], minlength=worth.mentors)
    open_ = taken < np.array(places, dtype=np.int64)
    fresh = open_
    while fresh.any():
        bound = (held >= 0) & ~_in(open_, held)
        reached = np.zeros(worth.mentors, dtype=bool)
        for rows, points in blocks(worth, only=bound):
            movable = bound[rows] & ((points >= 0) & fresh).any(axis=1)
            reached[held[rows][movable]] = True
        fresh = reached & ~open_
        open_ = open_ | fresh
    return tuple(np.flatnonzero(open_).tolist())


def _held(partner: Sequence[int | None]) -> NDArray[np.int64]:
    return np.array([-1 if mentor is None else mentor for mentor in partner], dtype=np.int64)


def _in(mentors: Mask, held: NDArray[np.int64]) -> Mask:
    """Which mentees have one of these mentors."""
    found = np.zeros(len(held), dtype=bool)
    found[held >= 0] = mentors[held[held >= 0]]
    return found
