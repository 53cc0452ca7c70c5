"""Skipping the round that is coming, and taking it back."""

from dataclasses import replace

from flows.coming import may_be_skipped
from flows.people import Participant
from flows.refusal import Refusal
from flows.voice import coming as voice
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def skip(turn: Turn) -> Reply:
    """The next draft is made without them."""
    return _decide(turn, skips=True)


def take_part(turn: Turn) -> Reply:
    """The next draft is made with them after all."""
    return _decide(turn, skips=False)


def _decide(turn: Turn, *, skips: bool) -> Reply:
    """Until the day of the round begins; an old button, or one that comes too late, says what can be done."""
    participant = _mine(turn)
    cohort = turn.store.programmes.cohort(participant.cohort)
    round_on = cohort.next_round if cohort.takes_people else None
    if round_on is None or round_on.isoformat() != turn.arg("round"):
        ahead = round_on if may_be_skipped(round_on, turn.today) else None
        return Reply(voice.gone(cohort, ahead, turn.say, skips=participant.skips), Where.INSTEAD)
    if not may_be_skipped(round_on, turn.today):
        return Reply(voice.being_made(cohort, round_on, turn.say, skips=participant.skips), Where.INSTEAD)
    if participant.skips is not skips:
        turn.store.participants.save(replace(participant, skips=skips))
    told = voice.skipped if skips else voice.takes_part
    return Reply(told(cohort, round_on, turn.say), Where.INSTEAD)


def _mine(turn: Turn) -> Participant:
    places = turn.store.participants.of_person(turn.me.id)
    place = next((place for place in places if place.cohort == turn.arg("cohort")), None)
    if place is None or not place.has_joined:
        raise Refusal("message.old")
    return place
