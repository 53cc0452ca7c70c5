"""What somebody does with a Tuesday message: answer a line, put it off, switch these messages off or on."""

from dataclasses import replace
from datetime import timedelta

from flows.calendar import local
from flows.nudge import TellTuesday, tuesday_of
from flows.voice import nudges as voice
from flows.voice.message import Message
from handlers.inbound import Reply, Where
from handlers.season.scene import enter
from handlers.season.week import next_slot, tuesday, week_of_person
from handlers.turn import Turn


def snooze(turn: Turn) -> Reply:
    """Not this week: nothing comes before the next slot anyway, so there is nothing to write down."""
    return Reply(voice.snoozed(_next_day(turn), turn.say), Where.INSTEAD)


def turn_off(turn: Turn) -> Reply:
    """No nudges any more, without leaving anything."""
    if turn.me.nudges:
        turn.store.people.save(replace(turn.me, nudges=False))
    return Reply(voice.turned_off(turn.say), Where.INSTEAD)


def turn_on(turn: Turn) -> Reply:
    """Nudges again."""
    if not turn.me.nudges:
        turn.store.people.save(replace(turn.me, nudges=True))
        turn.store.schedule.look_at(f"person:{turn.me.id}", next_slot(turn.me, turn.now))
    return Reply(voice.turned_on(_next_day(turn), turn.say), Where.INSTEAD)


def _next_day(turn: Turn) -> str:
    following = next_slot(turn.me, turn.now + timedelta(seconds=1))
    return turn.say.day(local(following, turn.me.hours).date())


def in_touch(turn: Turn) -> Reply:
    """The two have said hello to each other."""
    stand = enter(turn)
    for member in stand.match.members:
        if not member.said_hello:
            turn.store.matches.said_hello(stand.match.id, member.person)
    message = voice.in_touch(stand.scene(turn.me.id, turn.say), turn.say)
    return Reply(with_the_rest(turn, message), Where.INSTEAD)


def told(turn: Turn) -> Reply:
    """The mentor has told their mentee."""
    message = voice.told(enter(turn).scene(turn.me.id, turn.say), turn.say)
    return Reply(with_the_rest(turn, message), Where.INSTEAD)


def with_the_rest(turn: Turn, done: Message) -> Message:
    """What was done, in place of its line; what the message said of other matches stays below it."""
    if turn.action.args.get("via") != "nudge":
        return done
    about = turn.action.args.get("match", "")
    week = week_of_person(turn.store, turn.content, turn.me, turn.now)
    whole = tuesday_of(week.matches, turn.content.journey, today=week.today, now=turn.now)
    answered = turn.store.check_ins.answered(turn.me.id, week.iso)
    rest = TellTuesday(
        tuple((facts, missing) for facts, missing in whole.lines if facts.match.id != about),
        tuple(match for match in whole.check_in if match not in answered),
    )
    if not rest.lines and not rest.check_in:
        return done
    below = tuesday(turn.store, turn.content, week, rest, turn.say)
    return Message(done.summary, (*done.blocks, *below.blocks))
