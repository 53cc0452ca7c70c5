"""Examples of what somebody reads of what their company says of them."""

from collections.abc import Mapping
from datetime import date

from flows.facts import Known, Word
from flows.facts_used import Reporting
from flows.voice import facts as voice
from flows.voice.gallery.example import MIRA, Example, Shown
from flows.voice.message import Message
from flows.voice.say import Say

LISBON = Known("mira@example.org", department="Data", site="Lisbon", level=4, started_on=date(2026, 10, 1))


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "facts.news": Example(voice.news(say), Shown.PROACTIVE),
        "facts.shown": Example(voice.shown(LISBON, "Mira Okafor", MIRA, say), Shown.ANSWER),
        "facts.unchecked": Example(
            Message(say.plain("A draft of this round"), voice.reporting_line(Reporting(48, 0), say)), Shown.ANSWER
        ),
        "facts.partly_checked": Example(
            Message(say.plain("A draft of this round"), voice.reporting_line(Reporting(48, 41), say)), Shown.ANSWER
        ),
        "facts.nothing": Example(voice.nothing(say), Shown.ANSWER),
        "facts.later": Example(voice.later(say), Shown.ANSWER),
        "facts.right": Example(voice.noted(Word.RIGHT, "c-1", MIRA, say), Shown.ANSWER),
        "facts.wrong": Example(voice.noted(Word.WRONG, "c-1", MIRA, say), Shown.ANSWER),
        "facts.wrong_nowhere": Example(voice.noted(Word.WRONG, "", None, say), Shown.ANSWER),
    }
