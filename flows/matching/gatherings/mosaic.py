"""A mentor for each theme: nobody has the same mentor for two of theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from flows.matching.gatherings.barred import Barred
from flows.matching.solving.assignment import Solution, assign
from flows.matching.solving.worth import Worth, held


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Who helps with what."""

    partner: tuple[int | None, ...]
    """The mentor of each theme that somebody asked for."""
    solves: int
    gap: int | None
    """By how many points another one could be better at most; None where not even so many themes are sure to be the
    most that can have a mentor."""


def compose(
    worth: Worth,
    mentee: Sequence[int],
    places: Sequence[int],
    *,
    load: Sequence[int],
    load_cost: int,
    over: Callable[[], bool],
) -> Mosaic:
    """The best mentors of all themes together; a row of `worth` is one theme of one person, whom `mentee` names.

    Where a mentor comes to two themes of one person, the one that they suit less is barred and all are solved again.
    Once `over` says so, that theme has nobody instead.
    """
    barred = np.zeros((worth.mentees, worth.mentors), dtype=bool)
    found: list[Solution] = []
    while True:
        solution = assign(
            Barred(worth, barred),
            places,
            load=load,
            load_cost=load_cost,
            unmatched=None,
            over=over,
            guess=found[-1].price if found else None,
        )
        found.append(solution)
        twice = _twice(held(worth, solution.partner).tolist(), solution.partner, mentee)
        if not twice or over():
            kept = tuple(None if theme in twice else mentor for theme, mentor in enumerate(solution.partner))
            # Without the rule none is better than the first solution, so with it none is either.
            free = found[0]
            as_many = not twice and solution.matched == free.matched
            return Mosaic(kept, len(found), free.value + free.gap - solution.value if as_many else None)
        for theme in twice:
            barred[theme, solution.partner[theme]] = True


def _twice(points: Sequence[int], partner: Sequence[int | None], mentee: Sequence[int]) -> set[int]:
    """Themes whose mentor suits another theme of the same person better, or as much and that one comes first."""
    best: dict[tuple[int, int], int] = {}
    weaker = set()
    for theme in sorted(range(len(partner)), key=lambda one: -points[one]):
        mentor = partner[theme]
        if mentor is not None and best.setdefault((mentee[theme], mentor), theme) != theme:
            weaker.add(theme)
    return weaker
