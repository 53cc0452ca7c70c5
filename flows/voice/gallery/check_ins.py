"""Examples of what follows from a check-in."""

from collections.abc import Mapping

from flows.voice import check_ins as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.gallery.nudges import OTHER
from flows.voice.gallery.sessions import SCENE
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "check_ins.fine": Example(voice.noted("fine", say), Shown.ANSWER),
        "check_ins.slow": Example(voice.noted("slow", say), Shown.ANSWER),
        "check_ins.stuck_with": Example(voice.stuck_with([SCENE, OTHER], say), Shown.ANSWER),
        "check_ins.stuck": Example(voice.stuck(SCENE, say), Shown.ANSWER),
        "check_ins.shared": Example(voice.shared(SCENE, say), Shown.ANSWER),
        "check_ins.kept": Example(voice.kept(say), Shown.ANSWER),
    }
