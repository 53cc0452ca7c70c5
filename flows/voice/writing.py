"""What is the same for all that a pair writes: lines about fields, waiting for the other one, which match is meant."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows.activities.activity import Activity
from flows.people import Role
from flows.voice.message import Action, Block, Button, Buttons, Heading, Line, Message, Note, Paragraph, Plain, Words
from flows.voice.say import Say, flatten


def about(match: str, number: int, kind: str) -> dict[str, str]:
    """The arguments by which a button finds an activity again."""
    return {"match": match, "number": str(number), "kind": kind}


def opener(label: str, match: str, number: int, kind: str) -> Button:
    """A button that opens an activity."""
    return Button(label, Action("activity.open", about(match, number, kind)))


def notes_button(match: str, say: Say) -> Button:
    """All that the reader may see of this match."""
    return Button(say.plain("Our notes"), Action("notes.open", {"match": match}))


def head(activity: Activity, role: Role, say: Say) -> tuple[Block, ...]:
    """The title of an activity and what it asks of the reader."""
    return (Heading(say.text(activity.title)), Paragraph((Plain(say.text(activity.texts[role])),)))


def errors(problems: Mapping[str, str], say: Say, *, example: date) -> dict[str, str]:
    """A friendly line for each field that does not fit; `example` is a day that would."""
    return {name: _line(key, say, example) for name, key in problems.items()}


def _line(key: str, say: Say, example: date) -> str:
    match key:
        case "long":
            return say.plain("That is more than fits here. A shorter line is enough.")
        case "three":
            return say.plain("There are three by now. Change one of them instead.")
        case "who":
            return say.plain("Pick one of you two.")
        case "choose":
            return say.plain("Pick one of these.")
        case "date":
            return say.plain("A day helps, such as {day}.", day=say.day(example))
        case "past":
            return say.plain("That day has passed. Try {day}, for example.", day=say.day(example))
        case "far":
            return say.plain("That is a long time from now. Try {day}, for example.", day=say.day(example))
        case _:
            return say.plain("A few words are enough here.")


def short(name: str) -> str:
    """A name where little fits: labels of buttons and options."""
    return name if len(name) <= 30 else name[:29] + "…"


def which(lines: Sequence[tuple[str, str]], kind: str, say: Say) -> Message:
    """Several matches: which one is meant? `lines` are (match, partner)."""
    point = say("With whom?")
    shown = tuple(
        Line(
            say("You and **{partner}**", partner=partner),
            opener(say.plain("With {partner}", partner=short(partner)), match, 0, kind),
        )
        for match, partner in lines
    )
    return Message(say.plain("With whom do you mean?"), (Paragraph(point), *shown))


def calm(line: Words, buttons: Sequence[Button], *, note: Words = ()) -> Message:
    """One line of what was recorded, with how to change it."""
    notes = (Note(note),) if note else ()
    return Message(flatten(line), (Paragraph(line), *notes, Buttons(tuple(buttons))))
