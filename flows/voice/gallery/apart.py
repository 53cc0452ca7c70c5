"""Examples of what is said of two who are never matched."""

from collections.abc import Mapping

from flows.voice import avoiding, blocks
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    pairs = [blocks.Listed("b-1", INES, MIRA), blocks.Listed("b-2", INES, MIRA, INES)]
    return {
        "avoiding.avoided": Example(avoiding.avoided(MIRA, "", say), Shown.ANSWER),
        "avoiding.avoided_partner": Example(avoiding.avoided(MIRA, "m-1", say), Shown.ANSWER),
        "avoiding.let_go": Example(avoiding.let_go(MIRA, say), Shown.ANSWER),
        "avoiding.listed": Example(avoiding.listed([INES, MIRA] * 11, say), Shown.ANSWER),
        "avoiding.nobody": Example(avoiding.listed([], say), Shown.ANSWER),
        "blocks.blocked": Example(blocks.blocked("b-1", MIRA, INES, say, matched=False), Shown.ANSWER),
        "blocks.blocked_partners": Example(blocks.blocked("b-1", MIRA, INES, say, matched=True), Shown.ANSWER),
        "blocks.released": Example(blocks.released(MIRA, INES, say), Shown.ANSWER),
        "blocks.listed": Example(blocks.listed(pairs * 11, say), Shown.ANSWER),
        "blocks.none": Example(blocks.listed([], say), Shown.ANSWER),
    }
