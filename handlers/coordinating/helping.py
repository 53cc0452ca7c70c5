"""Help for coordinators: the words that the caller may use, and whether something did not arrive."""

from flows.roles import may
from flows.voice import help as voice
from handlers import words
from handlers.coordinating.desk import Done, grants
from handlers.coordinating.sent import hint
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def help_coordinator(turn: Turn) -> Done:
    """The words that the caller may use, and no others."""
    held = grants(turn)
    listed = [(f"{word.verb} {word.usage}".strip(), word.says) for word in words.ADMIN if may(word.verb, held)]
    return Done(Reply(voice.commands("mentor-admin", listed, turn.say, note=hint(turn)), Where.PRIVATELY))


def unknown(turn: Turn) -> Done:
    """The nearest of the words that the caller may use."""
    held = grants(turn)
    near = words.nearest(turn.words, [word.verb for word in words.ADMIN if may(word.verb, held)])
    return Done(Reply(voice.unknown("mentor-admin", turn.words, near, turn.say), Where.PRIVATELY))
