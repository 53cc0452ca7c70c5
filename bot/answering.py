"""What is the same of an answer on every platform: it is said again while the platform asks to wait, and noted when it
did not arrive."""

import asyncio
from typing import Final

import structlog

from bot.platform import Messenger
from flows.voice.message import File, Message, Paragraph, Plain
from handlers.inbound import Reply
from handlers.outcomes import Outcome, Sent, Throttled, TryLater

log = structlog.get_logger()
TRIES_AGAIN: Final = 4
LONGEST_WAIT: Final = 30.0
"""Seconds. Somebody who pressed a button looks at the screen for a while, not for long."""


async def post(messenger: Messenger, conversation: str, message: Message) -> None:
    """Say it in a message that follows."""
    outcome = await messenger.post(conversation, message, delivery="")
    for _ in range(TRIES_AGAIN):
        if not isinstance(outcome, TryLater | Throttled):
            break
        await asyncio.sleep(min(outcome.seconds, LONGEST_WAIT))
        outcome = await messenger.post(conversation, message, delivery="")
    note("post an answer", outcome)


def note(what: str, outcome: Outcome) -> None:
    """Write down what did not arrive: nobody else will, for an answer is in no outbox."""
    if not isinstance(outcome, Sent):
        log.error("an answer did not arrive", kind=what, fault=outcome.reason)


def readable(reply: Reply) -> Message:
    """Lines about fields as a message, where they cannot stand at the fields."""
    if not reply.errors:
        return reply.message
    lines = tuple(Paragraph((Plain(line),)) for line in reply.errors.values())
    return Message(reply.message.summary or next(iter(reply.errors.values())), lines)


def files_of(message: Message) -> list[File]:
    """What is brought beside it."""
    return [block for block in message.blocks if isinstance(block, File)]
