"""What can be pressed, chosen or filled in, found in blocks: labels, options, and what a control holds."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.playground.strict.blocks import elements_of

Json = dict[str, Any]
Values = Mapping[str, Mapping[str, Json]]
"""block_id → action_id → what the control holds, as in Slack's `state.values`."""

HOLDS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "file_input": ("files", ""),
}
"""Where each kind keeps what was put in, and what the app put in at first."""
SEVERAL = {"multi_static_select", "checkboxes", "multi_users_select", "file_input"}
_SHAPES = {
    "number_input": (r"-?\d+(\.\d+)?", "a number"),
    "datepicker": (r"\d{4}-\d\d-\d\d", "a date such as 2026-05-14"),
    "timepicker": (r"[0-2]\d:[0-5]\d", "a time such as 09:30"),
}


class NotPossible(Exception):
    """A person cannot do that: the control is not there, or does not take this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose."""

    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A button, a select, a field, with the label by which a person finds it."""

    kind: str
    label: str
    other_labels: tuple[str, ...]
    block_id: str
    action_id: str
    element: Json
    in_input: bool
    tells_app: bool
    """Whether the app hears at once when something is put in."""
    optional: bool

    @property
    def holds(self) -> bool:
        """Whether something can be put in: all but buttons and overflow menus."""
        return self.kind in HOLDS

    @property
    def is_button(self) -> bool:
        """Whether it is there to be pressed, and no menu."""
        return self.kind == "button"

    @property
    def main(self) -> bool:
        """Whether it stands out among its neighbours."""
        return bool(self.element.get("style") == "primary")

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from."""
        return tuple(Option(text=o["text"]["text"], value=o["value"]) for o in _offered(self.element))

    def is_called(self, label: str) -> bool:
        """Whether a person would find it under this label."""
        return label in (self.label, *self.other_labels)


def controls_of(blocks: Iterable[Json]) -> tuple[Control, ...]:
    """Every control, in the order in which it is shown."""
    found: list[Control] = []
    for block in blocks:
        for element in elements_of(block):
            names = _names(block, element)
            found.append(
                Control(
                    kind=element["type"],
                    label=names[0],
                    other_labels=tuple(names[1:]),
                    block_id=block["block_id"],
                    action_id=element["action_id"],
                    element=element,
                    in_input=block["type"] == "input",
                    tells_app=block["type"] != "input" or bool(block.get("dispatch_action")),
                    optional=bool(block.get("optional")),
                )
            )
    return tuple(found)


def _names(block: Json, element: Json) -> list[str]:
    texts = (
        element.get("text"),
        block.get("label") if block["type"] == "input" else None,
        element.get("placeholder"),
        block.get("text") if block["type"] == "section" else None,
    )
    names = [t["text"] for t in texts if isinstance(t, dict)]
    if isinstance(element.get("accessibility_label"), str):
        names.append(element["accessibility_label"])
    return names or [element["action_id"]]


def _offered(element: Json) -> list[Json]:
    grouped = [o for g in element.get("option_groups", ()) for o in g["options"]]
    return [*element.get("options", ()), *grouped]


def with_ids(blocks: Sequence[Json], new_id: Callable[[], str]) -> tuple[Json, ...]:
    """The blocks with ids made up where the app gave none, as Slack does."""
    made = deepcopy(list(blocks))
    for block in made:
        block.setdefault("block_id", new_id())
        for element in elements_of(block):
            element.setdefault("action_id", new_id())
    return tuple(made)


def values_of(blocks: Iterable[Json], put_in: Values) -> dict[str, dict[str, Json]]:
    """What every control holds now: what the person put in, else what the app put in at first, else nothing."""
    held: dict[str, dict[str, Json]] = {}
    for control in controls_of(blocks):
        if control.holds:
            mine = put_in.get(control.block_id, {}).get(control.action_id)
            fits = mine is not None and mine["type"] == control.kind
            held.setdefault(control.block_id, {})[control.action_id] = (
                dict(mine) if mine is not None and fits else at_first(control)
            )
    return held


def at_first(control: Control) -> Json:
    """What the control holds before anybody touches it."""
    name, initial = HOLDS[control.kind]
    nothing: Any = [] if control.kind in SEVERAL else None
    return {"type": control.kind, name: deepcopy(control.element.get(initial, nothing)) or nothing}


def put(control: Control, value: str | Sequence[str] | None) -> Json:
    """What the control holds after somebody put this in; raises `NotPossible` when it does not take it.

    `value` is text, a number as text, a date, a time, an option's value or an id; a list of them where several fit.
    """
    if control.kind not in HOLDS:
        raise NotPossible(f"“{control.label}” is a {control.kind}: it can only be pressed.")
    if control.kind == "file_input":
        raise NotPossible(f"“{control.label}” takes a file.")
    name, _ = HOLDS[control.kind]
    several = control.kind in SEVERAL
    chosen = [value] if isinstance(value, str) else list(value or ())
    if len(chosen) > 1 and not several:
        raise NotPossible(f"“{control.label}” takes one answer.")
    most = control.element.get("max_selected_items")
    if isinstance(most, int) and len(chosen) > most:
        raise NotPossible(f"“{control.label}” takes at most {most} answers.")
    if "option" in name:
        taken: list[Any] = [_option(control, one) for one in chosen]
    else:
        taken = [_fitting(control, one) for one in chosen if one != ""]
    return {"type": control.kind, name: taken if several else (taken[0] if taken else None)}


def _option(control: Control, value: str) -> Json:
    for option in _offered(control.element):
        if option["value"] == value:
            return dict(option)
    offered = ", ".join(f"“{o.text}”" for o in control.options)
    raise NotPossible(f"“{control.label}” does not offer {value}; it offers {offered}.")


def _fitting(control: Control, text: str) -> str:
    pattern, like = _SHAPES.get(control.kind, (r"(?s).*", ""))
    if not re.fullmatch(pattern, text):
        raise NotPossible(f"“{control.label}” takes {like}.")
    return text


def missing_answers(blocks: Iterable[Json], values: Values) -> dict[str, str]:
    """What Slack itself refuses when a modal is sent: block_id → its words. Only modals are checked so."""
    errors: dict[str, str] = {}
    for control in controls_of(blocks):
        if not control.in_input or not control.holds:
            continue
        name, _ = HOLDS[control.kind]
        held = values[control.block_id][control.action_id].get(name)
        if not held or (isinstance(held, str) and not held.strip()):
            if not control.optional:
                errors[control.block_id] = "Please complete this required field."
        elif isinstance(held, str):
            problem = _outside(control.element, held)
            if problem:
                errors[control.block_id] = problem
    return errors


def _outside(element: Json, held: str) -> str | None:
    if element["type"] == "number_input":
        number = float(held)
        if not element["is_decimal_allowed"] and number != int(number):
            return "Please enter a whole number."
        if number < float(element.get("min_value", number)):
            return f"Please enter a number of at least {element['min_value']}."
        if number > float(element.get("max_value", number)):
            return f"Please enter a number of at most {element['max_value']}."
    if element["type"] == "plain_text_input":
        if len(held) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(held) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None
