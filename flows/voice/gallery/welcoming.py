"""Examples of the first words."""

from collections.abc import Mapping
from dataclasses import replace

from flows.voice import welcoming as voice
from flows.voice.gallery.example import INES, Example, Shown
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "welcome": Example(voice.welcome(INES, say), Shown.ANSWER),
        "welcome.unnamed": Example(voice.welcome(replace(INES, name=INES.account.user), say), Shown.ANSWER),
    }
