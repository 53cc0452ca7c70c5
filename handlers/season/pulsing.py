"""The anonymous pulse: a choice is counted and forgotten in the same moment."""

from flows.calendar import local
from flows.pulses import PulseQuestion, Window, accept, windows
from flows.refusal import Refusal
from flows.voice import pulses as voice
from flows.voice.message import Message
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def answer(turn: Turn) -> Reply:
    """Count one choice, once; the same message then asks the next question, without the choice."""
    window = _window(turn)
    question = next((one for one in turn.content.pulse if one.id == turn.arg("question")), None)
    if question is None:
        raise Refusal("message.old")
    choice = turn.arg("choice")
    accept(window, question, choice, local(turn.now, turn.me.hours).date())
    turn.store.pulses.count(turn.me.id, cohort=window.cohort, window=window.name, question=question.id, choice=choice)
    return Reply(_next(turn, window), Where.INSTEAD)


def enough(turn: Turn) -> Reply:
    """No more questions in this window, and no reminder."""
    window = _window(turn)
    turn.store.pulses.stop(
        turn.me.id, cohort=window.cohort, window=window.name, questions=[one.id for one in turn.content.pulse]
    )
    return Reply(voice.enough(turn.say), Where.INSTEAD)


def _window(turn: Turn) -> Window:
    """The window that the button names, in a cohort where this person has a place."""
    which = turn.arg("cohort")
    if all(place.cohort != which for place in turn.store.participants.of_person(turn.me.id)):
        raise Refusal("message.old")
    cohort = turn.store.programmes.cohort(which)
    opened_on = cohort.opened_at.date() if cohort.opened_at else cohort.starts_on
    ahead = windows(cohort.id, opened_on=opened_on, starts_on=cohort.starts_on, weeks=cohort.weeks)
    found = next((window for window in ahead if window.name == turn.arg("window")), None)
    if found is None:
        raise Refusal("message.old")
    return found


def _next(turn: Turn, window: Window) -> Message:
    asked: list[PulseQuestion] = list(turn.content.pulse)
    left = turn.store.pulses.unanswered(
        turn.me.id, cohort=window.cohort, window=window.name, questions=[one.id for one in asked]
    )
    for place, question in enumerate(asked, start=1):
        if question.id in left:
            return voice.ask(window.cohort, window.name, question, place, len(asked), turn.say)
    return voice.counted(turn.say)
