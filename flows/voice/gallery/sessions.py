"""Examples of the cards of conversations and of the date dialog."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from flows.journey import Asked, By, Step, StepKind, Task
from flows.meetings import Meeting, MeetingState
from flows.people import Role
from flows.voice import sessions as voice
from flows.voice.gallery.example import INES, NOW, TODAY, Example, Shown
from flows.voice.say import Say
from flows.voice.sessions import Scene

SCENE = Scene("m-1", INES.first_name, Role.MENTOR, date(2027, 5, 28))
OPEN = Meeting("m-1", 2, TODAY)
AGREED = replace(OPEN, planned_at=NOW + timedelta(days=2))
MET = replace(OPEN, state=MeetingState.MET, met_on=TODAY)
NEXT = Meeting("m-1", 3, TODAY)
TEXT = "Before you meet, rate the five skills. Then note one strength you saw and where you saw it."
STEP = Step("session_2", StepKind.SESSION, 4, 3, 2, "Strengths and skills", dict.fromkeys(Role, TEXT), ("spotlight",))
LETTER = Step("letter", StepKind.LETTER, 3, 3, 0, "A letter to your future self", dict.fromkeys(Role, TEXT))
NOTE = Task("spotlight", By.MENTOR, Asked.OPEN, "Note a strength", "the strength you saw is not written down yet.")
WRITE = Task("letter", By.EACH, Asked.OPEN, "Write my letter", "your letter to yourself is still open.")


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    dialog = voice.ask_date(SCENE, OPEN, via="card", suggested=TODAY, hour=time(10), say=say)
    return {
        "sessions.card": Example(voice.card(SCENE, STEP, OPEN, (NOTE,), say), Shown.PROACTIVE),
        "sessions.card_with_date": Example(voice.card(SCENE, STEP, AGREED, (NOTE,), say), Shown.ANSWER),
        "sessions.card_met": Example(voice.card(SCENE, STEP, MET, (NOTE,), say), Shown.ANSWER),
        "sessions.letter": Example(voice.card(SCENE, LETTER, None, (WRITE,), say), Shown.PROACTIVE),
        "sessions.ask_date": Example(dialog, Shown.DIALOG),
        "sessions.dated": Example(voice.dated(SCENE, OPEN, NOW, say), Shown.ANSWER),
        "sessions.skipped": Example(voice.skipped(SCENE, OPEN, NEXT, say), Shown.ANSWER),
        "sessions.below": Example(voice.below(SCENE, say), Shown.ANSWER),
    }
