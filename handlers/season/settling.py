"""An activity that was opened from a Tuesday line: once it is done, its line turns into what was recorded."""

from handlers.inbound import Reply, Where
from handlers.season.nudging import with_the_rest
from handlers.turn import Handler, Turn


def settled(act: Handler) -> Handler:
    """The same act; where it would answer below a Tuesday message, it answers in place of its line."""

    def settle(turn: Turn) -> Reply | None:
        reply = act(turn)
        if reply is None or reply.where is not Where.BELOW or turn.action.args.get("via") != "nudge":
            return reply
        return Reply(with_the_rest(turn, reply.message), Where.INSTEAD)

    return settle
