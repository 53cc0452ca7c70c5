"""What a card carries back when somebody presses a button: short keys, and inputs that can never take their place.

Teams lays the inputs of a card over the data of the button, so an input called like a key of the data would replace
it. Keys are one letter, inputs always hold a dot.
"""

from typing import Final

from bot.teams.limits import Json
from flows.voice.message import Action
from handlers.inbound import Filled

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


NOWHERE: Final = "-"
"""The origin of a form that a typed word opened: no message."""


def input_id(form: int, name: str, *, many: bool = False) -> str:
    """What an input of the card's form number `form` is called; `many` when it holds several choices, which arrive as
    one text with commas between them."""
    return f"f{form}{'m' if many else ''}.{name}"


def held(data: Json) -> Filled:
    """What the inputs of the pressed button's form hold; a field left empty is absent."""
    values: dict[str, tuple[str, ...]] = {}
    one, many = (input_id(data.get(FORM, -1), "", many=many) for many in (False, True))
    for name, value in data.items():
        # Numbers arrive as numbers from some clients.
        text = value if isinstance(value, str) else f"{value:.12g}" if isinstance(value, int | float) else ""
        if name.startswith(one) and text:
            values[name.removeprefix(one)] = (text,)
        elif name.startswith(many) and text:
            values[name.removeprefix(many)] = tuple(part for part in text.split(",") if part)
    return values
