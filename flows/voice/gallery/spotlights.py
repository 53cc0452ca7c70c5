"""Examples of strengths and wins."""

from collections.abc import Mapping

from flows.activities.activity import Activity, Mechanism
from flows.activities.spotlight import KIND, WINS
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice import spotlights as voice
from flows.voice import writing
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.say import Say

TEXT = "Which strength did you see? Name the moment in which you saw it."
ACTIVITY = Activity(KIND, Mechanism.SPOTLIGHT, "A strength I saw", 8, "", "", dict.fromkeys(Role, TEXT), ())
WORDS = {"strength": "Calm in a storm", "evidence": "You asked two questions, and the room was quiet."}
SPOTLIGHT = Writing("w-1", "m-1", MIRA.id, KIND, 2, WritingState.SENT, NOW, {**WORDS, "chance": "The town hall"})
NOT_YET = Writing("w-2", "m-1", MIRA.id, KIND, 2, WritingState.SENT, NOW, WORDS)
WIN = Writing("w-3", "m-1", INES.id, WINS, 0, WritingState.SENT, NOW, {"win": "I said no, and it was fine."})


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    mira, ines = MIRA.first_name, INES.first_name
    both = (SPOTLIGHT, NOT_YET)
    mine = voice.page("m-1", 2, Role.MENTEE, both, (WIN,), mentor=mira, may_write=True, say=say)
    theirs = voice.page("m-1", 2, Role.MENTOR, both, (), mentor=mira, may_write=True, say=say)
    empty = voice.page("m-1", 2, Role.MENTEE, (), (), mentor=mira, may_write=True, say=say)
    return {
        "spotlights.form": Example(voice.form("m-1", 2, ACTIVITY, ines, say), Shown.DIALOG),
        "spotlights.kept": Example(voice.kept("m-1", 2, ines, say), Shown.ANSWER),
        "spotlights.told": Example(voice.told("m-1", mira, say), Shown.PROACTIVE),
        "spotlights.later": Example(voice.later("m-1", say), Shown.ANSWER),
        "spotlights.page": Example(mine, Shown.DIALOG),
        "spotlights.page_mentor": Example(theirs, Shown.DIALOG),
        "spotlights.page_empty": Example(empty, Shown.DIALOG),
        "spotlights.win_form": Example(voice.win_form("m-1", ACTIVITY, mira, say), Shown.DIALOG),
        "spotlights.win_kept": Example(voice.win_kept("m-1", 3, say), Shown.ANSWER),
        "spotlights.which": Example(writing.which([("m-1", mira), ("m-2", ines)], KIND, say), Shown.ANSWER),
    }
