"""What is said at the coordinators' desk of anything: what an act would do, and how much of a long list is shown."""

from collections.abc import Sequence
from datetime import date

from flows.voice import plain
from flows.voice.calm import line
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Facts,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten

MOST_NAMES = 40
LONGEST = 7_500
"""Characters of a list in one message; the strictest platform takes about 13,000 in all."""


def fitting(lines: Sequence[Words], *, most: int, longest: int) -> tuple[Words, ...]:
    """The first lines, `most` of them and about `longest` characters together: a message holds no more."""
    shown: list[Words] = []
    length = 0
    for words in lines[:most]:
        length += len(flatten(words))
        if shown and length > longest:
            break
        shown.append(words)
    return tuple(shown)


def dry_run(
    opening: Words,
    facts: Sequence[tuple[str, Words]],
    preview: Message | None,
    button: str,
    action: Action,
    say: Say,
    *,
    notes: Sequence[Words] = (),
    grave: bool = False,
) -> Message:
    """What would happen, with counts and a preview, and the one button that does it."""
    shown = plain.sentences(preview) if preview else ()
    nothing_yet = say("Nothing has been sent or changed yet. The button works once, for 30 minutes.")
    return Message(
        summary=flatten(opening) + " " + flatten(nothing_yet),
        blocks=(
            Paragraph(opening),
            *((Facts(tuple(facts)),) if facts else ()),
            *((Bullets(tuple(notes)),) if notes else ()),
            *(Quote((Plain(sentence),)) for sentence in shown),
            Note(nothing_yet),
            Buttons(
                (
                    Button(button, action, Tone.GRAVE if grave else Tone.MAIN),
                    Button(say.plain("Not now"), Action("confirm.drop", dict(action.args))),
                )
            ),
        ),
    )


def dropped(say: Say) -> Message:
    """The coordinator did not confirm."""
    return line(say("Nothing has been sent or changed. Type the command again when you want it."))


def left_out_words(n: int, say: Say) -> Words:
    """How many a long list does not show."""
    return say.many(n, "{n} more is not shown here.", "{n} more are not shown here.")


def today_or(day: date | None, say: Say) -> str:
    """A day in words, or that it is still open."""
    return say.day(day) if day else say.plain("not set yet")
