"""Examples of goals and next steps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.activities.activity import Activity, Mechanism
from flows.activities.goals import GOALS, STEPS, Place
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice import goals as voice
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.say import Say

TEXT = "What have you two agreed on? One line each, up to three."
ACTIVITY = Activity(GOALS, Mechanism.OBJECTIVES, "Our goals", 5, "", "", dict.fromkeys(Role, TEXT), ())
DUE = date(2027, 3, 16)
GOAL = Writing("w-1", "m-1", INES.id, GOALS, 1, WritingState.SENT, NOW, {"line": "Lead one meeting"})
WHAT = {"line": "Ask for feedback", "who": INES.id}
STEP = Writing("w-2", "m-1", INES.id, STEPS, 3, WritingState.SENT, NOW, WHAT, opens_on=DUE)
PEOPLE = {INES.id: INES.first_name, MIRA.id: MIRA.first_name}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    name = MIRA.first_name
    goals, steps = (Place("w-1", GOAL), Place("new1", None)), (Place("w-2", STEP), Place("new1", None))
    reached, done = replace(GOAL, state=WritingState.DONE), replace(STEP, state=WritingState.DONE)
    form = voice.goals_form("m-1", 1, ACTIVITY, Role.MENTEE, goals, say)
    dated = voice.steps_form("m-1", 3, ACTIVITY, Role.MENTEE, steps, PEOPLE, suggested=DUE, say=say)
    page = voice.goals_page("m-1", 1, (GOAL, reached), may_change=True, say=say)
    steps_page = voice.steps_page("m-1", 3, (STEP, done), PEOPLE, may_change=True, say=say)
    over = voice.steps_page("m-1", 3, (STEP, done), PEOPLE, may_change=False, say=say)
    return {
        "goals.form": Example(form, Shown.DIALOG),
        "goals.page": Example(page, Shown.DIALOG),
        "goals.kept": Example(voice.goals_kept("m-1", 1, 2, name, say), Shown.ANSWER),
        "goals.steps_form": Example(dated, Shown.DIALOG),
        "goals.steps_page": Example(steps_page, Shown.DIALOG),
        "goals.steps_over": Example(over, Shown.DIALOG),
        "goals.steps_kept": Example(voice.steps_kept("m-1", 3, 1, name, say), Shown.ANSWER),
    }
