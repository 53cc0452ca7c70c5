"""Every message of the gallery as the official schema takes it, with nothing lost on the way."""

from typing import Any

import pytest

from bot.playground.teams.strict import problems_of
from bot.teams import render
from bot.teams.carried import ARGS, FORM, VERB, Window, window_of
from bot.teams.limits import CARD_BYTES, ROW, size
from bot.teams.words import inert
from flows.voice import plain
from flows.voice.gallery import examples
from flows.voice.gallery.example import Shown
from flows.voice.message import Action, Button, File, Form, Heading, Message
from flows.voice.say import ENGLISH, Say
from handlers.acts import opens
from tests.bot.teams.schema import faults, pieces

GALLERY = examples(Say(ENGLISH, "Europe/Lisbon"))
WINDOW = Window(Action("activity.open", {"match": "m1"}), "a:1:f:1", "1778486400001")
DIALOGS = {name: render.dialog(one.message, WINDOW) for name, one in GALLERY.items() if one.shown is Shown.DIALOG}
CARDS = {
    name: DIALOGS[name]["card"]["content"] if name in DIALOGS else render.card(example.message)
    for name, example in GALLERY.items()
}
PRESSED = {"Action.Execute", "Action.Submit"}


def drawn_buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [piece["actions"] for piece in pieces(card["body"]) if piece.get("type") == "ActionSet"]
    return [button for row in rows for button in row if button["type"] in PRESSED]


def drawn_inputs(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [piece for piece in pieces(card["body"]) if str(piece.get("type", "")).startswith("Input.")]


def shown(card: dict[str, Any]) -> str:
    """What can be read on a card, however it is cut into pieces."""
    read: list[str] = []
    for piece in pieces(card["body"]):
        read.append("".join(run if isinstance(run, str) else run["text"] for run in piece.get("inlines", ())))
        read.extend(str(piece.get(name, "")) for name in ("text", "title", "label", "legend", "x", "xAxisTitle", "url"))
    return "\n".join(read)


def meant(said: Message) -> list[tuple[Button, int | None]]:
    """Every button in order, each with the number of the form whose inputs it sends."""
    found: list[tuple[Button, int | None]] = []
    forms = 0
    for block in said.blocks:
        sending = (block.submit, *block.keeps) if isinstance(block, Form) else ()
        found.extend((one, forms if one in sending else None) for one in plain.buttons(Message("x", (block,))))
        forms += isinstance(block, Form)
    return found


@pytest.mark.parametrize("name", GALLERY)
def test_the_official_schema_and_the_strict_tenant_take_every_card(name: str) -> None:
    assert faults(CARDS[name]) == []
    assert problems_of(CARDS[name]) == []


@pytest.mark.parametrize("name", GALLERY)
def test_every_card_is_small_and_holds_its_words_for_clients_that_draw_none(name: str) -> None:
    drawn, said = CARDS[name], GALLERY[name].message
    assert size(drawn) <= CARD_BYTES
    if name in DIALOGS:
        said = Message(DIALOGS[name]["title"], said.blocks[1:])
    whole = {**drawn, "fallbackText": inert(render.spoken(said))}
    assert drawn == (whole if size(whole) <= CARD_BYTES else {**drawn, "fallbackText": inert(said.summary)})


@pytest.mark.parametrize("name", GALLERY)
def test_no_word_is_lost(name: str) -> None:
    said = GALLERY[name].message
    read = "\n".join([shown(CARDS[name]), DIALOGS.get(name, {}).get("title", "")])
    files = {block.title for block in said.blocks if isinstance(block, File)}
    for text in (*plain.sentences(said), *plain.labels(said)):
        if text not in files:
            assert text in read


@pytest.mark.parametrize("name", GALLERY)
def test_every_button_says_what_it_means_and_carries_it_whichever_way_it_is_sent(name: str) -> None:
    wanted = meant(GALLERY[name].message)
    for pressed, (button, form) in zip(drawn_buttons(CARDS[name]), wanted, strict=True):
        assert pressed["title"] == button.label
        assert pressed["data"][ARGS] == button.action.args
        assert pressed["data"].get(FORM) == form
        assert pressed.get("associatedInputs") == (None if form is not None else "none")
        assert window_of(pressed["data"]) == (WINDOW if name in DIALOGS else None)
        if name in DIALOGS or opens(button.action):
            # Teams opens and keeps a dialog at no other action.
            assert pressed["type"] == "Action.Submit"
            assert pressed["data"][VERB] == button.action.name
            assert pressed["data"].get("msteams") == (None if name in DIALOGS else {"type": "task/fetch"})
            continue
        assert pressed["verb"] == button.action.name
        older = pressed["fallback"]
        assert older["type"] == "Action.Submit"
        assert older["data"] == {**pressed["data"], VERB: button.action.name}
        assert {key: older.get(key) for key in ("title", "style", "associatedInputs")} == {
            key: pressed.get(key) for key in ("title", "style", "associatedInputs")
        }


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_has_its_heading_as_title_and_not_twice(name: str) -> None:
    heading = GALLERY[name].message.blocks[0]
    assert isinstance(heading, Heading)
    assert DIALOGS[name]["title"] == heading.text
    assert heading.text not in [piece.get("text") for piece in pieces(CARDS[name]["body"])]


@pytest.mark.parametrize("name", GALLERY)
def test_inputs_are_labelled_and_never_called_like_what_a_button_carries(name: str) -> None:
    asked = drawn_inputs(CARDS[name])
    names = [piece["id"] for piece in asked]
    assert len(names) == len(set(names))
    assert all(piece["label"] for piece in asked)
    keys = {key for pressed in drawn_buttons(CARDS[name]) for key in {*pressed["data"], VERB}}
    assert not keys & set(names)
    fields = [field for block in GALLERY[name].message.blocks if isinstance(block, Form) for field in block.fields]
    assert [name.partition(".")[2] for name in names] == [field.name for field in fields]


@pytest.mark.parametrize("name", GALLERY)
def test_no_row_hides_a_button(name: str) -> None:
    rows = [piece["actions"] for piece in pieces(CARDS[name]["body"]) if piece.get("type") == "ActionSet"]
    assert all(1 <= len(row) <= ROW for row in rows)
