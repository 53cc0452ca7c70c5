"""What a card carries back when somebody presses a button: short keys, and inputs that can never take their place.

Teams lays the inputs of a card over the data of the button, so an input called like a key of the data would replace
it. Keys are one letter, inputs always hold a dot.
"""

from dataclasses import dataclass
from typing import Final

from bot.teams.limits import Json
from flows.voice.message import Action
from handlers.inbound import Filled

ARGS: Final = "a"
"""The arguments of the action."""
FORM: Final = "f"
"""The number of the form whose inputs count; absent where none do."""
WINDOW: Final = "w"
"""The dialog in which the button stands: what `Window` holds. Absent on the cards of a chat."""
VERB: Final = "v"
"""The action's name, where there is no `verb` beside the data: in Action.Submit."""
MOST_PAGES: Final = 1_000
"""No dialog has so many; a larger number is nobody's."""
FETCH: Final[Json] = {"msteams": {"type": "task/fetch"}}
"""What tells Teams that the press opens a dialog: "Use dialogs with bots", learn.microsoft.com."""


@dataclass(frozen=True, slots=True)
class Window:
    """An open dialog: the press that opened it, by the id of its gesture, and the message in which that button stood.
    Teams tells neither when the dialog is sent. `page` is the one to which a button leads that turns the page."""

    opener: Action
    gesture: str
    card: str
    page: int = 0


def carried(action: Action, *, form: int | None, window: Window | None) -> Json:
    """The data of a button's Action.Execute."""
    data: Json = {ARGS: dict(action.args)}
    if form is not None:
        data[FORM] = form
    if window is not None:
        opener = window.opener
        data[WINDOW] = {VERB: opener.name, ARGS: dict(opener.args), "g": window.gesture, "c": window.card}
        if window.page:
            data[WINDOW]["p"] = window.page
    return data


def window_of(data: Json) -> Window | None:
    """The dialog in which a button stands that carries this; None for a card of a chat."""
    match data.get(WINDOW):
        case {"v": str(name), "a": dict(args), "g": str(gesture), "c": str(card), **rest}:
            opener = Action(name, {key: str(value) for key, value in args.items()})
            return Window(opener, gesture, card, _number(rest.get("p")))
    return None


def _number(told: object) -> int:
    # Some clients make a float of every number.
    return int(told) if isinstance(told, int | float) and 0 < told < MOST_PAGES else 0


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
