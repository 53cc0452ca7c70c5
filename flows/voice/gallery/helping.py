"""Examples of help."""

from collections.abc import Mapping

from flows.voice import help as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.say import Say

WORDS = (("match draft [PROGRAMME]", "Make a draft; nobody hears of it"), ("match hold PERSON", "Give nobody for now"))


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    listed = (("help", "What you can do here"),)
    return {
        "help.commands": Example(voice.commands("mentor", listed, say), Shown.ANSWER),
        "help.unknown_near": Example(voice.unknown("mentor", "stauts", "status", say), Shown.ANSWER),
        "help.unknown": Example(voice.unknown("mentor", "<!channel> *hi*", "", say), Shown.ANSWER),
        "help.of_one": Example(voice.of_one("mentor-admin", "match", WORDS, say), Shown.ANSWER),
        "help.of_a_number": Example(voice.of_numbers(("3",), say), Shown.ANSWER),
        "help.of_numbers": Example(voice.of_numbers(("1", "2"), say), Shown.ANSWER),
        "help.of_a_person": Example(voice.of_people(("Ines Duarte",), say), Shown.ANSWER),
        "help.of_two_people": Example(voice.of_people(("Ines Duarte", "Mira Okafor"), say), Shown.ANSWER),
        "help.coordinators_only": Example(voice.coordinators_only(say), Shown.ANSWER),
    }
