"""Examples of "did you meet?"."""

from collections.abc import Mapping

from flows.voice import meetings as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.gallery.sessions import AGREED, OPEN, SCENE
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "meetings.did_you_meet": Example(voice.did_you_meet(SCENE, AGREED, say), Shown.PROACTIVE),
        "meetings.once_more": Example(voice.did_you_meet(SCENE, AGREED, say, once_more=True), Shown.PROACTIVE),
        "meetings.waiting": Example(voice.waiting(SCENE, say), Shown.ANSWER),
        "meetings.it_happens": Example(voice.it_happens(SCENE, OPEN, say), Shown.ANSWER),
    }
