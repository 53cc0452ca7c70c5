"""Examples of what is said of what is worked out beside the turns."""

from collections.abc import Mapping

from flows.matching.calculation import Progress
from flows.voice import calculations as voice
from flows.voice.gallery.example import MIRA, NOW, Example, Shown
from flows.voice.say import Say

NAME = "Leaders 2027"


def examples(say: Say) -> Mapping[str, Example]:
    """Every message of this topic."""
    return {
        "calculations.drafting": Example(voice.drafting(NAME, say), Shown.ANSWER),
        "calculations.drafting_already": Example(voice.drafting_already(NAME, NOW, True, say), Shown.ANSWER),
        "calculations.drafting_waits": Example(voice.drafting_already(NAME, NOW, False, say), Shown.ANSWER),
        "calculations.drafting_for": Example(voice.drafting_for(MIRA.name, NAME, NOW, say), Shown.ANSWER),
        "calculations.still_drafting": Example(voice.still_drafting(NAME, 1_204, None, say), Shown.ANSWER),
        "calculations.still_drafting_near": Example(
            voice.still_drafting(NAME, 1_204, Progress(3, 812_000, 9_400), say), Shown.ANSWER
        ),
        "calculations.still_drafting_lifting": Example(
            voice.still_drafting(NAME, 1_204, Progress(7, 817_000, 0), say), Shown.ANSWER
        ),
        "calculations.drafting_failed": Example(voice.drafting_failed(NAME, "3f9a02", say), Shown.ANSWER),
        "calculations.drafting_too_long": Example(voice.drafting_too_long(NAME, "3f9a02", say), Shown.ANSWER),
    }
