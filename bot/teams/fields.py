"""The inputs of a form as the inputs of a card, each with its hint below it.

Hints stay readable while somebody types, so they are a line of their own and no placeholder. `errorMessage` and the
titles of an open list of choices are read as Markdown by some clients, labels and the entries of a closed list by none
(npm `adaptivecards` 3.0: card-elements.ts): see bot/teams/words.py.
"""

from collections.abc import Sequence
from typing import Final, assert_never

from bot.teams.carried import input_id
from bot.teams.limits import Json, TooLong, filled
from bot.teams.words import SMALL, inert, rich, single
from flows.voice.message import (
    ChannelField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    NumberField,
    Option,
    PersonField,
    Plain,
    TableField,
    TextField,
    TimeField,
)

OPEN_LIST: Final = 10
"""Choices that stand open; more are a closed list."""
PASTED: Final = 60_000
"""Characters of a table that is pasted: what Teams sends us is 256 KB at most, in which one may take four bytes."""
PEOPLE: Final = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
"""Everybody in the organisation, by their Entra object id: "People Picker in Adaptive Cards", learn.microsoft.com. The
client asks for them, the bot needs no permission."""


def inputs(field: Field, form: int, *, checked: bool) -> list[Json]:
    """One labelled input of the card's form number `form`, and its hint.

    `checked` lets the client refuse what is missing or out of bounds; that holds for every button of the card which
    sends inputs, so it must be off where one of them takes an unfinished form.
    """
    drawn: Json = {
        **_input(field, checked=checked),
        "id": input_id(form, field.name, many=isinstance(field, ChoicesField)),
    }
    drawn["label"] = single(filled(field.label, "A field's label"))
    if checked:
        # In the words and the language of the form itself: what is missing, or which numbers would fit. The hint of any
        # other field tells what becomes of the answer, and would read oddly as a fault.
        drawn["errorMessage"] = inert((isinstance(field, NumberField) and field.hint) or field.label)
        if not field.optional:
            drawn["isRequired"] = True
    hint = rich((Plain(field.hint),), SMALL)
    return [drawn, *({**line, "spacing": "Small"} for line in hint)]


def _input(field: Field, *, checked: bool) -> Json:
    match field:
        case TextField(value=value, limit=limit, long=long):
            if len(value) > limit:
                raise TooLong(f"What {field.name} holds has {len(value)} characters and may have {limit}")
            return {"type": "Input.Text", "maxLength": limit, **_given(isMultiline=long, value=value)}
        case NumberField():
            return _number(field, checked=checked)
        case ChoiceField(options=options, chosen=chosen):
            # A closed list is bare text, so it takes what people typed when that holds signs which Markdown knows.
            is_open = len(options) <= OPEN_LIST and all(inert(_title(option)) == _title(option) for option in options)
            known = [option.value for option in options if option.value == chosen]
            return _choices(field.name, [(_title(option), option.value) for option in options], known, is_open=is_open)
        case ChoicesField(options=options, chosen=chosen):
            if any("," in option.value for option in options):
                raise ValueError(f"A comma parts the choices of {field.name}, so none may hold one")
            known = [option.value for option in options if option.value in chosen]
            # Clients draw it as boxes to tick however many there are, and their titles may be read as Markdown.
            shown = [(inert(_title(option)), option.value) for option in options]
            drawn = _choices(field.name, shown, known, is_open=len(options) <= OPEN_LIST)
            return {**drawn, "isMultiSelect": True}
        case DateField(value=day):
            return {"type": "Input.Date", **_given(value=day and day.isoformat())}
        case TimeField(value=at):
            return {"type": "Input.Time", **_given(value=at and f"{at:%H:%M}")}
        case PersonField():
            return {"type": "Input.ChoiceSet", "choices": [], "choices.data": PEOPLE}
        case ChannelField(options=options, chosen=chosen):
            # A card has no picker of channels, so they come with the message. A name is somebody's own text.
            known = [option.value for option in options if option.value == chosen]
            return _choices(field.name, [(_title(option), option.value) for option in options], known, is_open=False)
        case TableField():
            # A card takes no file.
            return {"type": "Input.Text", "maxLength": PASTED, "isMultiline": True}
        case _:
            assert_never(field)


def _given(**properties: object) -> Json:
    return {name: value for name, value in properties.items() if value}


def _number(field: NumberField, *, checked: bool) -> Json:
    drawn: Json = {"type": "Input.Number"}
    if field.value:
        drawn["value"] = _whole(float(field.value))
    bounds = {"min": field.least, "max": field.most} if checked else {}
    return {**drawn, **{name: _whole(bound) for name, bound in bounds.items() if bound is not None}}


def _whole(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _choices(name: str, shown: Sequence[tuple[str, str]], known: Sequence[str], *, is_open: bool) -> Json:
    if not shown:
        raise ValueError(f"{name} offers nothing to choose")
    choices = [{"title": filled(title, "An option's label"), "value": value} for title, value in shown]
    style = "expanded" if is_open else "compact"
    return {
        "type": "Input.ChoiceSet",
        "style": style,
        "wrap": True,
        "choices": choices,
        **_given(value=",".join(known)),
    }


def _title(option: Option) -> str:
    return f"{option.label} – {option.note}" if option.note else option.label
