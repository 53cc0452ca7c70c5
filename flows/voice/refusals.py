"""How the bot says that something does not go, and what to do instead."""

from collections.abc import Mapping

from flows.refusal import Refusal
from flows.voice.message import Message, Paragraph
from flows.voice.say import Say, flatten

WORDINGS: Mapping[str, str] = {
    "message.old": "This message is from earlier and no longer does anything. Nothing has changed. "
    "`/mentor` shows where you stand.",
}
"""Refusal key → wording; the refusal's details fill its holes."""


def refused(refusal: Refusal, say: Say) -> Message:
    """One friendly line. Raises KeyError for a key without a wording: a test walks them all."""
    words = say(WORDINGS[refusal.key], **refusal.details)
    return Message(summary=flatten(words), blocks=(Paragraph(words),))
