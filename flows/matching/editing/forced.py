"""A pair that the best draft does not have, given in it all the same: what that costs the whole, exactly."""

from collections.abc import Callable

from flows.matching.drafting.solved import Solved
from flows.matching.solving.forcing import Forced, price


def forced(draft: Solved, row: int, column: int, *, points: int, over: Callable[[], bool]) -> Forced:
    """A mentee without a pin (`row` of the objective) with a mentor (`column`), a pair worth so many points with what
    steers it. Raises ValueError when the mentor has no place at all."""
    goal = draft.objective
    return price(
        draft.best.worth,
        goal.places,
        draft.best.solution,
        row,
        column,
        points=points,
        load=goal.load,
        load_cost=goal.load_cost,
        unmatched=goal.unmatched,
        over=over,
    )
