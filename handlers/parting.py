"""The end of a match: what waits is taken back, letters are looked at, and its people hear neutral words."""

from flows.calendar import iso_week
from flows.match import Match
from flows.voice import matches as voice
from flows.voice.message import Kind, Post, ToPerson
from handlers.introducing import show_end
from handlers.turn import Turn
from handlers.writing.opening import wake_letters
from storage.outbox import State


def let_go(turn: Turn, over: Match) -> frozenset[str]:
    """Keep a match that is over; the ids of its people who had not yet heard that it began, and never will."""
    turn.store.matches.save(over)
    turn.store.outbox.cancel(subject=over.id)
    turn.store.relays.forget_match(over.id)
    wake_letters(turn.store, over.id, turn.now)
    turn.store.schedule.look_at(f"match:{over.id}", turn.now)
    for member in over.members:
        turn.store.schedule.look_at(f"person:{member.person}", turn.now)
    show_end(turn, over, turn.store.people.all([member.person for member in over.members]))
    history = turn.store.outbox.history(over.id)
    return frozenset(told.person for told in history if told.step == "introduction" and told.state is State.CANCELLED)


def close(turn: Turn, match: Match, cause: str, *, but: str = "") -> None:
    """End a match before its time and tell its people, all but one; nobody is told why, or by whom."""
    unaware = let_go(turn, match.end(turn.today, cause))
    people = turn.store.people.all([member.person for member in match.members])
    for member in match.members:
        if member.person == but or member.person in unaware:
            continue
        reader = people[member.person]
        partner = people[match.partners(member.person)[0].person]
        post = Post(
            key=f"ended:{match.id}:{reader.id}",
            to=ToPerson(reader.id),
            message=voice.ended(partner, turn.say_to(reader)),
            kind=Kind.MUST_ARRIVE,
            week=iso_week(turn.now, reader.zone),
            subject=match.id,
            step="ended",
        )
        turn.store.outbox.put(post, now=turn.now)
