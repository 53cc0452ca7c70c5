"""The card of a conversation: see it, agree on a date, say that it took place, leave it out."""

from dataclasses import replace
from datetime import date, time, timedelta

from flows.calendar import local, next_working
from flows.journey import Step
from flows.meetings import Meeting, MeetingState, Said, met, plan, skip
from flows.refusal import Refusal
from flows.sessions import agreed_moment, open_one
from flows.voice import sessions as voice
from flows.voice.message import Kind, Post, ToPerson
from flows.voice.refusals import refused
from handlers.inbound import Reply, Where
from handlers.introducing import mirror
from handlers.season.confirming import ask_for_taps, change_cards, confirm, move_on
from handlers.season.nudging import with_the_rest
from handlers.season.scene import Stand, card_key, card_of, enter, number_of, with_meeting
from handlers.turn import Turn

MORNING = time(10)


def see(turn: Turn) -> Reply:
    """The card of a step arrives below; a second press shows its present state."""
    stand = enter(turn)
    step = _step(turn, stand)
    message = card_of(stand, step, turn.me, turn.content, turn.say)
    told = {one.person for one in turn.store.outbox.history(stand.match.id) if one.step == step.id}
    if turn.me.id not in told:
        key = card_key(step, stand.match.id, turn.me.id)
        to = ToPerson(turn.me.id)
        turn.store.outbox.put(Post(key, to, message, Kind.ANSWER, subject=stand.match.id, step=step.id), now=turn.now)
    elif not turn.again:
        return Reply(message, Where.BELOW)
    return Reply(with_the_rest(turn, voice.below(stand.scene(turn.me.id, turn.say), turn.say)), Where.INSTEAD)


def _step(turn: Turn, stand: Stand) -> Step:
    wanted = turn.action.args.get("step")
    if not wanted:
        return stand.step(stand.meeting(number_of(turn)).number)
    found = next((step for step in stand.steps if step.id == wanted), None)
    if found is None:
        raise Refusal("message.old")
    return found


def ask_date(turn: Turn) -> Reply:
    """The dialog for a day and a time."""
    stand = enter(turn)
    return date_dialog(turn, stand, stand.meeting(number_of(turn)), via=turn.action.args.get("via", "line"))


def date_dialog(turn: Turn, stand: Stand, meeting: Meeting, *, via: str) -> Reply:
    """The same, when the conversation is known. Raises Refusal("meeting.over")."""
    if meeting.state is not MeetingState.OPEN:
        raise Refusal("meeting.over")
    scene = stand.scene(turn.me.id, turn.say)
    at = local(meeting.planned_at, turn.me.hours) if meeting.planned_at else None
    day = at.date() if at else example_day(turn)
    dialog = voice.ask_date(scene, meeting, via=via, suggested=day, hour=at.time() if at else MORNING, say=turn.say)
    return Reply(dialog, Where.DIALOG)


def example_day(turn: Turn) -> date:
    """The person's first working day from tomorrow on: a date that would fit."""
    tomorrow = turn.now + timedelta(days=1)
    return local(next_working(tomorrow, turn.me.hours), turn.me.hours).date()


def keep_date(turn: Turn) -> Reply:
    """A day and a time were chosen, in the zone of the one who chose; the partner's card shows it in theirs."""
    stand = enter(turn)
    meeting = stand.meeting(number_of(turn))
    try:
        at = agreed_moment(turn.field("day"), turn.field("hour"), by=turn.me, now=turn.now, ends_on=stand.match.ends_on)
    except Refusal as refusal:
        if not refusal.key.startswith("date."):
            raise
        errors = voice.date_errors(refusal.key, example=example_day(turn), last=stand.match.ends_on, say=turn.say)
        return Reply(refused(refusal, turn.say), Where.FIELD_ERRORS, errors)
    after = plan(meeting, at)
    turn.store.sessions.save(after, at=turn.now)
    turn.store.schedule.look_at(f"match:{stand.match.id}", turn.now)
    stand = with_meeting(stand, after)
    mirror(turn, stand.match, stand.people)
    if turn.action.args.get("via") == "card":
        change_cards(turn, stand, after, but=turn.me.id)
        return Reply(card_of(stand, stand.step(after.number), turn.me, turn.content, turn.say), Where.INSTEAD)
    change_cards(turn, stand, after)
    scene = stand.scene(turn.me.id, turn.say)
    return Reply(with_the_rest(turn, voice.dated(scene, after, at, turn.say)), Where.INSTEAD)


def say_met(turn: Turn) -> Reply:
    """They have met: it counts at once, and both are asked for three taps."""
    stand = enter(turn)
    meeting = stand.meeting(number_of(turn))
    if meeting.state is MeetingState.OPEN:
        today = turn.today
        planned = local(meeting.planned_at, turn.me.hours).date() if meeting.planned_at else today
        meeting = replace(met(meeting, on=min(planned, today)), answers={**meeting.answers, turn.me.id: Said.MET})
        stand = confirm(turn, stand, meeting)
        ask_for_taps(turn, stand, meeting, turn.me)
    scene = stand.scene(turn.me.id, turn.say)
    if turn.action.args.get("via") == "card":
        return Reply(card_of(stand, stand.step(meeting.number), turn.me, turn.content, turn.say), Where.INSTEAD)
    return Reply(with_the_rest(turn, voice.over(scene, meeting, (), turn.say)), Where.INSTEAD)


def leave_out(turn: Turn) -> Reply:
    """The pair leaves this conversation out, and the next one opens."""
    stand = enter(turn)
    meeting = stand.meeting(number_of(turn))
    if meeting.state is MeetingState.OPEN:
        meeting = skip(meeting)
        stand = move_on(turn, stand, meeting)
        change_cards(turn, stand, meeting, but=turn.me.id if turn.action.args.get("via") == "card" else "")
    scene = stand.scene(turn.me.id, turn.say)
    if meeting.state is MeetingState.MET:
        return Reply(voice.over(scene, meeting, (), turn.say), Where.INSTEAD)
    return Reply(with_the_rest(turn, voice.skipped(scene, meeting, open_one(stand.meetings), turn.say)), Where.INSTEAD)
