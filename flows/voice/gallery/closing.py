"""Examples of the last week."""

from collections.abc import Mapping

from flows.voice import closing as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.gallery.sessions import SCENE
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "closing.last_week": Example(voice.last_week(SCENE, 4, "The last week", say), Shown.PROACTIVE),
        "closing.ourselves": Example(voice.chosen(SCENE, "ourselves", say), Shown.ANSWER),
        "closing.again": Example(voice.chosen(SCENE, "again", say), Shown.ANSWER),
        "closing.enough": Example(voice.chosen(SCENE, "enough", say), Shown.ANSWER),
    }
