"""Examples of the five skills."""

from collections.abc import Mapping

from flows.activities.activity import Activity, Mechanism
from flows.activities.ratings import KIND, Row
from flows.people import Role
from flows.voice import ratings as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.say import Say

TEXT = "Where do you stand in each of the five today?"
ACTIVITY = Activity(KIND, Mechanism.RATINGS, "Five skills", 5, "", "", dict.fromkeys(Role, TEXT), ())
LISTED = (("leading", "Leading people"), ("data", "Working with data"))
SKILLS = {"1": "Leading people", "2": "Working with data", "3": "Saying no"}
ROWS = (
    Row("Leading people", "2", ((MIRA.id, "3"),)),
    Row("Saying no", "4", ((MIRA.id, "4"),), "2", ((MIRA.id, "3"),)),
)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    name = MIRA.first_name
    return {
        "ratings.pick": Example(voice.pick("m-1", 2, ACTIVITY, LISTED, ("data",), name, say), Shown.DIALOG),
        "ratings.rate": Example(
            voice.rate("m-1", 2, ACTIVITY, Role.MENTEE, SKILLS, {"1": "3"}, name, say), Shown.DIALOG
        ),
        "ratings.rate_mentor": Example(
            voice.rate("m-1", 2, ACTIVITY, Role.MENTOR, SKILLS, {}, INES.first_name, say), Shown.DIALOG
        ),
        "ratings.mentee_first": Example(voice.mentee_first(ACTIVITY, INES.first_name, say), Shown.DIALOG),
        "ratings.waiting": Example(voice.waiting("m-1", 2, name, say), Shown.ANSWER),
        "ratings.both": Example(voice.both("m-1", 2, name, say), Shown.ANSWER),
        "ratings.page": Example(voice.page("m-1", ACTIVITY, ROWS, {MIRA.id: name}, say), Shown.DIALOG),
    }
