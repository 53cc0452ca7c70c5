"""Sending a message again by hand: what may stand in the way, wherever it is asked for."""

from datetime import datetime

from flows.deliveries import Undelivered, check_again
from flows.match import Match
from flows.refusal import Refusal
from storage.deliveries import Deliveries
from storage.matches import Matches
from storage.people import People


def check(one: Undelivered, deliveries: Deliveries, people: People, matches: Matches, now: datetime) -> None:
    """Raises Refusal when the message may not go again, with the rule in its key (see flows/deliveries.py)."""
    reader = people.all([one.person]).get(one.person) if one.person else None
    standing = deliveries.standing(one) if one.person else None
    pair = matches.people_of(one.match) if one.match else ()
    check_again(one, reader=reader, pair=pair, standing=standing, match=_about(one, matches), now=now)


def send_again(one: Undelivered, deliveries: Deliveries, people: People, matches: Matches, now: datetime) -> None:
    """Queue it again, under its old key. Raises Refusal, also `outbox.moved_on` when somebody else was faster."""
    check(one, deliveries, people, matches, now)
    if not deliveries.send_again(one.key, now):
        raise Refusal("outbox.moved_on")


def _about(one: Undelivered, matches: Matches) -> Match | None:
    try:
        return matches.get(one.match or one.subject)
    except LookupError:
        return None
