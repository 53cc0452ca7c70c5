"""A cohort's life: which moves are lawful."""

from datetime import date
from itertools import product

import pytest

from flows.programme import LAWFUL, Cohort, CohortState
from flows.refusal import Refusal


@pytest.mark.parametrize(("state", "to"), tuple(product(CohortState, CohortState)))
def test_a_cohort_moves_where_it_may_and_says_no_otherwise(state: CohortState, to: CohortState) -> None:
    cohort = Cohort("c-1", "p-1", "Spring", state, date(2027, 3, 1))
    if (state, to) in LAWFUL:
        assert cohort.move(to).state is to
    else:
        with pytest.raises(Refusal) as refused:
            cohort.move(to)
        assert refused.value.details == {"state": state, "to": to}


def test_every_life_that_began_can_end() -> None:
    ways = {CohortState.ARCHIVED}
    while more := {state for state, to in LAWFUL if to in ways} - ways:
        ways |= more
    assert ways == set(CohortState)
