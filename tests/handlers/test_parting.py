"""Many matches end in one turn: what it asks of the database does not grow with them."""

from handlers.introducing import begin
from handlers.parting import let_go
from tests.handlers.couples import couples, turn_in
from tests.handlers.stage import Stage
from tests.handlers.statements import statements


def over(stage: Stage, pairs: int) -> int:
    """So many pairs begin and end; how many statements their end took."""
    cohort = stage.programme()
    with stage.store() as store:
        turn = turn_in(stage, store)
        matches = couples(stage, store, cohort, pairs)
        begin(turn, *matches)
        with statements() as seen:
            let_go(turn, *(one.end(stage.now.date(), "closed") for one in matches))
        assert not [one for one in store.matches.in_cohort(cohort.id) if one.is_alive]
        cards = store.outbox.counts(f"intro:m{cohort.id}-")
        # Each of them had an introduction, and it is told that this is over.
        assert sum(cards.values()) == 4 * pairs
    return len(seen)


def test_twenty_matches_end_with_as_many_statements_as_one(stage: Stage) -> None:
    assert over(stage, 20) == over(stage, 1)
