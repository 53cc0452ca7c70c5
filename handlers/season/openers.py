"""The activities that can be opened from a card or a nudge: kind → its handler."""

from collections.abc import Mapping
from dataclasses import replace

from flows.refusal import Refusal
from flows.voice.message import Action, Block, Form, Message
from handlers.inbound import Reply
from handlers.turn import Handler, Turn
from handlers.writing import agreeing, letters, rating, reviewing, spotlighting

OPENERS: Mapping[str, Handler] = {
    "expectations": reviewing.open_expectations,
    "objectives": agreeing.open_goals,
    "letter": letters.open_or_write,
    "ratings": rating.open_or_rate,
    "spotlight": spotlighting.open_or_write,
    "actions": agreeing.open_steps,
    "review": reviewing.open_review,
}
"""By the activity's id. A button carries match, number (of the conversation, 0: none) and kind; an activity without an
opener is neither offered on a card nor named on a Tuesday."""


def open_activity(turn: Turn) -> Reply | None:
    """The activity that the button names. Raises Refusal("message.old") when there is none of that name."""
    opener = OPENERS.get(turn.arg("kind"))
    if opener is None:
        raise Refusal("message.old")
    reply = opener(turn)
    via = turn.action.args.get("via")
    return replace(reply, message=_carrying(reply.message, via)) if reply is not None and via else reply


def _carrying(message: Message, via: str) -> Message:
    """The dialog with a form that remembers from where it was opened."""

    def told(block: Block) -> Block:
        if not isinstance(block, Form):
            return block
        action = block.submit.action
        return replace(block, submit=replace(block.submit, action=Action(action.name, {**action.args, "via": via})))

    return Message(message.summary, tuple(map(told, message.blocks)))


def offered() -> frozenset[str]:
    """The ids of all activities that can be opened."""
    return frozenset(OPENERS)
