"""Examples of lines that stand alone."""

from collections.abc import Mapping

from flows.voice import reaching as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

SETTINGS = {"command": "mentor", "words": "settings"}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "reaching.out_of_reach": Example(voice.out_of_reach(say), Shown.ANSWER),
        "reaching.not_here_yet": Example(voice.not_here_yet(say), Shown.ANSWER),
        "reaching.file_gone": Example(voice.file_gone(say), Shown.ANSWER),
        "reaching.door": Example(voice.door("Your settings", Action("word.open", SETTINGS), say), Shown.ANSWER),
        "reaching.taken": Example(voice.taken(say), Shown.ANSWER),
    }
