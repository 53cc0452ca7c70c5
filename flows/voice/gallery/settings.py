"""Examples of settings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.overview import Place
from flows.voice import settings as voice
from flows.voice.gallery.cohorts import MENTEE, MENTOR, MENTORING, TECH
from flows.voice.gallery.example import INES, Example, Shown
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    away = replace(INES, hours=replace(INES.hours, away_until=date(2027, 4, 2)))
    quiet = replace(INES, nudges=False)
    one = (Place(MENTOR, TECH),)
    two = (Place(replace(MENTOR, id="p1", cohort="c1"), MENTORING), *one)
    return {
        "settings.dialog": Example(voice.dialog(INES, one, ("en",), (), say), Shown.DIALOG),
        "settings.dialog_two": Example(voice.dialog(INES, two, ("en",), (), say), Shown.DIALOG),
        "settings.dialog_mentee": Example(
            voice.dialog(INES, (Place(MENTEE, MENTORING),), ("en",), (), say), Shown.DIALOG
        ),
        "settings.saved": Example(voice.saved(INES, {}, say), Shown.ANSWER),
        "settings.saved_connects": Example(voice.saved(INES, {}, say, connects=True), Shown.ANSWER),
        "settings.away": Example(voice.saved(away, {}, say), Shown.ANSWER),
        "settings.quiet": Example(voice.saved(quiet, {}, say), Shown.ANSWER),
        "settings.over": Example(voice.saved(INES, {"Mentoring 2027": (2, 1)}, say), Shown.ANSWER),
    }
