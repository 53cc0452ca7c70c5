"""The buttons below news that ask nothing of the reader."""

from flows.voice.message import Action, Button, Buttons
from flows.voice.say import Say


def calm(say: Say) -> Buttons:
    """A look at where they stand, and a way out that costs nothing."""
    return Buttons(
        (
            Button(say.plain("See where I stand"), Action("standing.status")),
            Button(say.plain("Noted"), Action("notice.noted")),
        )
    )
