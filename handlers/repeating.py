"""What a gesture gets that was taken before: the present state, read and not written."""

from flows.refusal import Refusal
from flows.voice import refusals
from handlers import conversation, standing
from handlers.inbound import (
    AccountChanged,
    Asked,
    Closed,
    Joined,
    Left,
    Opened,
    Pressed,
    Reply,
    Said,
    Submitted,
    Where,
)
from handlers.turn import Handler, Turn
from storage.reading import WouldWrite


def answer_again(turn: Turn, act: Handler) -> Reply | None:
    """The handler runs once more where nothing can be written. If it has nothing left to do, what it says is how things
    stand. If it would do something a second time it is stopped, and its words are not used: they would tell of what
    did not happen. None is a bare acknowledgement.

    A dialog that was sent gets no more than that, and nothing is posted below a second time.
    """
    match turn.inbound.what:
        case Pressed():
            reply = _read(turn, act) or conversation.as_it_stands(turn)
        case Asked(typed=True):
            # Its answer is a message, and stands in the conversation already.
            reply = None
        case Asked("mentor", _):
            reply = _read(turn, act) or standing.here(turn)
        case Asked() | Opened():
            reply = _read(turn, act)
        case Submitted() | Closed() | Said() | AccountChanged() | Joined() | Left():
            reply = None
    return None if reply is not None and reply.where is Where.BELOW else reply


def _read(turn: Turn, act: Handler) -> Reply | None:
    """What the handler says; None when it was stopped."""
    try:
        with turn.store.reading():
            return act(turn)
    except WouldWrite:
        return None
    except Refusal as refusal:
        # Under a button it would say that what was just done can no longer be done.
        if isinstance(turn.inbound.what, Pressed):
            return None
        return Reply(refusals.refused(refusal, turn.say), Where.PRIVATELY)
