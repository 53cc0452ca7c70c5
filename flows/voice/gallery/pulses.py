"""Examples of the anonymous pulse."""

from collections.abc import Mapping

from flows.pulses import PulseQuestion
from flows.voice import pulses as voice
from flows.voice.gallery.cohorts import MENTORING
from flows.voice.gallery.example import Example, Shown
from flows.voice.say import Say

OPTIONS = (("no", "Not at all"), ("little", "A little"), ("rather", "Rather"), ("yes", "Fully"))
QUESTION = PulseQuestion("purpose", "My work has a point that I can see.", OPTIONS)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "pulses.ask": Example(voice.ask(MENTORING, "start", QUESTION, 1, 4, say), Shown.PROACTIVE),
        "pulses.counted": Example(voice.counted(say), Shown.ANSWER),
        "pulses.enough": Example(voice.enough(say), Shown.ANSWER),
    }
