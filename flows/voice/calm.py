"""What asks nothing of the reader: one line that says what is so, and the buttons below news."""

from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Words
from flows.voice.say import Say, flatten


def line(words: Words, *, note: Words = ()) -> Message:
    """One calm line; a note may say what comes next."""
    return Message(summary=flatten(words), blocks=(Paragraph(words), *((Note(note),) if note else ())))


def calm(say: Say) -> Buttons:
    """A look at where they stand, and a way out that costs nothing."""
    return Buttons(
        (
            Button(say.plain("See where I stand"), Action("standing.status")),
            Button(say.plain("Noted"), Action("notice.noted")),
        )
    )
