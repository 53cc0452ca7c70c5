"""Examples of the letter to oneself."""

from collections.abc import Mapping
from datetime import date

from flows.activities.activity import Activity, Mechanism
from flows.activities.letter import KIND, Opens
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice import letters as voice
from flows.voice.gallery.example import INES, MIRA, NOW, TODAY, Example, Shown
from flows.voice.say import Say

TEXT = "What do you hope to have given when these weeks are over?"
ACTIVITY = Activity("letter", Mechanism.LETTER, "A letter to yourself", 10, "", "", dict.fromkeys(Role, TEXT), ())
OPENS = date(2028, 3, 2)
LETTER = Writing("w-1", "m-1", INES.id, KIND, 0, WritingState.SENT, NOW, opens_on=OPENS, shared=True)
WORDS = "I want to remember why I began."
THEIRS = "I hope that I have listened more than I have talked."


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    name = MIRA.first_name
    begun = {"text": WORDS, "opens": "1", "shared": "yes"}
    form = voice.form("m-1", name, ACTIVITY, Role.MENTEE, tuple(Opens), draft={}, anew=False, say=say)
    again = voice.form("m-1", name, ACTIVITY, Role.MENTEE, tuple(Opens), draft=begun, anew=True, say=say)
    letters = (voice.Opened("", TODAY, WORDS), voice.Opened(name, TODAY, THEIRS))
    return {
        "letters.form": Example(form, Shown.DIALOG),
        "letters.form_anew": Example(again, Shown.DIALOG),
        "letters.sealed": Example(voice.sealed("m-1", OPENS, shared=True, partner=name, say=say), Shown.ANSWER),
        "letters.sealed_alone": Example(voice.sealed("m-1", None, shared=False, partner=name, say=say), Shown.DIALOG),
        "letters.draft_kept": Example(voice.draft_kept("m-1", say), Shown.DIALOG),
        "letters.elsewhere": Example(voice.elsewhere("m-1", say), Shown.DIALOG),
        "letters.ready": Example(voice.ready(LETTER, TODAY, say), Shown.PROACTIVE),
        "letters.later": Example(voice.later("m-1", say), Shown.ANSWER),
        "letters.read": Example(voice.read(letters, say), Shown.DIALOG),
        "letters.which": Example(voice.which([("m-1", name), ("m-2", INES.first_name)], say), Shown.ANSWER),
    }
