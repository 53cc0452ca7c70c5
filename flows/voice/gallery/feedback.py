"""Examples of the three taps and the question of fit."""

from collections.abc import Mapping

from flows.feedback import FIT, TAPS
from flows.voice import feedback as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.gallery.sessions import MET, NEXT, SCENE
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    asked = {
        f"feedback.{question}": Example(
            voice.ask(SCENE, MET, question, say), Shown.PROACTIVE if question == TAPS[0] else Shown.ANSWER
        )
        for question in (*TAPS, FIT)
    }
    return asked | {
        "feedback.thanks": Example(voice.thanks(SCENE, MET, NEXT, say), Shown.ANSWER),
        "feedback.not_a_fit": Example(voice.not_a_fit(SCENE, MET, say), Shown.ANSWER),
        "feedback.talk": Example(voice.coordinator_will_look(SCENE, NEXT, say), Shown.ANSWER),
    }
