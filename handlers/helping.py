"""Help, and everything that was not understood."""

from flows.refusal import Refusal
from flows.voice import help as voice
from handlers import words
from handlers.connecting import has_other_apps
from handlers.inbound import Reply, Said, Where
from handlers.turn import Turn


def help_me(turn: Turn) -> Reply:
    """The words that everybody may use; one that joins apps is of no use where there is one alone."""
    known = [word for word in words.MENTOR if word.verb != "connect" or has_other_apps(turn)]
    listed = [(f"{word.verb} {word.usage}".strip(), word.says) for word in known]
    return Reply(voice.commands("mentor", listed, turn.say), Where.PRIVATELY)


def unknown_word(turn: Turn) -> Reply:
    """The nearest word, never an error."""
    what = turn.inbound.what
    typed = what.text if isinstance(what, Said) else turn.words
    near = words.nearest(typed, [word.verb for word in words.MENTOR])
    return Reply(voice.unknown("mentor", typed, near, turn.say), Where.PRIVATELY)


def nothing(turn: Turn) -> None:
    """A dialog was closed that keeps no draft, or what was told is no person's."""


def old_message(turn: Turn) -> Reply:
    """A button that this version no longer has."""
    raise Refusal("message.old")
