"""How often a person may hear from us in a week, over all matches and programmes."""

from collections.abc import Sequence
from enum import StrEnum

MOST = 5
"""Never more in one week, whatever happens."""
ENOUGH = 3
"""From here on only an introduction is sent; what else would be said waits for the next slot."""


class Charge(StrEnum):
    """What a proactive message is charged to."""

    ROUTINE = "routine"
    """The weekly slot: cards, pulse, nudge."""
    MATCH_DAY = "match_day"
    """Introductions, in the week of the match, and that a matching is near."""
    MEETING = "meeting"
    """The question whether a meeting took place, and what follows from it."""


LIMITS = {Charge.ROUTINE: 1, Charge.MATCH_DAY: 3, Charge.MEETING: 2}


def charge_of(step: str) -> Charge:
    """To what a message with that step of the history is charged."""
    if step.startswith("met_"):
        return Charge.MEETING
    return Charge.MATCH_DAY if step.startswith(("intro", "round_")) else Charge.ROUTINE


def allowed(charge: Charge, told_this_week: Sequence[str]) -> bool:
    """Whether one more may be sent; `told_this_week` are the steps of this week's proactive messages."""
    same = sum(charge_of(step) is charge for step in told_this_week)
    return same < LIMITS[charge] and len(told_this_week) < (MOST if charge is Charge.MATCH_DAY else ENOUGH)
