"""Who can be asked, or say yes, whatever they said of the round that is coming."""

from collections.abc import Mapping
from dataclasses import replace

from flows.calendar import local
from flows.matching.people import Candidate
from flows.people import is_around
from handlers.coordinating.pool import Gathered
from handlers.introducing import Drawing


def beside_rounds(turn: Drawing, gathered: Gathered, *, on_leave: bool = False) -> Mapping[str, Candidate]:
    """The candidates, by id, as requests see them: to skip a round is no word on a request.

    `on_leave`: who is away counts too. A yes that somebody gave holds while they are on holiday, and an introduction
    waits for their working hours by itself.
    """
    found = {}
    for which, one in gathered.candidates.items():
        place, person = gathered.participants[which], gathered.people[which]
        available = is_around(
            place.standing,
            place.paused_until,
            active=person.active,
            away_until=None if on_leave else person.hours.away_until,
            today=local(turn.now, person.hours).date(),
        )
        found[which] = replace(one, available=available)
    return found
