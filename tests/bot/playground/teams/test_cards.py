"""What is wrong with a card is found, and what is on it is read and operated as it is shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from adaptive_cards import __file__ as cards_package

from bot.playground.company import COMPANY
from bot.playground.teams.company import TENANT
from bot.playground.teams.person import Person
from bot.playground.teams.reading import card_text, plain
from bot.playground.teams.strict import PROPERTIES, problems_of
from tests.bot.playground.teams.conftest import TinyBot, button, buttons, card, text

Json = dict[str, Any]
INPUT: Json = {"type": "Input.Text", "id": "f0.name", "label": "Your name"}
CHOICE: Json = {"type": "Input.ChoiceSet", "id": "f0.kind", "label": "Kind", "choices": [{"title": "A", "value": "a"}]}


def test_a_good_card_has_no_problems() -> None:
    name = {"type": "Column", "width": "stretch", "items": [text("Ada")]}
    see = {"type": "Column", "width": "auto", "items": [buttons(button("See", "person.show"))]}
    columns = {"type": "ColumnSet", "columns": [name, see]}
    chart = {"type": "Chart.VerticalBar", "title": "Joined", "data": [], "fallback": text("Joined: 3")}
    facts = {"type": "FactSet", "facts": [{"title": "Zone", "value": "Lisbon"}]}
    good = card(text("Hello"), columns, facts, chart, INPUT, CHOICE, buttons(button("Save", "form.save")))
    assert problems_of(good) == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"type": "Headline", "text": "Hi"}, "there is no element Headline"),
        ({"type": "TextBlock", "text": "Hi", "colour": "good"}, "TextBlock has no colour"),
        ({"type": "TextBlock", "text": ""}, "TextBlock needs text"),
        ({"type": "TextBlock", "text": "Hi", "size": "huge"}, "size is 'huge'"),
        ({"type": "TextBlock", "text": "Hi", "wrap": "yes"}, "wrap is 'yes'"),
        ({"type": "Image", "url": "http://example.org/a.png", "altText": "A"}, "url is"),
        ({"type": "Chart.Pie", "title": "Joined"}, "a chart without a fallback"),
        ({"type": "Input.Text", "label": "Name"}, "Input.Text needs id"),
        ({"type": "Input.Text", "id": "name"}, "Input.Text needs label"),
        (INPUT | {"isRequired": True}, "does not say so"),
        (CHOICE | {"value": "b"}, "none of the choices"),
        (CHOICE | {"choices": CHOICE["choices"] * 2}, "the same value"),
        (CHOICE | {"choices": [{"title": "A", "value": "a,b"}], "isMultiSelect": True}, "a comma"),
        ({"type": "Input.Date", "id": "day", "label": "Day", "value": "tomorrow"}, "value is 'tomorrow'"),
        (buttons(button("", "form.save")), "Action.Execute needs title"),
        (buttons(button("Save", "")), "Action.Execute needs verb"),
        (buttons(*(button(f"{n}", "n") for n in range(7))), "7 actions in one row"),
        (buttons({"type": "Action.Execute", "title": "Save", "verb": "form.save"}), "dead in old clients"),
        (buttons(button("Save", "form.save", style="danger")), "style is 'danger'"),
        (buttons({"type": "Action.OpenUrl", "title": "Go", "url": "javascript:alert(1)"}), "url is"),
        (text("<at>Mira</at> is here"), "mentions nobody"),
    ],
)
def test_what_teams_would_not_take_is_named(body: Json, why: str) -> None:
    assert any(why in problem for problem in problems_of(card(body))), problems_of(card(body))


def test_two_inputs_may_not_share_a_name_nor_take_the_place_of_the_data() -> None:
    assert "two elements are called f0.name" in problems_of(card(INPUT, INPUT))
    overwritten = card(INPUT, buttons(button("Save", "form.save", data={"f0.name": "x"})))
    assert any("would overwrite" in problem for problem in problems_of(overwritten))


@pytest.mark.parametrize("name", PROPERTIES)
def test_what_is_known_here_stands_in_the_official_schema(name: str) -> None:
    file = Path(cards_package).parent / "schemas" / "schema-1.5.json"
    found = json.loads(file.read_text(encoding="utf-8"))["definitions"][name]
    official = found.get("properties") or found["anyOf"][-1]["properties"]
    # Hosts add these: settings of Teams, and the picker of people.
    ours = {"msteams", "choices.data", "rtl"}
    assert PROPERTIES[name] - ours <= {one.rstrip("?") for one in official}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**Mira** and _Ines_", "Mira and Ines"),
        (r"\*not bold\* and 2 \* 3", "*not bold* and 2 * 3"),
        ("[Mira](https://example.org/x)", "Mira"),
        ("<at>Mira Okafor</at>", "@Mira Okafor"),
        ("snake_case_name", "snake_case_name"),
        ("- one\n- two", "• one\n• two"),
        ("fish &amp; chips", "fish & chips"),
    ],
)
def test_markup_is_read_as_it_is_shown(written: str, read: str) -> None:
    assert plain(written) == read


def test_a_card_is_read_aloud_in_the_readers_zone() -> None:
    said = card(
        text("Meet {{DATE(2026-05-14T08:00:00Z,LONG)}} at {{TIME(2026-05-14T08:00:00Z)}}"),
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "with *Mira*"}, " soon"]},
        {"type": "FactSet", "facts": [{"title": "Zone", "value": "Lisbon"}]},
        INPUT,
    )
    assert card_text(said, tz="Europe/Lisbon").splitlines() == [
        "Meet Thursday, May 14, 2026 at 09:00",
        "with *Mira* soon",
        "Zone: Lisbon",
        "Your name",
    ]


async def test_a_button_is_found_by_its_line_too(bot: TinyBot, ines: Person) -> None:
    def line(words: str, to: str) -> Json:
        see = buttons(button("See", "person.show", data={"a": {"person": to}}))
        items = ([text(words)], [see])
        return {"type": "ColumnSet", "columns": [{"type": "Column", "items": one} for one in items]}

    await ines.installs()
    await bot.sends(await bot.opens(ines.id), card(line("Ada Lovelace, mentor", "a"), line("Grace, mentee", "g")))
    see_ada, see_grace = ines.last_message.controls
    assert see_ada.other_labels == ("Ada Lovelace, mentor",)
    assert see_grace.is_called("Grace, mentee")
    assert "Ada Lovelace, mentor" in ines.last_message


async def test_people_are_picked_by_name(bot: TinyBot, ines: Person, mira: Person) -> None:
    data = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    who = {"type": "Input.ChoiceSet", "id": "f0.who", "label": "Who", "choices": [], "choices.data": data}
    await ines.installs()
    sent = await bot.sends(await bot.opens(ines.id), card(who, buttons(button("Send", "x"))))
    assert sent.status_code == 201
    await ines.chooses("Who", "Mira Okafor")
    assert ines.holds("Who") == (mira.id,)


def test_the_company_is_the_same_in_every_run() -> None:
    assert [m.name for m in TENANT.members] == [m.name for m in COMPANY.members]
    assert len({m.id for m in TENANT.members}) == len(COMPANY.members)
    assert TENANT.members[0].id == "bfef11b1-1fbe-5f61-8325-fd3ef77a1d37"
    assert {m.locale for m in TENANT.members} == {"en-GB", "en-US", "es-MX", "ja-JP"}
