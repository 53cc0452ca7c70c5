"""Two people whom a coordinator keeps apart: dry lines for the coordinator, and none for anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.people import Person
from flows.voice.message import Action, Button, Buttons, Line, Message, Note, Paragraph
from flows.voice.people import mention
from flows.voice.say import Say, flatten

MOST = 20
"""Pairs in one list, each with a button."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A block by its id, the two, and its coordinator where that is somebody else than the reader."""

    block: str
    one: Person
    other: Person
    by: Person | None = None


def blocked(block: str, one: Person, other: Person, say: Say, *, matched: bool) -> Message:
    """They are kept apart; `matched`: they have a match now that the reader may end."""
    told = say("{one} and {other} are kept apart, in every programme.", one=mention(one), other=mention(other))
    unpair = "/mentor-admin unpair"
    now = say("They have a match now, which goes on. {command} ends it.", command=unpair)
    release = Button(say.plain("Let it go"), Action("block.release", {"block": block}))
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            *((Paragraph(now),) if matched else ()),
            Buttons((release,)),
            Note(say("They are not told. Typing the same again lets it go.")),
        ),
    )


def released(one: Person, other: Person, say: Say) -> Message:
    """As far as the reader is concerned; somebody else may keep them apart all the same."""
    told = say("You no longer keep {one} and {other} apart.", one=mention(one), other=mention(other))
    again = Button(say.plain("Keep them apart"), Action("block.keep", {"one": one.id, "other": other.id}))
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((again,))))


def listed(lines: Sequence[Listed], say: Say) -> Message:
    """Whom the reader keeps apart, the newest first; an owner of everything reads everybody's."""
    example = "/mentor-admin block Mira Okafor, Ines Duarte"
    if not lines:
        told = say("You keep nobody apart. {example} keeps these two from being matched.", example=example)
        return Message(summary=flatten(told), blocks=(Paragraph(told),))
    told = say.many(len(lines), "{n} pair is kept apart.", "{n} pairs are kept apart.")
    shown = lines[:MOST]
    left = len(lines) - len(shown)
    more = say.many(
        left,
        "{n} older one is not shown. {example} keeps a pair apart, and typed again lets it go.",
        "{n} older ones are not shown. {example} keeps a pair apart, and typed again lets it go.",
        example=example,
    )
    return Message(
        summary=flatten(told),
        blocks=(Paragraph(told), *(_line(one, say) for one in shown), *((Note(more),) * (left > 0))),
    )


def _line(one: Listed, say: Say) -> Line:
    if one.by is None:
        words = say("{one} and {other}", one=mention(one.one), other=mention(one.other))
    else:
        words = say("{one} and {other}, by {by}", one=mention(one.one), other=mention(one.other), by=mention(one.by))
    return Line(words, Button(say.plain("Let it go"), Action("block.release", {"block": one.block, "list": "1"})))
