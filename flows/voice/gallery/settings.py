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
    shares = replace(INES, email="ines.duarte@example.com", shared_email="ines.duarte@example.com")
    one = (Place(MENTOR, TECH),)
    two = (Place(replace(MENTOR, id="p1", cohort="c1"), MENTORING), *one)
    return {
        "settings.dialog": Example(voice.dialog(INES, one, ("en",), (), say), Shown.DIALOG),
        "settings.dialog_two": Example(voice.dialog(INES, two, ("en",), (), say), Shown.DIALOG),
        "settings.dialog_mentee": Example(
            voice.dialog(INES, (Place(MENTEE, MENTORING),), ("en",), (), say), Shown.DIALOG
        ),
        "settings.dialog_mail": Example(voice.dialog(INES, one, ("en",), (), say, asks_for_mail=True), Shown.DIALOG),
        "settings.dialog_known_mail": Example(
            voice.dialog(shares, one, ("en",), (), say, asks_for_mail=True), Shown.DIALOG
        ),
        "settings.shares": Example(voice.saved(shares, {}, say), Shown.ANSWER),
        "settings.saved": Example(voice.saved(INES, {}, say), Shown.ANSWER),
        "settings.saved_connects": Example(voice.saved(INES, {}, say, connects=True), Shown.ANSWER),
        "settings.away": Example(voice.saved(away, {}, say), Shown.ANSWER),
        "settings.quiet": Example(voice.saved(quiet, {}, say), Shown.ANSWER),
        "settings.over": Example(voice.saved(INES, {"Mentoring 2027": (2, 1)}, say), Shown.ANSWER),
    }
