"""What takes too long for a turn is wanted in it, and worked out in a process beside it."""

from flows.calculations import Calculation, Kind
from flows.programme import Cohort
from handlers.turn import Turn


def want(turn: Turn, kind: Kind, cohort: Cohort, **args: str) -> Calculation:
    """Let this be worked out for the one who acts, who gets the answer in their private chat. `args` are ids and
    choices; facts are read when it begins. What they wait for already is not worked out a second time."""
    for one in turn.store.calculations.under_way(cohort.id, kind):
        if one.asked_by == turn.me.id and one.args == args:
            return one
    calculation = Calculation(turn.new_id(), cohort.id, kind, turn.me.id, turn.now, args)
    turn.store.calculations.add(calculation)
    return calculation
