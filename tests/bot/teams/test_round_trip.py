"""What a card carries comes back as it was meant: every button of the gallery, pressed on new clients and on old."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.teams import render
from bot.teams.activity import modelled
from bot.teams.carried import VERB, input_id
from bot.teams.parse import inbounds, origin
from flows.people import Account
from flows.voice.message import (
    Action,
    Button,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Message,
    NumberField,
    TextField,
    TimeField,
)
from handlers.acts import opens
from handlers.inbound import Pressed, Submitted
from tests.bot.examples import EVERY_FIELD
from tests.bot.teams.schema import pieces
from tests.bot.teams.test_gallery import CARDS, DIALOGS, GALLERY, WINDOW, drawn_buttons, drawn_inputs, meant

Json = dict[str, Any]
NOW = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def pressed(button: Json, inputs: Json, *, old_client: bool) -> Json:
    """The activity of a press; as Teams does it, the inputs are laid over the data."""
    put_in = {} if button.get("associatedInputs") == "none" else inputs
    activity: Json = {
        "id": "f:1",
        "serviceUrl": "https://smba.example/emea/",
        "from": {"id": "29:1", "name": "Ines Duarte", "aadObjectId": "oid-ines"},
        "recipient": {"id": "28:app"},
        "conversation": {"id": "a:1", "conversationType": "personal"},
        "channelData": {"tenant": {"id": "tenant-1"}},
        "replyToId": "1778486400002",
    }
    data = {**button["data"], **put_in}
    if button["type"] == "Action.Submit":
        name = "task/fetch" if "msteams" in data else "task/submit"
        return {**activity, "type": "invoke", "name": name, "value": {"data": data, "context": {"theme": "default"}}}
    if old_client:
        return {**activity, "type": "message", "value": {**button["fallback"]["data"], **put_in}}
    action = {"type": "Action.Execute", "verb": button["verb"], "data": data}
    return {**activity, "type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}


@pytest.mark.parametrize("old_client", [False, True])
@pytest.mark.parametrize("name", GALLERY)
def test_every_button_comes_back_as_it_was_meant(name: str, old_client: bool) -> None:
    typed = {piece["id"]: "2" for piece in drawn_inputs(CARDS[name])}
    forms = [block for block in GALLERY[name].message.blocks if isinstance(block, Form)]
    for drawn, (button, form) in zip(drawn_buttons(CARDS[name]), meant(GALLERY[name].message), strict=True):
        activity = modelled(pressed(drawn, typed, old_client=old_client))
        (heard,) = inbounds(activity, NOW)
        assert heard.who == Account("teams", "tenant-1", "oid-ines")
        assert isinstance(heard.what, Pressed | Submitted)
        assert heard.what.action == button.action
        wanted = {} if form is None else {field.name: ("2",) for field in forms[form].fields}
        assert heard.what.filled == wanted
        where = origin(activity)
        assert where.window == (WINDOW if name in DIALOGS else None)
        assert where.opens is (name not in DIALOGS and opens(button.action))


def answer(field: Field) -> tuple[object, tuple[str, ...]]:
    """What a client sends for an input that somebody filled, and what it means."""
    match field:
        case TextField():
            return "a, b", ("a, b",)
        case NumberField():
            return 1_250_000, ("1250000",)
        case ChoiceField(options=options):
            return options[1].value, (options[1].value,)
        case ChoicesField(options=options):
            return f"{options[0].value},{options[2].value}", (options[0].value, options[2].value)
        case DateField():
            return "2026-06-01", ("2026-06-01",)
        case TimeField():
            return "09:30", ("09:30",)
        case _:
            return "oid-mira", ("oid-mira",)


def test_every_input_comes_back_as_it_was_filled() -> None:
    (form,) = (block for block in EVERY_FIELD.blocks if isinstance(block, Form))
    card = render.card(EVERY_FIELD)
    ids = [piece["id"] for piece in drawn_inputs(card)]
    sent = {id_: answer(field)[0] for id_, field in zip(ids, form.fields, strict=True)}
    (heard,) = inbounds(modelled(pressed(drawn_buttons(card)[0], sent, old_client=False)), NOW)
    assert isinstance(heard.what, Pressed | Submitted)
    assert heard.what.filled == {field.name: answer(field)[1] for field in form.fields}


def test_of_two_forms_only_the_one_that_was_sent_counts() -> None:
    fields = (TextField("text", "Text"),)
    first, second = Button("First", Action("a.first")), Button("Second", Action("a.second"))
    card = render.card(Message("x", (Form(fields, first), Form(fields, second))))
    typed = {"f0.text": "one", "f1.text": "two"}
    for button, wanted in zip(drawn_buttons(card), ("one", "two"), strict=True):
        (heard,) = inbounds(modelled(pressed(button, typed, old_client=True)), NOW)
        assert isinstance(heard.what, Pressed)
        assert heard.what.filled == {"text": (wanted,)}


def test_a_field_may_have_any_name_without_taking_the_place_of_what_a_button_carries() -> None:
    fields = tuple(TextField(name, name) for name in ("a", "f", "o", "v", "verb", "msteams"))
    card = render.card(Message("x", (Form(fields, Button("Send", Action("a.b", {"k": "v"}))),)))
    (button,) = drawn_buttons(card)
    typed = {input_id(0, field.name): "typed" for field in fields}
    assert set(typed) == {piece["id"] for piece in pieces(card["body"]) if "id" in piece}
    (heard,) = inbounds(modelled(pressed(button, typed, old_client=True)), NOW)
    assert heard.what == Pressed(Action("a.b", {"k": "v"}), {field.name: ("typed",) for field in fields})
    assert VERB not in typed
