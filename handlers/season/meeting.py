"""Answers to "did you meet?": one counts at once, two that differ are asked once more."""

from flows.calendar import local
from flows.meetings import Meeting, MeetingState, Outcome, Said
from flows.meetings import answer as answered
from flows.people import Person
from flows.refusal import Refusal
from flows.sessions import open_one
from flows.voice import meetings as voice
from flows.voice import sessions as lines
from handlers.inbound import Reply, Where
from handlers.introducing import mirror
from handlers.season.confirming import (
    change_cards,
    change_question,
    confirm,
    move_on,
    newest_question,
    taps_message,
    tell_of_meeting,
)
from handlers.season.conversing import date_dialog
from handlers.season.scene import Stand, asked_step, enter, number_of, question_key, with_meeting
from handlers.turn import Turn


def answer(turn: Turn) -> Reply:
    """One of the four answers, or "we did not meet" below the first tap."""
    stand = enter(turn)
    meeting = stand.meeting(number_of(turn))
    said = _said(turn)
    present = _settled(turn, stand, meeting, said)
    if present is not None:
        return present
    partner = stand.partners(turn.me.id)[0]
    on = local(meeting.planned_at or turn.now, turn.me.hours).date()
    after, outcome = answered(meeting, person=turn.me.id, said=said, partner=partner.id, on=on)
    scene = stand.scene(turn.me.id, turn.say)
    match outcome:
        case Outcome.CONFIRMED:
            stand = confirm(turn, stand, after)
            return Reply(taps_message(turn, stand, after, turn.me), Where.INSTEAD)
        case Outcome.SKIPPED:
            stand = move_on(turn, stand, after)
            change_cards(turn, stand, after)
            _tell_partner(turn, stand, meeting, partner, after)
            return Reply(lines.skipped(scene, after, open_one(stand.meetings), turn.say), Where.INSTEAD)
        case Outcome.ASK_AGAIN:
            _keep(turn, stand, after)
            _ask_again(turn, stand, after, partner)
            return Reply(voice.did_you_meet(scene, after, turn.say, once_more=True), Where.INSTEAD)
        case Outcome.WAITING if said is not Said.WONT or meeting.asked_again:
            _keep(turn, stand, after)
            return Reply(voice.waiting(scene, turn.say), Where.INSTEAD)
        case Outcome.MOVED | Outcome.NOT_YET | Outcome.WAITING:
            _keep(turn, stand, after)
            if meeting.asked_again:
                _tell_partner(turn, stand, meeting, partner, after)
            if outcome is Outcome.MOVED and said is Said.MOVED:
                return date_dialog(turn, stand, after, via="line")
            return Reply(voice.it_happens(scene, after, turn.say), Where.INSTEAD)


def _tell_partner(turn: Turn, stand: Stand, asked: Meeting, partner: Person, after: Meeting) -> None:
    """What both answers together came to, in place of the other one's question."""
    told = turn.store.season.history(partner.id).by_subject.get(stand.match.id, frozenset())
    say = turn.say_to(partner)
    scene = stand.scene(partner.id, say)
    if after.state is MeetingState.SKIPPED:
        message = lines.skipped(scene, after, open_one(stand.meetings), say)
    else:
        message = voice.it_happens(scene, after, say)
    change_question(turn, stand, asked, partner, message, told)


def _said(turn: Turn) -> Said:
    try:
        return Said(turn.arg("said"))
    except ValueError:
        raise Refusal("message.old") from None


def _settled(turn: Turn, stand: Stand, meeting: Meeting, said: Said) -> Reply | None:
    """The present state, when the answer is about an earlier date, or repeats what is known, or comes too late."""
    scene = stand.scene(turn.me.id, turn.say)
    if meeting.state is MeetingState.SKIPPED:
        return Reply(lines.skipped(scene, meeting, open_one(stand.meetings), turn.say), Where.INSTEAD)
    is_later_over = any(one.number > meeting.number and one.state is not MeetingState.OPEN for one in stand.meetings)
    if meeting.state is MeetingState.MET and (said is Said.MET or is_later_over):
        return Reply(taps_message(turn, stand, meeting, turn.me), Where.INSTEAD)
    day = turn.action.args.get("day", "")
    if meeting.planned_at is not None and day != voice.asked_day(meeting):
        return Reply(lines.dated(scene, meeting, meeting.planned_at, turn.say), Where.INSTEAD)
    return None


def _keep(turn: Turn, stand: Stand, meeting: Meeting) -> None:
    turn.store.sessions.save(meeting, at=turn.now)
    turn.store.schedule.look_at(f"match:{stand.match.id}", turn.now)
    change_cards(turn, with_meeting(stand, meeting), meeting)
    mirror(turn, stand.match, stand.people)


def _ask_again(turn: Turn, stand: Stand, meeting: Meeting, partner: Person) -> None:
    """Put the question to the other one once more, who does not learn what this one said."""
    history = turn.store.season.history(partner.id)
    newest = newest_question(meeting, history.by_subject.get(stand.match.id, ()))
    step = f"{newest}_again" if newest else asked_step(meeting)
    say = turn.say_to(partner)
    message = voice.did_you_meet(stand.scene(partner.id, say), meeting, say, once_more=True)
    key = question_key(meeting, partner.id, step)
    tell_of_meeting(turn, stand, partner, message, history, key=key, step=step)
