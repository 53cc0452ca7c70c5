"""Examples of expectations, reviews and the notes of a match."""

from collections.abc import Mapping

from flows.activities.activity import Activity, Mechanism
from flows.activities.review import EXPECTATIONS, REVIEW, Often
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice import letters, notes
from flows.voice import reviews as voice
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.gallery.ratings import ROWS
from flows.voice.gallery.spotlights import WIN
from flows.voice.say import Say

TEXT = "What comes next for you? Name one or two steps."
TITLE = "Looking back"
ACTIVITY = Activity(REVIEW, Mechanism.REVIEW, TITLE, 8, "", "", dict.fromkeys(Role, TEXT), ())
NEXT = "I will lead the next retro."
MINE = Writing("w-1", "m-1", INES.id, REVIEW, 4, WritingState.SENT, NOW, {"text": NEXT})
GAINED = "I ask more, and I answer later."
THEIRS = Writing("w-2", "m-1", MIRA.id, REVIEW, 4, WritingState.SENT, NOW, {"text": GAINED})
HOPE = {"often": Often.FORTNIGHTLY.value, "about": "Speaking to groups"}
EXPECTED = Writing("w-3", "m-1", INES.id, EXPECTATIONS, 0, WritingState.SENT, NOW, HOPE)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    name = MIRA.first_name
    names = {MIRA.id: name}
    both = (("", MINE), (name, THEIRS))
    hopes = (("", EXPECTED), (name, EXPECTED))
    form = voice.review_form("m-1", 4, ACTIVITY, Role.MENTEE, (WIN,), {}, name, say)
    form_mentor = voice.review_form("m-1", 4, ACTIVITY, Role.MENTOR, (), {"text": GAINED}, name, say)
    expectations = voice.expectations_form("m-1", ACTIVITY, Role.MENTEE, HOPE, name, say)
    sections = ((TITLE, voice.review("", MINE, say)), (TEXT, letters.opening("m-1", say)))
    return {
        "reviews.form": Example(form, Shown.DIALOG),
        "reviews.form_mentor": Example(form_mentor, Shown.DIALOG),
        "reviews.waiting": Example(voice.waiting("m-1", 4, REVIEW, name, say), Shown.ANSWER),
        "reviews.both": Example(voice.both("m-1", 4, REVIEW, name, say), Shown.ANSWER),
        "reviews.page": Example(voice.review_page("m-1", ACTIVITY, both, (WIN,), ROWS, names, say), Shown.DIALOG),
        "reviews.expectations": Example(expectations, Shown.DIALOG),
        "reviews.expectations_waiting": Example(voice.waiting("m-1", 0, EXPECTATIONS, name, say), Shown.ANSWER),
        "reviews.expectations_both": Example(voice.both("m-1", 0, EXPECTATIONS, name, say), Shown.ANSWER),
        "reviews.expectations_page": Example(voice.expectations_page("m-1", ACTIVITY, hopes, say), Shown.DIALOG),
        "reviews.notes": Example(notes.notes(name, sections, say), Shown.DIALOG),
        "reviews.notes_empty": Example(notes.notes(name, (), say), Shown.DIALOG),
    }
