"""What can be pressed, chosen or filled in, found in a message: labels, options, and what a control holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.controls import NotPossible, Option
from bot.playground.teams.reading import plain, rich
from bot.playground.teams.seen import Message
from bot.playground.teams.strict import HELD, picks_people

Json = dict[str, Any]
PRESSED = {"Action.Execute", "Action.Submit", "Action.OpenUrl", "consent"}
_SHAPES = {
    "Input.Number": (r"-?\d+(\.\d+)?", "a number"),
    "Input.Date": (r"\d{4}-\d\d-\d\d", "a date such as 2026-05-14"),
    "Input.Time": (r"[0-2]\d:[0-5]\d", "a time such as 09:30"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A button or an input, with the label by which a person finds it."""

    kind: str
    label: str
    other_labels: tuple[str, ...]
    id: str
    """The input's id; empty for what is pressed."""
    element: Json

    @property
    def holds(self) -> bool:
        """Whether something can be put in."""
        return self.kind not in PRESSED

    @property
    def in_input(self) -> bool:
        """Inputs are always sent with a button, never by themselves."""
        return self.holds

    @property
    def optional(self) -> bool:
        """Whether it may stay empty."""
        return not self.element.get("isRequired")

    @property
    def is_button(self) -> bool:
        """Whether pressing it tells the app something: not so a link."""
        return not self.holds and self.kind != "Action.OpenUrl"

    @property
    def main(self) -> bool:
        """Whether it stands out among its neighbours."""
        return bool(self.element.get("style") == "positive")

    @property
    def several(self) -> bool:
        """Whether it takes more than one choice."""
        return bool(self.element.get("isMultiSelect"))

    @property
    def sends_inputs(self) -> bool:
        """Whether pressing it sends what stands in the card's inputs."""
        wanted = str(self.element.get("associatedInputs", "auto")).lower() == "auto"
        return self.kind in {"Action.Execute", "Action.Submit"} and wanted

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from; a closed list shows its entries as they are, an open one reads Markdown."""
        closed = self.element.get("style", "compact") == "compact" and not self.several
        offered = self.element.get("choices", ())
        return tuple(Option(text=o["title"] if closed else plain(o["title"]), value=o["value"]) for o in offered)

    def is_called(self, label: str) -> bool:
        """Whether a person would find it under this label."""
        return label in (self.label, *self.other_labels)


def controls_of(message: Message) -> tuple[Control, ...]:
    """Every control, in the order in which it is shown."""
    if message.consent is not None:
        name = message.consent["name"]
        return tuple(
            Control(kind="consent", label=label, other_labels=(f"{label} {name}",), id="", element={"action": action})
            for label, action in (("Allow", "accept"), ("Decline", "decline"))
        )
    return tuple(_found(message.card, beside=())) if message.card is not None else ()


def _found(element: Json, *, beside: tuple[str, ...]) -> Iterator[Control]:
    kind = str(element.get("type", ""))
    if kind.startswith("Input."):
        names = [str(n) for n in (element.get("label"), element.get("placeholder"), element.get("title")) if n]
        yield Control(kind=kind, label=names[0], other_labels=(*names[1:], *beside), id=element["id"], element=element)
    elif kind in PRESSED:
        title, tooltip = str(element.get("title", "")), element.get("tooltip")
        others = (str(tooltip), *beside) if tooltip else beside
        yield Control(kind=kind, label=title, other_labels=others, id="", element=element)
    if kind in {"ColumnSet", "TableRow"}:
        beside = tuple(_lines(element))
    for name, held in element.items():
        if name in HELD and name != "choices" and isinstance(held, list):
            for one in held:
                if isinstance(one, dict):
                    yield from _found(one, beside=beside)


def _lines(element: Json) -> Iterator[str]:
    """The texts that stand in one line with a button."""
    if element.get("type") == "TextBlock":
        yield plain(element["text"])
    elif element.get("type") == "RichTextBlock":
        yield rich(element)
    for name in ("columns", "items", "cells"):
        for one in element.get(name, ()):
            yield from _lines(one)


def option_called(control: Control, name: str) -> Option | None:
    """The option with this label, with or without the note that stands behind a dash."""
    whole = [o for o in control.options if o.text == name]
    return next(iter(whole or [o for o in control.options if o.text.startswith(f"{name} – ")]), None)


def values_of(controls: Sequence[Control], put_in: Mapping[str, str]) -> dict[str, str]:
    """What every input holds now: what the person put in, else what the app put in at first, else nothing."""
    return {c.id: put_in.get(c.id, at_first(c)) for c in controls if c.holds}


def at_first(control: Control) -> str:
    """What an input holds before anybody touches it."""
    value = control.element.get("value", "")
    if control.kind == "Input.Toggle":
        return str(value or control.element.get("valueOff", "false"))
    return str(value)


def put(control: Control, value: str | Sequence[str] | None) -> str:
    """What the input holds after somebody put this in; raises `NotPossible` when it does not take it.

    `value` is text, a number as text, a date, a time or a choice's value; a list of them where several fit.
    """
    if not control.holds:
        raise NotPossible(f"“{control.label}” is a {control.kind}: it can only be pressed.")
    chosen = [one for one in ([value] if isinstance(value, str) else value or ()) if one]
    if len(chosen) > 1 and not control.several:
        raise NotPossible(f"“{control.label}” takes one answer.")
    text = ",".join(chosen)
    if control.kind == "Input.ChoiceSet":
        offered = [option.value for option in control.options]
        for one in chosen:
            if one not in offered and not picks_people(control.element):
                raise NotPossible(f"“{control.label}” does not offer {one}; it offers {listed(control)}.")
        return text
    pattern, like = _SHAPES.get(control.kind, (r"(?s).*", ""))
    if text and not re.fullmatch(pattern, text):
        raise NotPossible(f"“{control.label}” takes {like}.")
    most = control.element.get("maxLength")
    # The client takes no further character, as somebody who pastes finds out.
    return text[:most] if isinstance(most, int) else text


def missing_answers(controls: Sequence[Control], values: Mapping[str, str]) -> dict[str, str]:
    """What the Teams client itself refuses before anything is sent: input id → the card's own words."""
    errors: dict[str, str] = {}
    for control in controls:
        held = values.get(control.id, "") if control.holds else None
        if held is None:
            continue
        wrong = (not held.strip() and not control.optional) or (held != "" and _outside(control.element, held))
        if wrong:
            errors[control.id] = plain(control.element.get("errorMessage") or "This is not valid.")
    return errors


def _outside(element: Json, held: str) -> bool:
    pattern = element.get("regex")
    if isinstance(pattern, str) and not re.search(pattern, held):
        return True
    least, most = element.get("min"), element.get("max")
    if element["type"] == "Input.Number":
        number = float(held)
        return (least is not None and number < least) or (most is not None and number > most)
    if element["type"] in {"Input.Date", "Input.Time"}:
        return (least is not None and held < least) or (most is not None and held > most)
    return False


def listed(control: Control) -> str:
    """The options, to tell somebody what there is."""
    return ", ".join(f"“{o.text}”" for o in control.options) or "nothing"
