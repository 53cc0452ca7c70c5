"""The end of a match that ran its course, and what its people want next."""

from datetime import datetime

from flows.feedback import CHOICE, HIGH, LOW, MIDDLE, Tap
from flows.match import Match
from flows.refusal import Refusal
from flows.voice import closing as voice
from handlers.inbound import Reply, Where
from handlers.season.scene import enter
from handlers.turn import Turn
from handlers.writing.opening import wake_letters
from storage.store import Store

CHOICES = {"ourselves": HIGH, "again": MIDDLE, "enough": LOW}


def close_match(store: Store, match: Match, *, now: datetime) -> Match:
    """Complete a match with the last day of its plan, however late that is noticed: its people keep what they wrote,
    nothing more is asked. A match that is over stays as it is."""
    if not match.is_alive:
        return match
    after = match.complete(match.ends_on)
    store.matches.save(after)
    store.outbox.cancel_about(match.id)
    store.relays.forget_matches(match.id)
    store.schedule.forget(f"match:{match.id}")
    wake_letters(store, match.id, now=now)
    return after


def choose(turn: Turn) -> Reply:
    """What somebody wants after the end; it also counts once the match is over."""
    stand = enter(turn, living=False)
    choice = turn.arg("choice")
    if choice not in CHOICES:
        raise Refusal("message.old")
    turn.store.feedback.give(stand.match.id, Tap(0, turn.me.id, CHOICE, CHOICES[choice]))
    return Reply(voice.chosen(stand.scene(turn.me.id, turn.say), choice, turn.say), Where.INSTEAD)
