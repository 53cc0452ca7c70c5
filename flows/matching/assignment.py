"""The exact assignment of mentees to places; it knows whole numbers, not people."""

from collections.abc import Sequence

FORBIDDEN = -1


def assign(
    worth: Sequence[Sequence[int]], places: Sequence[int], load: Sequence[int], cost: int
) -> tuple[int | None, ...]:
    """The mentor of each mentee, or None: first as many people as possible, then as much worth as possible.

    `worth` has a row a mentee and a column a mentor; FORBIDDEN, or anything below 0, means that the pair does not
    exist. `places` is how many mentees each mentor can take now, and the next one costs a mentor `cost` times those
    whom they have by then, `load` to begin with. Among equals the result depends on the order of rows and columns
    and on nothing else.
    """
    # Here and not above: they take a quarter of a second and 50 MB, and most starts of the program match nobody.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    mentors = [mentor for mentor, free in enumerate(places) for _ in range(free)]
    if not worth or not mentors:
        return tuple(None for _ in worth)
    steps = [cost * (load[mentor] + nth) for mentor, free in enumerate(places) for nth in range(free)]
    value = np.array(worth, dtype=np.int64)[:, mentors]
    permitted = value >= 0
    gain = value - np.array(steps, dtype=np.int64)
    # One more pair outranks whatever the others could lose by it. Whole numbers this small are exact as floats.
    span = int(np.abs(gain).max()) + 1
    outranking = 2 * span * (min(value.shape) + 1)
    chosen_rows, chosen_columns = linear_sum_assignment(np.where(permitted, gain + outranking, 0), maximize=True)
    result: list[int | None] = [None] * len(worth)
    for row, column in zip(chosen_rows.tolist(), chosen_columns.tolist(), strict=True):
        if permitted[row, column]:
            result[row] = mentors[column]
    return tuple(result)
