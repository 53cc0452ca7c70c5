"""The match that a button names, and who may come in."""

from flows.match import Match
from flows.people import Person
from flows.refusal import Refusal
from handlers.turn import Turn


def named_match(turn: Turn, *, living: bool) -> tuple[Match, dict[str, Person]]:
    """The match with its people by id, for somebody who is in it; `living`: only while it lives.

    Raises Refusal("message.old"), ("match.not_yours") or ("match.over").
    """
    try:
        match, people = turn.store.matches.with_people(turn.arg("match"))
    except LookupError:
        raise Refusal("message.old") from None
    match.member(turn.me.id)
    if living and not match.is_alive:
        raise Refusal("match.over")
    return match, people
