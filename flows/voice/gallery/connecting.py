"""Examples of two accounts of one person."""

from collections.abc import Mapping

from flows.people import Account
from flows.voice import connecting as voice
from flows.voice.gallery.example import MIRA, Example, Shown
from flows.voice.reaching import taken
from flows.voice.say import Say

OTHER = Account("elsewhere", "2f6a1c04-93f1-4d0e-8a57-3f0f5f6f7d21", "7faf4dfe-6a1c-4d0e-8a57-93f13f0f5f6f")


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {
        "connecting.code": Example(voice.code("7KQ4M2XP", say), Shown.ANSWER),
        "connecting.connected": Example(voice.connected(say), Shown.ANSWER),
        "connecting.notice": Example(voice.notice(OTHER, say), Shown.ANSWER),
        "connecting.undone": Example(voice.undone(say), Shown.ANSWER),
        "connecting.stands_here": Example(voice.stands(say, here=True), Shown.ANSWER),
        "connecting.stands_there": Example(voice.stands(say, here=False), Shown.ANSWER),
        "connecting.moved": Example(voice.moved(say), Shown.ANSWER),
        "connecting.relayed": Example(voice.relayed((("m1", MIRA),), say), Shown.ANSWER),
        "connecting.rest": Example(voice.with_more_elsewhere(taken(say), say), Shown.ANSWER),
        "connecting.elsewhere": Example(voice.elsewhere(say), Shown.ANSWER),
    }
