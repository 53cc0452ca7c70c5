"""What a card carries back when somebody presses a button: short keys, and inputs that can never take their place.

Teams lays the inputs of a card over the data of the button, so an input called like a key of the data would replace
it. Keys are one letter, inputs always hold a dot.
"""

from typing import Final

from bot.teams.limits import Json
from flows.voice.message import Action

ARGS: Final = "a"
"""The arguments of the action."""
FORM: Final = "f"
"""The number of the form whose inputs count; absent where none do."""
ORIGIN: Final = "o"
"""The activity id of the message from which this form was opened; absent where there is none."""
VERB: Final = "v"
"""The action's name, where there is no `verb` beside the data: in Action.Submit."""


def carried(action: Action, *, form: int | None, origin: str) -> Json:
    """The data of a button's Action.Execute."""
    data: Json = {ARGS: dict(action.args)}
    if form is not None:
        data[FORM] = form
    if origin:
        data[ORIGIN] = origin
    return data


def input_id(form: int, name: str) -> str:
    """What an input of the card's form number `form` is called."""
    return f"f{form}.{name}"
