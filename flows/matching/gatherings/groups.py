"""Groups around a mentor: one runs with at least so many mentees, or not at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from flows.matching.solving.assignment import Solution, assign
from flows.matching.solving.worth import FORBIDDEN, Points, Worth, blocks, held

Partners = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is in whose group."""

    partner: Partners
    """The mentor of each mentee."""
    value: int
    """The points of all of them with their mentors."""
    idle: tuple[int, ...]
    """Mentors with places whose group does not run."""
    gap: int | None
    """By how many points other groups could be better at most; None where somebody more might be in one."""


def gather_groups(worth: Worth, most: Sequence[int], *, least: int, over: Callable[[], bool]) -> Groups:
    """As many mentees as can be found room in groups of `least` to `most`, one a mentor, then the best fit.

    Where a group stays too small, everybody is seated once more with the seats that groups need filled first; then the
    emptiest group is closed and all begins again without it. Of all that was found the best counts. Once `over` says
    so, the groups that are too small then do not run.
    """
    places = [free if free >= least else 0 for free in most]
    found: list[tuple[int, int, Partners]] = []
    first: Solution | None = None
    while True:
        solution = assign(worth, places, load=[0] * len(places), load_cost=0, unmatched=None, over=over)
        first = first or solution
        small = _small(solution.partner, least)
        if not small or over():
            found.append(_run(worth, tuple(None if mentor in small else mentor for mentor in solution.partner)))
            break
        filled = _filled(worth, places, least, over)
        if not _small(filled, least):
            found.append(_run(worth, filled))
        places[min(small, key=lambda mentor: (small[mentor], mentor))] = 0
    seated, value, partner = max(found, key=lambda one: one[:2])
    # The first one knows no least size: groups that have one are no better.
    gap = first.value + first.gap - value if seated == first.matched else None
    idle = tuple(mentor for mentor, free in enumerate(most) if free and mentor not in partner)
    return Groups(partner, value, idle, gap)


def _small(partner: Partners, least: int) -> dict[int, int]:
    """Mentors whose group has somebody, and too few."""
    sizes = Counter(mentor for mentor in partner if mentor is not None)
    return {mentor: size for mentor, size in sizes.items() if size < least}


def _run(worth: Worth, partner: Partners) -> tuple[int, int, Partners]:
    """How many are in a group, what they are worth, and who is where."""
    return len(partner) - partner.count(None), int(held(worth, partner).sum()), partner


def _filled(worth: Worth, places: Sequence[int], least: int, over: Callable[[], bool]) -> Partners:
    """The best assignment in which a seat that a group needs counts for more than any fit."""
    needed, further = [min(free, least) for free in places], [max(0, free - least) for free in places]
    highest = max((int(points.max()) for _, points in blocks(worth)), default=0)
    twice = _Twice(worth, bonus=(highest + 1) * worth.mentees)
    seats = [*needed, *further]
    solution = assign(twice, seats, load=[0] * len(seats), load_cost=0, unmatched=None, over=over)
    return tuple(None if seat is None else seat % len(places) for seat in solution.partner)


@dataclass(frozen=True, slots=True, eq=False)
class _Twice:
    """Every mentor twice: with the seats that the group needs to run, then with those beyond."""

    worth: Worth
    bonus: int

    @property
    def mentees(self) -> int:
        return self.worth.mentees

    @property
    def mentors(self) -> int:
        return 2 * self.worth.mentors

    def block(self, rows: slice) -> Points:
        points = self.worth.block(rows)
        return np.concatenate((np.where(points < 0, FORBIDDEN, points + np.int32(self.bonus)), points), axis=1)
