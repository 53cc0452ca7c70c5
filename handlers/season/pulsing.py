"""The anonymous pulse: a choice is counted and forgotten in the same moment."""

from flows.pulses import PulseQuestion, Window, accept
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
    accept(window, question, choice, turn.today)
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
    which, name = turn.arg("cohort"), turn.arg("window")
    for place in turn.store.season.places(turn.me.id, today=turn.today):
        for window in place.windows:
            if (place.cohort, window.name) == (which, name):
                return window
    raise Refusal("message.old")


def _next(turn: Turn, window: Window) -> Message:
    asked: list[PulseQuestion] = list(turn.content.pulse)
    left = turn.store.pulses.unanswered(
        turn.me.id, cohort=window.cohort, window=window.name, questions=[one.id for one in asked]
    )
    for place, question in enumerate(asked, start=1):
        if question.id in left:
            cohort = turn.store.programmes.cohort(window.cohort)
            return voice.ask(cohort, window.name, question, place, len(asked), turn.say)
    return voice.counted(turn.say)
