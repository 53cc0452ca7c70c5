"""Who has nobody yet: the one change that would help, done with one tap."""

from datetime import date

from flows.matching.people import Mode
from flows.people import Participant, Role
from flows.profile import FIELDS
from flows.refusal import Refusal
from flows.voice import waiting as voice
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def online_is_fine(turn: Turn) -> Reply:
    """Any way of meeting suits them now."""
    participant = _mine(turn)
    if turn.store.participants.answers(participant.id).get(FIELDS["mode"]) != Mode.EITHER:
        turn.store.participants.answer(participant.id, FIELDS["mode"], Mode.EITHER, private=False, at=turn.inbound.at)
    return _helped(turn, participant)


def speak(turn: Turn) -> Reply:
    """They speak one more of the languages that the programme knows."""
    participant = _mine(turn)
    question = next(one for one in turn.content.questions if one.id == FIELDS["languages"])
    language = turn.arg("language")
    if language not in question.values:
        raise Refusal("message.old")
    known = turn.store.participants.answers(participant.id).get(question.id)
    place = known if isinstance(known, tuple) else (turn.me.zone,)
    if language not in place:
        added = (*place, language)
        turn.store.participants.answer(participant.id, question.id, added, private=False, at=turn.inbound.at)
    return _helped(turn, participant)


def free_at(turn: Turn) -> Reply:
    """One more part of a day suits them."""
    participant = _mine(turn)
    question = next(one for one in turn.content.questions if one.id == FIELDS["free"])
    slot = turn.arg("slot")
    if slot not in question.values:
        raise Refusal("message.old")
    known = turn.store.participants.answers(participant.id).get(question.id)
    chosen = {*known, slot} if isinstance(known, tuple) else {slot}
    if chosen != {*(known if isinstance(known, tuple) else ())}:
        ordered = tuple(value for value in question.values if value in chosen)
        turn.store.participants.answer(participant.id, question.id, ordered, private=False, at=turn.inbound.at)
    return _helped(turn, participant)


def keep(turn: Turn) -> Reply:
    """Everything stays as it is."""
    participant = _mine(turn)
    if not _waits(turn, participant):
        return Reply(voice.kept_meanwhile(participant, turn.say), Where.INSTEAD)
    return Reply(voice.kept(participant, _next_round(turn, participant), turn.say), Where.INSTEAD)


def _helped(turn: Turn, participant: Participant) -> Reply:
    if not _waits(turn, participant):
        return Reply(voice.changed_meanwhile(participant, turn.say), Where.INSTEAD)
    return Reply(voice.helped(participant, _next_round(turn, participant), turn.say), Where.INSTEAD)


def _waits(turn: Turn, participant: Participant) -> bool:
    """Whether a round still looks for somebody for them: who found somebody since is promised none."""
    if not turn.store.programmes.cohort(participant.cohort).may_be_joined(turn.today):
        return False
    mine = [one.member(turn.me.id) for one in turn.store.matches.alive_of(turn.me.id)]
    roles = {member.role for member in mine if member.participant == participant.id}
    return not (Role.MENTEE in roles if Role.MENTEE in participant.roles else roles)


def _mine(turn: Turn) -> Participant:
    try:
        participant = turn.store.participants.get(turn.arg("participant"))
    except LookupError:
        raise Refusal("message.old") from None
    if participant.person != turn.me.id:
        raise Refusal("message.not_yours")
    if not participant.has_joined:
        raise Refusal("message.old")
    return participant


def _next_round(turn: Turn, participant: Participant) -> date | None:
    day = turn.store.programmes.cohort(participant.cohort).next_round
    return day if day is not None and day >= turn.today else None
