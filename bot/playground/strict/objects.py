"""Composition objects: texts, options, option groups and the confirmation dialog.

Limits: Slack's reference of composition objects, as of 2026.
"""

from typing import Any

from bot.playground.strict.rules import Findings, Place, Rule, address, every, flag, many, one_of, shape, string, typed


def plain(most: int) -> Rule:
    """A plain_text object of at most so many characters."""
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": flag})


def _marked_up(most: int) -> Rule:
    return shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": flag})


def text(most: int) -> Rule:
    """A plain_text or mrkdwn object of at most so many characters."""
    return typed({"plain_text": plain(most), "mrkdwn": _marked_up(most)}, what="text object")


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

# Slack's types still say 75 for a value where its SDK says 150: the smaller one is safe.
_VALUE = string(75)
OPTION = shape({"text": plain(75), "value": _VALUE}, {"description": plain(75)})
MARKED_UP_OPTION = shape({"text": text(75), "value": _VALUE}, {"description": text(75)})
OVERFLOW_OPTION = shape({"text": plain(75), "value": _VALUE}, {"description": plain(75), "url": address()})


def different_values(value: Any, place: Place, findings: Findings) -> None:
    """No two options of one list have the same value."""
    values = [option["value"] for option in value]
    for one in sorted({v for v in values if values.count(v) > 1}):
        findings.add(place, f"two options have the value {one[:40]}")


def options(option: Rule, *, most: int) -> Rule:
    """A list of options with different values."""
    return every(many(option, most=most), different_values)


GROUPS = many(shape({"label": plain(75), "options": options(OPTION, most=100)}), most=100)


def _offered(element: dict[str, Any]) -> list[Any]:
    grouped = [o for g in element.get("option_groups", ()) for o in g["options"]]
    return [*element.get("options", ()), *grouped]


def initial_is_offered(value: Any, place: Place, findings: Findings) -> None:
    """What is chosen at first is one of the options, field by field."""
    one = value.get("initial_option")
    if one is not None and one not in _offered(value):
        findings.add(place.at("initial_option"), "is not one of the options")
    for n, chosen in enumerate(value.get("initial_options", ())):
        if chosen not in _offered(value):
            findings.add(place.at("initial_options").at(n), "is not one of the options")


def options_or_groups(value: Any, place: Place, findings: Findings) -> None:
    """A select has either options or groups of them."""
    if ("options" in value) == ("option_groups" in value):
        findings.add(place, "needs either options or option_groups")
