"""Examples of a message to everybody in a programme."""

from collections.abc import Mapping

from flows.reach import Why
from flows.voice import broadcasts as voice
from flows.voice import coordinating, left_out
from flows.voice.gallery.example import MIRA, Example, Shown
from flows.voice.gallery.programmes import COHORT
from flows.voice.message import Action
from flows.voice.say import Say

WORDS = "Lunch for everybody on Friday at noon. <!channel> *bring* a friend."


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    left = left_out.lines({why: number for number, why in enumerate(Why, start=1)}, say)
    sending = coordinating.dry_run(
        voice.would_send(48, COHORT, say),
        (),
        voice.said(COHORT, MIRA, WORDS, say),
        say.plain("Send it"),
        Action("broadcast.confirm", {"token": "t-1"}),
        say,
        notes=(*left, *left_out.doubtful(1, say)),
    )
    return {
        "broadcasts.form": Example(voice.form([COHORT], WORDS, say), Shown.DIALOG),
        "broadcasts.sending": Example(sending, Shown.ANSWER),
        "broadcasts.said": Example(voice.said(COHORT, MIRA, WORDS, say), Shown.PROACTIVE),
        "broadcasts.sent": Example(voice.sent(48, left, say), Shown.ANSWER),
    }
