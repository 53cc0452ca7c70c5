"""The inputs of a form as Slack's input blocks."""

import hashlib
import json
from typing import assert_never

from bot.slack.limits import LABEL, NAME, OPTION, OPTIONS, TYPED, VISIBLE_OPTIONS, Json, TooLong, few, fitting
from bot.slack.words import plain
from flows.voice.message import (
    ChannelField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    NumberField,
    Option,
    PersonField,
    TableField,
    TextField,
    TimeField,
)

NUMBER_LENGTH = 20
TABLES = ("csv", "tsv", "txt")
"""Endings of a file that may hold a table."""


def input_block(field: Field, form: int, *, dialog: bool) -> Json:
    """One labelled input of the message's form number `form`.

    Its block_id is `digest.form.name`: the same for the same field, so that a dialog which is updated keeps what was
    typed, and another one as soon as the field says something else. Raises TooLong.
    """
    block: Json = {
        "type": "input",
        "label": plain(field.label, LABEL, "A field's label"),
        "element": {**_element(field, dialog=dialog), "action_id": fitting(field.name, NAME, "A field's name")},
        "optional": field.optional,
    }
    if field.hint:
        block["hint"] = plain(field.hint, LABEL, "A field's hint")
    block["block_id"] = fitting(f"{digest(block)}.{form}.{field.name}", NAME, "A field's block_id")
    return block


def digest(piece: object) -> str:
    """A short name for a piece of a payload, the same in every process."""
    return hashlib.sha256(json.dumps(piece, sort_keys=True).encode()).hexdigest()[:12]


def _element(field: Field, *, dialog: bool) -> Json:
    match field:
        case TextField(value=value, limit=limit, long=long):
            if limit > TYPED:
                raise TooLong(f"A text input holds {TYPED} characters, and {field.name} asks for {limit}")
            initial = {"initial_value": fitting(value, limit, f"What {field.name} holds")} if value else {}
            return {"type": "plain_text_input", "multiline": long, "max_length": limit, **initial}
        case NumberField():
            return _number(field, dialog=dialog)
        case ChoiceField(options=options, chosen=chosen):
            shown = _options(options, field.name)
            kind = "radio_buttons" if len(shown) <= VISIBLE_OPTIONS else "static_select"
            initials = [option for option in shown if option["value"] == chosen]
            return {"type": kind, "options": shown, **({"initial_option": initials[0]} if initials else {})}
        case ChoicesField():
            return _choices(field)
        case DateField(value=day):
            return {"type": "datepicker", **({"initial_date": day.isoformat()} if day else {})}
        case TimeField(value=at):
            return {"type": "timepicker", **({"initial_time": f"{at:%H:%M}"} if at else {})}
        case PersonField():
            return {"type": "users_select"}
        case ChannelField():
            channels = {"include": ["public", "private"], "exclude_bot_users": True}
            return {"type": "conversations_select", "filter": channels}
        case TableField(name=name):
            if not dialog:
                raise ValueError(f"Slack takes files in dialogs only, and {name} stands elsewhere")
            return {"type": "file_input", "filetypes": list(TABLES), "max_files": 1}
        case _:
            assert_never(field)


def _number(field: NumberField, *, dialog: bool) -> Json:
    # Slack has number inputs in dialogs only (docs.slack.dev, number input element); elsewhere it is typed as text.
    initial = {"initial_value": field.value} if field.value else {}
    if not dialog:
        return {"type": "plain_text_input", "multiline": False, "max_length": NUMBER_LENGTH, **initial}
    least = {"min_value": f"{field.least:g}"} if field.least is not None else {}
    most = {"max_value": f"{field.most:g}"} if field.most is not None else {}
    return {"type": "number_input", "is_decimal_allowed": field.decimal, **initial, **least, **most}


def _choices(field: ChoicesField) -> Json:
    shown = _options(field.options, field.name)
    initials = [option for option in shown if option["value"] in field.chosen]
    initial = {"initial_options": initials} if initials else {}
    if len(shown) <= VISIBLE_OPTIONS:
        # Checkboxes know no upper bound; how many are allowed stands in the hint and is checked by the domain.
        return {"type": "checkboxes", "options": shown, **initial}
    most = {"max_selected_items": field.at_most} if field.at_most else {}
    return {"type": "multi_static_select", "options": shown, **initial, **most}


def _options(options: tuple[Option, ...], name: str) -> list[Json]:
    if not options:
        raise ValueError(f"{name} offers nothing to choose")
    few(options, OPTIONS, f"The options of {name}")
    return [_option(option) for option in options]


def _option(option: Option) -> Json:
    note = {"description": plain(option.note, OPTION, "An option's note")} if option.note else {}
    value = fitting(option.value, OPTION, "An option's value")
    return {"text": plain(option.label, OPTION, "An option's label"), "value": value, **note}
