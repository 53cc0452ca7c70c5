"""Interactive elements: which there are, and which may stand in which block.

Limits: Slack's reference of block elements, as of 2026.
"""

import re
from typing import Any

from bot.playground.strict.objects import (
    CONFIRM,
    GROUPS,
    MARKED_UP_OPTION,
    OPTION,
    OVERFLOW_OPTION,
    initial_is_offered,
    options,
    options_or_groups,
    plain,
)
from bot.playground.strict.rules import (
    Findings,
    Place,
    Rule,
    address,
    every,
    flag,
    integer,
    many,
    one_of,
    shape,
    string,
    typed,
)

_ACTION = {"action_id": string(255), "confirm": CONFIRM}
_FIELD = {"action_id": string(255), "placeholder": plain(150), "focus_on_load": flag}
_CHOICE = {**_FIELD, "confirm": CONFIRM}
_SELECT = {"options": options(OPTION, most=100), "option_groups": GROUPS}
_ID = string(30)


def _pattern(pattern: str, *, like: str) -> Rule:
    def rule(value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            findings.add(place, f"must look like {like}")

    return rule


_DATE = _pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", like="2026-05-14")
_TIME = _pattern(r"([01]\d|2[0-3]):[0-5]\d", like="09:30")
_DECIMAL = _pattern(r"-?\d+(\.\d+)?", like='a number in a string, as "2"')


def _lengths_fit(value: Any, place: Place, findings: Findings) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        findings.add(place.at("min_length"), "must not be above max_length")
    first = value.get("initial_value")
    if isinstance(first, str) and isinstance(most, int) and len(first) > most:
        findings.add(place.at("initial_value"), f"must be at most max_length, {most} characters, has {len(first)}")


def _element(kind: str, needed: dict[str, Rule], optional: dict[str, Rule], *more: Rule) -> Rule:
    return every(shape({"type": one_of(kind), **needed}, optional), *more)


_DISPATCH = shape({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), least=0, most=2)})

_BUTTON = _element(
    "button",
    {"text": plain(75)},
    {
        **_ACTION,
        "value": string(2000),
        "url": address(),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
_OVERFLOW = _element("overflow", {"options": options(OVERFLOW_OPTION, most=5)}, _ACTION)
IMAGE = _element("image", {"image_url": address(), "alt_text": string(2000)}, {})

_CHOICES: dict[str, Rule] = {
    "static_select": _element(
        "static_select", {}, {**_CHOICE, **_SELECT, "initial_option": OPTION}, options_or_groups, initial_is_offered
    ),
    "multi_static_select": _element(
        "multi_static_select",
        {},
        {
            **_CHOICE,
            **_SELECT,
            "initial_options": options(OPTION, most=100),
            "max_selected_items": integer(1, 100),
        },
        options_or_groups,
        initial_is_offered,
    ),
    "checkboxes": _element(
        "checkboxes",
        {"options": options(MARKED_UP_OPTION, most=10)},
        {**_ACTION, "focus_on_load": flag, "initial_options": options(MARKED_UP_OPTION, most=10)},
        initial_is_offered,
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": options(MARKED_UP_OPTION, most=10)},
        {**_ACTION, "focus_on_load": flag, "initial_option": MARKED_UP_OPTION},
        initial_is_offered,
    ),
    "datepicker": _element("datepicker", {}, {**_CHOICE, "initial_date": _DATE}),
    "timepicker": _element("timepicker", {}, {**_CHOICE, "initial_time": _TIME, "timezone": string(100)}),
    "users_select": _element("users_select", {}, {**_CHOICE, "initial_user": _ID}),
    "multi_users_select": _element(
        "multi_users_select",
        {},
        {**_CHOICE, "initial_users": many(_ID, most=100), "max_selected_items": integer(1, 100)},
    ),
    "channels_select": _element(
        "channels_select", {}, {**_CHOICE, "initial_channel": _ID, "response_url_enabled": flag}
    ),
    "conversations_select": _element(
        "conversations_select",
        {},
        {
            **_CHOICE,
            "initial_conversation": _ID,
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": shape(
                {},
                {
                    "include": many(one_of("im", "mpim", "private", "public"), most=4),
                    "exclude_external_shared_channels": flag,
                    "exclude_bot_users": flag,
                },
            ),
        },
    ),
}

_WRITING: dict[str, Rule] = {
    "plain_text_input": _element(
        "plain_text_input",
        {},
        {
            **_FIELD,
            "initial_value": string(3000, least=0),
            "multiline": flag,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            "dispatch_action_config": _DISPATCH,
        },
        _lengths_fit,
    ),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": flag},
        {
            **_FIELD,
            "initial_value": _DECIMAL,
            "min_value": _DECIMAL,
            "max_value": _DECIMAL,
            "dispatch_action_config": _DISPATCH,
        },
    ),
}

IN_ACTIONS = typed({"button": _BUTTON, "overflow": _OVERFLOW, **_CHOICES}, what="element")
BESIDE_A_SECTION = typed({"button": _BUTTON, "overflow": _OVERFLOW, "image": IMAGE, **_CHOICES}, what="element")
_FILES = _element(
    "file_input",
    {},
    {
        "action_id": string(255),
        "filetypes": many(_pattern(r"[a-z0-9]{1,10}", like="an ending such as csv"), most=50),
        "max_files": integer(1, 10),
    },
)

IN_INPUT = typed({**_CHOICES, **_WRITING}, what="element")
IN_INPUT_OF_A_MODAL = typed({**_CHOICES, **_WRITING, "file_input": _FILES}, what="element")
