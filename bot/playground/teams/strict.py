"""What Teams refuses of an Adaptive Card: an own small check of version 1.5, with what the Teams client adds to it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]
ITEM = frozenset({"type", "id", "isVisible", "requires"})
ELEMENT = ITEM | {"fallback", "height", "separator", "spacing"}
INPUT = ELEMENT | {"label", "isRequired", "errorMessage"}
ACTION = frozenset({"type", "id", "title", "iconUrl", "style", "fallback", "tooltip", "isEnabled", "mode", "requires"})
BOX = frozenset({"selectAction", "style", "verticalContentAlignment", "bleed", "backgroundImage", "minHeight"})

PROPERTIES: Mapping[str, frozenset[str]] = {
    "AdaptiveCard": frozenset(
        {"type", "version", "refresh", "authentication", "body", "actions", "selectAction", "fallbackText", "minHeight",
         "backgroundImage", "rtl", "speak", "lang", "verticalContentAlignment", "$schema", "msteams"}
    ),
    "TextBlock": ELEMENT | {
        "text", "color", "fontType", "horizontalAlignment", "isSubtle", "maxLines", "size", "weight", "wrap", "style"
    },
    "RichTextBlock": ELEMENT | {"inlines", "horizontalAlignment"},
    "TextRun": frozenset(
        {"type", "text", "color", "fontType", "highlight", "isSubtle", "italic", "selectAction", "size",
         "strikethrough", "underline", "weight"}
    ),
    "Image": ELEMENT | {
        "url", "altText", "backgroundColor", "horizontalAlignment", "selectAction", "size", "style", "width"
    },
    "Container": ELEMENT | BOX | {"items", "rtl"},
    "ColumnSet": ELEMENT | {"columns", "selectAction", "style", "bleed", "minHeight", "horizontalAlignment"},
    "Column": (ELEMENT - {"height"}) | BOX | {"items", "rtl", "width"},
    "FactSet": ELEMENT | {"facts"},
    "Fact": frozenset({"type", "title", "value"}),
    "ActionSet": ELEMENT | {"actions"},
    "Table": ELEMENT | {
        "columns", "rows", "firstRowAsHeader", "showGridLines", "gridStyle", "horizontalCellContentAlignment",
        "verticalCellContentAlignment",
    },
    "TableRow": frozenset(
        {"type", "cells", "style", "horizontalCellContentAlignment", "verticalCellContentAlignment"}
    ),
    "TableCell": BOX | {"type", "items", "rtl"},
    "Input.Text": INPUT | {
        "isMultiline", "maxLength", "placeholder", "regex", "style", "inlineAction", "value"
    },
    "Input.Number": INPUT | {"max", "min", "placeholder", "value"},
    "Input.Date": INPUT | {"max", "min", "placeholder", "value"},
    "Input.Time": INPUT | {"max", "min", "placeholder", "value"},
    "Input.Toggle": INPUT | {"title", "value", "valueOff", "valueOn", "wrap"},
    "Input.ChoiceSet": INPUT | {
        "choices", "choices.data", "isMultiSelect", "style", "value", "placeholder", "wrap"
    },
    "Input.Choice": frozenset({"type", "title", "value"}),
    "Action.Execute": ACTION | {"verb", "data", "associatedInputs"},
    "Action.Submit": ACTION | {"data", "associatedInputs"},
    "Action.OpenUrl": ACTION | {"url"},
    "Action.ToggleVisibility": ACTION | {"targetElements"},
    "Action.ShowCard": ACTION | {"card"},
}  # fmt: skip
NEEDED: Mapping[str, tuple[str, ...]] = {
    "TextBlock": ("text",), "TextRun": ("text",), "RichTextBlock": ("inlines",), "Image": ("url", "altText"),
    "Container": ("items",), "ColumnSet": ("columns",), "FactSet": ("facts",), "Fact": ("title", "value"),
    "ActionSet": ("actions",), "Table": ("columns", "rows"), "TableCell": ("items",), "Input.Toggle": ("title",),
    "Input.ChoiceSet": ("choices",), "Input.Choice": ("title", "value"), "Action.Execute": ("title", "verb"),
    "Action.Submit": ("title",), "Action.OpenUrl": ("title", "url"),
}  # fmt: skip
HELD: Mapping[str, str] = {
    "body": "", "actions": "", "items": "", "columns": "Column", "facts": "Fact", "inlines": "TextRun",
    "rows": "TableRow", "cells": "TableCell", "choices": "Input.Choice",
}  # fmt: skip
"""Lists in which others stand, and what these are where they need not say so."""
WORDS: Mapping[str, frozenset[str]] = {
    "color": frozenset({"default", "dark", "light", "accent", "good", "warning", "attention"}),
    "size": frozenset({"default", "small", "medium", "large", "extralarge", "auto", "stretch"}),
    "weight": frozenset({"default", "lighter", "bolder"}),
    "spacing": frozenset({"default", "none", "small", "medium", "large", "extralarge", "padding"}),
    "fontType": frozenset({"default", "monospace"}),
    "horizontalAlignment": frozenset({"left", "center", "right"}),
    "associatedInputs": frozenset({"auto", "none"}),
    "mode": frozenset({"primary", "secondary"}),
}
STYLES: Mapping[str, frozenset[str]] = {
    "TextBlock": frozenset({"default", "heading"}),
    "Image": frozenset({"default", "person"}),
    "Input.Text": frozenset({"text", "tel", "url", "email", "password"}),
    "Input.ChoiceSet": frozenset({"compact", "expanded", "filtered"}),
    "Action": frozenset({"default", "positive", "destructive"}),
    "": frozenset({"default", "emphasis", "good", "attention", "warning", "accent"}),
}
MOST_ACTIONS = 6
"""Shown side by side; the rest would hide behind three dots."""


def charted(element: Json) -> bool:
    """Whether Teams draws it although version 1.5 does not know it."""
    return str(element.get("type", "")).startswith("Chart.")


def picks_people(element: Json) -> bool:
    """Whether somebody types a name and Teams offers the people of the company: their object ids are the values."""
    asked = element.get("choices.data")
    return isinstance(asked, dict) and asked.get("dataset") == "graph.microsoft.com/users"


def problems_of(card: Any) -> list[str]:
    """What Teams would refuse, or not show; empty for a good card."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["the content is no AdaptiveCard"]
    found = [] if card.get("version") in {"1.4", "1.5"} else [f"version is {card.get('version')}, not 1.5"]
    if not card.get("body"):
        found.append("the card has no body")
    found += [f"{where}: {what}" for where, what in _problems(card, "AdaptiveCard", "card")]
    return found + list(_about_ids(card)) + list(_about_mentions(card))


def _problems(element: Json, kind: str, where: str) -> Iterator[tuple[str, str]]:
    if charted(element):
        if not isinstance(element.get("fallback"), dict):
            yield where, "a chart without a fallback says nothing where it cannot be drawn"
            return
        yield from _problems(element["fallback"], str(element["fallback"].get("type", "")), f"{where}.fallback")
        return
    known = PROPERTIES.get(kind)
    if known is None:
        yield where, f"there is no element {kind or '(without a type)'}"
        return
    for unknown in sorted(set(element) - known):
        yield where, f"{kind} has no {unknown}"
    for name in NEEDED.get(kind, ()):
        if element.get(name) in (None, "", []) and not (name == "choices" and picks_people(element)):
            yield where, f"{kind} needs {name}"
    yield from _words(element, kind, where)
    if kind.startswith("Input.") and kind != "Input.Choice":
        yield from _input(element, kind, where)
    if kind.startswith("Action."):
        yield from _action(element, kind, where)
    for name, implied in HELD.items():
        held = element.get(name)
        if held is None or (kind == "Table" and name == "columns"):
            continue
        if not isinstance(held, list):
            yield where, f"{name} is no list"
            continue
        if name == "actions" and len(held) > MOST_ACTIONS:
            yield where, f"{len(held)} actions in one row, {MOST_ACTIONS} are shown"
        for n, one in enumerate(held):
            if isinstance(one, dict):
                yield from _problems(one, one.get("type") or implied, f"{where}.{name}[{n}]")
            elif name != "inlines" or not isinstance(one, str):
                yield where, f"{name}[{n}] is no object"
    if isinstance(element.get("card"), dict):
        yield from _problems(element["card"], "AdaptiveCard", f"{where}.card")


def _words(element: Json, kind: str, where: str) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        allowed = WORDS.get(name)
        if name == "style":
            allowed = STYLES.get(kind.partition(".")[0] if kind.startswith("Action.") else kind, STYLES[""])
        if allowed is not None and (not isinstance(value, str) or value.lower() not in allowed):
            yield where, f"{name} is {value!r}"
        if name in {"wrap", "isSubtle", "separator", "isRequired", "isMultiSelect", "isMultiline", "isVisible"} and (
            not isinstance(value, bool)
        ):
            yield where, f"{name} is {value!r}"
        if name in {"text", "title", "label", "errorMessage", "placeholder", "verb"} and not isinstance(value, str):
            yield where, f"{name} is {value!r}"
    url = element.get("url")
    if url is not None and not re.match(r"https://|mailto:|data:image/", str(url)):
        yield where, f"url is {str(url)[:40]!r}"


def _input(element: Json, kind: str, where: str) -> Iterator[tuple[str, str]]:
    if not element.get("id"):
        yield where, f"{kind} needs id"
    if not element.get("label") and kind != "Input.Toggle":
        yield where, f"{kind} needs label: screen readers say it"
    if element.get("isRequired") and not element.get("errorMessage"):
        yield where, f"{kind} is required and does not say so: errorMessage"
    if kind == "Input.ChoiceSet" and isinstance(element.get("choices"), list):
        values = [one.get("value") for one in element["choices"] if isinstance(one, dict)]
        if not all(isinstance(value, str) for value in values) or len(set(values)) != len(values):
            yield where, "two choices have the same value, or one is no text"
        held = str(element.get("value", ""))
        chosen = held.split(",") if element.get("isMultiSelect") else [held]
        if held and any(one not in values for one in chosen):
            yield where, f"value {held!r} is none of the choices"
        if element.get("isMultiSelect") and any("," in str(value) for value in values):
            yield where, "a comma in a value parts it in two"
    shapes = {"Input.Date": r"\d{4}-\d\d-\d\d", "Input.Time": r"[0-2]\d:[0-5]\d"}
    for name in ("value", "min", "max"):
        if kind in shapes and element.get(name) and not re.fullmatch(shapes[kind], str(element[name])):
            yield where, f"{name} is {element[name]!r}"
        if kind == "Input.Number" and name in element and not isinstance(element[name], int | float):
            yield where, f"{name} is {element[name]!r}"


def _action(element: Json, kind: str, where: str) -> Iterator[tuple[str, str]]:
    data = element.get("data")
    if kind in {"Action.Execute", "Action.Submit"} and data is not None and not isinstance(data, dict):
        yield where, "data is no object: inputs could not be added to it"
    fallback = element.get("fallback")
    if kind != "Action.Execute":
        return
    if not isinstance(fallback, dict) or fallback.get("type") != "Action.Submit":
        yield where, "Action.Execute without an Action.Submit as fallback is dead in old clients"
    else:
        yield from _problems(fallback, "Action.Submit", f"{where}.fallback")


def every_element(element: Any) -> Iterator[Json]:
    """The card and everything in it, in the order in which it is shown, without fallbacks."""
    if not isinstance(element, dict):
        return
    yield element
    for name, held in element.items():
        if name in HELD and isinstance(held, list):
            for one in held:
                yield from every_element(one)


def _about_ids(card: Json) -> Iterator[str]:
    inputs: list[str] = []
    ids: list[str] = []
    for element in every_element(card):
        id_ = element.get("id")
        if isinstance(id_, str) and id_:
            ids.append(id_)
            if str(element.get("type", "")).startswith("Input."):
                inputs.append(id_)
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"two elements are called {twice}"
    for element in every_element(card):
        data = element.get("data")
        if element.get("type") in {"Action.Execute", "Action.Submit"} and isinstance(data, dict):
            for taken in sorted(set(data) & set(inputs)):
                yield f"the input {taken} would overwrite what “{element.get('title')}” carries"


def _about_mentions(card: Json) -> Iterator[str]:
    entities = (card.get("msteams") or {}).get("entities", ())
    named = {entity.get("text") for entity in entities if entity.get("type") == "mention"}
    for element in every_element(card):
        if element.get("type") != "TextBlock":
            continue
        for found in re.findall(r"<at>.*?</at>", str(element.get("text", ""))):
            if found not in named:
                yield f"{found} mentions nobody: there is no entity for it"
