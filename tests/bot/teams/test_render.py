"""How messages look on Teams, and that nothing a person types becomes more than words."""

import json
import re
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.teams import render
from bot.teams.carried import Window, window_of
from bot.teams.limits import CARD_BYTES, TooLong, size
from bot.teams.words import inert, single
from flows.people import Account
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Chart,
    ChoiceField,
    ChoicesField,
    Facts,
    File,
    Form,
    Heading,
    Line,
    Link,
    Mention,
    Message,
    Note,
    Option,
    Paragraph,
    Plain,
    Quote,
    Strong,
    TextField,
    Tone,
    When,
)
from tests.bot.examples import EVERY_FIELD, EXAMPLES, INTRODUCTION, LINE_ONLY, NUDGE, QUESTION, REPORT, THURSDAY
from tests.bot.teams.schema import faults, pieces
from tests.conftest import Golden

Json = dict[str, Any]

NAUGHTY = (
    "**bold** _slanted_ ~~gone~~ `code`",
    "[our prize](https://evil.example)",
    "![picture](https://evil.example/x.png)",
    "<at>Mira</at> <b>x</b> <script>alert(1)</script>",
    "{{DATE(2026-05-14T08:30:00Z, SHORT)}}",
    "{{{TIME(2026-05-14T08:30:00Z)}}}",
    "${name} {{name}}",
    "- a\n- b",
    "1. a\n2. b",
    "# title",
    "> quoted",
    "a\\*b",
    "&lt;b&gt; &#42;",
    "\x00\x07\x1b[31m\u2028",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\u202eevil\u202c \u200f\u05e9\u05dc\u05d5\u05dd\u200e",
    '"}],"type":"Action.OpenUrl"',
)
DATED = re.compile(r"\{\{(?:DATE|TIME)\(")
"""What a client would replace by a date in its own language."""


def of_kind(kind: str, drawn: Json) -> list[Json]:
    return [piece for piece in pieces(drawn["body"]) if piece.get("type") == kind]


def texts(drawn: Json) -> list[str]:
    """Every block of rich text, as it is read."""
    return [as_read(piece["inlines"]) for piece in of_kind("RichTextBlock", drawn)]


def as_read(runs: list[Json | str]) -> str:
    return "".join(run if isinstance(run, str) else run["text"] for run in runs)


def said_with(typed: str) -> Message:
    """What somebody typed, in every place where a message can hold it."""
    words = (Plain(typed), Strong(typed), Mention(Account("slack", "T", "U"), typed), When(THURSDAY.at, typed))
    options = (Option("v", typed, typed), Option("w", "Nothing"))
    fields = (
        TextField("note", typed, hint=typed, value=typed),
        ChoiceField("one", typed, options, hint=typed),
        ChoicesField("some", typed, options),
    )
    return Message(
        typed,
        (
            Heading(typed),
            Paragraph((*words, Link(typed, "https://example.com"))),
            Quote(words),
            Note(words),
            Bullets((words,)),
            Facts(((typed, words),)),
            Line(words, Button(typed, Action("a.b", {"x": typed}))),
            Buttons((Button(typed, Action("a.c")),)),
            Chart(typed, "bar", (typed,), ((typed, (1.0,)),)),
            Form(fields, Button("Send", Action("a.d"))),
        ),
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_of_block_and_field_looks_as_agreed(name: str, golden: Golden) -> None:
    drawn = render.message(EXAMPLES[name])
    assert drawn == golden(f"teams/examples/{name}", drawn)
    assert faults(render.card(EXAMPLES[name])) == []


def check_shown_as_typed(typed: str) -> None:
    drawn = render.card(said_with(typed))
    assert faults(drawn) == []
    # Four words in a row, and a link or a name before them: all in runs, none of which knows markup.
    shown = texts(drawn)
    assert f"{typed * 5}" in shown
    assert shown.count(typed * 4) >= 3
    assert f"• {typed * 4}" in shown
    assert f"{typed}: {typed * 4}" in shown
    runs = [run for block in of_kind("RichTextBlock", drawn) for run in block["inlines"]]
    assert not any(DATED.search(run if isinstance(run, str) else run["text"]) for run in runs)
    links = [run["selectAction"]["url"] for run in runs if isinstance(run, dict) and "selectAction" in run]
    assert set(links) == {"https://example.com"}
    assert {piece["url"] for piece in pieces(drawn) if "url" in piece} == {"https://example.com"}
    # The one block that knows Markdown is left alone where there is any.
    assert all(inert(piece["text"]) == piece["text"] == typed for piece in of_kind("TextBlock", drawn))
    assert not of_kind("FactSet", drawn)
    note, one, some = (piece for piece in pieces(drawn["body"]) if str(piece.get("type", "")).startswith("Input."))
    assert note["value"] == typed
    assert {note["label"], one["label"], some["label"]} == {single(typed)}
    assert one["choices"][0]["title"] == f"{typed} – {typed}"
    assert one["style"] == ("expanded" if inert(f"{typed} – {typed}") == f"{typed} – {typed}" else "compact")
    assert some["choices"][0]["title"] == inert(f"{typed} – {typed}")
    pressed = {piece["title"] for piece in of_kind("Action.Execute", drawn)}
    assert pressed == {typed, "Send"}
    for place in (note["label"], note["errorMessage"], some["choices"][0]["title"], drawn["fallbackText"]):
        assert not DATED.search(place)
    assert render.message(said_with(typed))["summary"] == typed


@pytest.mark.parametrize("typed", NAUGHTY)
def test_what_people_type_is_shown_as_typed(typed: str) -> None:
    check_shown_as_typed(typed)


@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_whatever_people_type_is_shown_as_typed(typed: str) -> None:
    check_shown_as_typed(typed)


@given(st.lists(st.text(alphabet="\\`*_[]()<>~|&;#-+=!012.)ahtps:/{\n", min_size=1, max_size=12), max_size=4))
def test_words_made_inert_read_as_typed_wherever_markdown_is_known(words: list[str]) -> None:
    typed = " ".join(words).strip()
    read = MarkdownIt("commonmark").enable("strikethrough").enable("table").parse(inert(typed))
    assert {token.type for token in read} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = [part for token in read for part in token.children or ()]
    assert {part.type for part in shown} <= {"text", "softbreak"}
    assert "".join(part.content for part in shown) == "".join(line.strip() for line in single(typed).splitlines())


def test_an_ordinary_text_stays_as_it_is() -> None:
    for text in (
        "Ana O'Neil-Smith (she/her)",
        "1 to 5, R&D: 100% & more!",
        "C++/C#",
        "a@b.example",
        "Não – já é às 9:30",
    ):
        assert inert(text) == text


def test_an_introduction_reads_in_order() -> None:
    drawn = render.card(INTRODUCTION)
    assert texts(drawn) == [
        "You and Mira Okafor are matched. Mira works with data every day.",
        "• You both speak Portuguese",
        "• You are free on Thursday 14 May, 9:30",
        "I like long walks & <short> meetings, *really*",
        "Partner: Sam Lind",
        "Guide: how it works",
        "Only you two see this.",
    ]
    assert of_kind("TextBlock", drawn)[0]["text"] == "You are matched"
    assert drawn["fallbackText"].splitlines()[-2:] == [
        "Guide: how it works (https://example.com/a?b=1&c=2)",
        "Only you two see this.",
    ]


def test_a_message_is_a_card_with_a_summary_and_no_text_beside_it() -> None:
    activity = render.message(NUDGE)
    assert set(activity) == {"type", "summary", "attachments"}
    (attached,) = activity["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert (attached["content"]["version"], attached["content"]["msteams"]) == ("1.5", {"width": "Full"})
    assert render.message(NUDGE, notifies=True)["channelData"] == {"notification": {"alert": True}}


def test_a_message_without_blocks_shows_its_summary() -> None:
    assert texts(render.card(LINE_ONLY)) == [LINE_ONLY.summary]


def test_every_field_is_an_input_with_its_label() -> None:
    kinds = {
        piece["id"]: piece["type"].removeprefix("Input.")
        for piece in pieces(render.card(EVERY_FIELD)["body"])
        if str(piece.get("type", "")).startswith("Input.")
    }
    assert kinds == {
        "f0.title": "Text",
        "f0.about": "Text",
        "f0.hours": "Number",
        "f0.cadence": "ChoiceSet",
        "f0.skill": "ChoiceSet",
        "f0m.skills": "ChoiceSet",
        "f0.away": "Date",
        "f0.at": "Time",
        "f0.who": "ChoiceSet",
        "f0.where": "ChoiceSet",
    }


def test_what_must_be_filled_is_checked_where_there_is_one_form() -> None:
    about, hours = (
        next(piece for piece in pieces(render.card(EVERY_FIELD)["body"]) if piece.get("id") == name)
        for name in ("f0.about", "f0.hours")
    )
    assert "isRequired" not in about
    assert about["errorMessage"] == about["label"]
    assert (hours["isRequired"], hours["errorMessage"]) == (True, "Hours a month")
    assert (hours["min"], hours["max"]) == (0.5, 20)


def test_nothing_is_checked_by_the_client_where_a_button_takes_an_unfinished_form() -> None:
    field = TextField("letter", "Your letter", long=True)
    send, keep = Button("Seal it", Action("letter.seal")), Button("Keep as a draft", Action("letter.draft"))
    for said in (
        Message("x", (Form((field,), send, keeps=(keep,)),)),
        Message("x", (Form((field,), send), Form((field,), keep))),
    ):
        drawn = render.card(said)
        assert not [piece for piece in of_kind("Input.Text", drawn) if "isRequired" in piece or "errorMessage" in piece]
        assert len({piece["id"] for piece in of_kind("Input.Text", drawn)}) == len(of_kind("Input.Text", drawn))


def test_a_form_sends_its_inputs_and_every_other_button_none() -> None:
    sent = {piece["title"]: (piece["data"], piece.get("associatedInputs")) for piece in buttons(QUESTION)}
    assert sent == {
        "Next": ({"a": {"q": "goals"}, "f": 0}, None),
        "Back": ({"a": {"q": "goals"}}, "none"),
    }
    assert buttons(QUESTION)[0]["fallback"]["data"] == {"a": {"q": "goals"}, "f": 0, "v": "question.answer"}


def buttons(said: Message) -> list[Json]:
    return of_kind("Action.Execute", render.card(said))


def test_a_dialog_remembers_how_and_from_which_message_it_was_opened() -> None:
    window = Window(Action("activity.open", {"match": "m1"}), "gesture", "1778486400001")
    drawn = of_kind("Action.Submit", render.dialog(QUESTION, window)["card"]["content"])
    assert [window_of(piece["data"]) for piece in drawn] == [window, window]
    assert not any("w" in piece["data"] for piece in buttons(QUESTION))


def test_a_button_that_opens_a_dialog_says_so_to_teams() -> None:
    row = (Button("Read", Action("letter.read", {"match": "m1"})), Button("Later", Action("letter.later")))
    drawn = render.card(Message("x", (Buttons(row),)))
    (opening,) = [one for one in of_kind("Action.Submit", drawn) if "msteams" in one["data"]]
    assert opening["data"] == {"a": {"match": "m1"}, "v": "letter.read", "msteams": {"type": "task/fetch"}}
    assert [one["title"] for one in of_kind("Action.Execute", drawn)] == ["Later"]


def test_a_tone_is_a_style() -> None:
    assert [piece.get("style") for piece in buttons(INTRODUCTION)] == ["positive", None, "destructive"]
    assert set(Tone) == {Tone.MAIN, Tone.PLAIN, Tone.GRAVE}


def test_more_buttons_than_fit_stand_in_a_second_row() -> None:
    row = tuple(Button(str(number), Action("a", {"n": str(number)})) for number in range(8))
    sets = of_kind("ActionSet", render.card(Message("x", (Buttons(row),))))
    assert [[button["title"] for button in one["actions"]] for one in sets] == [list("012345"), list("67")]


def test_a_chart_has_its_numbers_beside_it_for_clients_that_draw_none() -> None:
    (chart,) = of_kind("Chart.VerticalBar.Grouped", render.card(REPORT))
    assert [series["legend"] for series in chart["data"]] == ["Mentees", "Mentors"]
    assert chart["data"][0]["values"] == [
        {"x": "Start", "y": 3.1},
        {"x": "Week 6", "y": 3.6},
        {"x": "Week 12", "y": 4.0},
    ]
    assert (chart["title"], chart["xAxisTitle"], chart["yAxisTitle"]) == ("Belonging", "When", "Mean, 1 to 5")
    assert [as_read(line["inlines"]) for line in chart["fallback"]["items"]] == [
        "Belonging (When, Mean, 1 to 5)",
        "Mentees: Start 3.1, Week 6 3.6, Week 12 4",
        "Mentors: Start 3.8, Week 6 3.9, Week 12 4.1",
    ]


def test_a_line_is_drawn_over_dates() -> None:
    series = (("Joined", (1.0, 2.0)),)
    over_days = render.card(Message("x", (Chart("t", "line", ("2026-05-01", "2026-05-08"), series),)))
    over_words = render.card(Message("x", (Chart("t", "line", ("Start", "End"), series),)))
    assert of_kind("Chart.Line", over_days)
    assert of_kind("Chart.VerticalBar.Grouped", over_words)
    with pytest.raises(ValueError, match="bar or a line"):
        render.card(Message("x", (Chart("t", "pie", ("a",), (("s", (1.0,)),)),)))


def test_a_file_is_not_in_the_card() -> None:
    assert "name,value" not in json.dumps(render.message(REPORT))
    assert any(isinstance(block, File) for block in REPORT.blocks)


def test_a_card_too_large_is_an_error_and_never_cut() -> None:
    with pytest.raises(TooLong):
        render.card(Message("x", (Paragraph((Plain("p" * CARD_BYTES),)),)))


def test_a_long_list_loses_its_bold_names_before_it_loses_its_place() -> None:
    mira = Mention(Account("teams", "t", "u"), "御手洗")
    pairs = tuple((mira, Plain(" と "), mira, Plain("、" + "話" * 170)) for _ in range(40))
    drawn = render.card(Message("四十組", (Heading("四十組"), Facts((("組", (Plain("40"),)),)), Bullets(pairs))))
    assert texts(drawn) == ["組: 40", "\n".join(["• 御手洗 と 御手洗、" + "話" * 170] * 40)]
    assert size(drawn) <= CARD_BYTES
    few = render.card(Message("一組", (Bullets(pairs[:1]),)))
    assert {"type": "TextRun", "text": "御手洗", "weight": "Bolder"} in of_kind("RichTextBlock", few)[0]["inlines"]


def test_a_card_counts_as_it_is_sent() -> None:
    assert size({"a": "é👋"}) == len('{"a":"é👋"}'.encode())


@pytest.mark.parametrize(("letters", "says"), [(9_000, "whole"), (13_000, "summary"), (24_700, "nothing")])
def test_the_words_for_older_clients_give_way_before_the_card_does(letters: int, says: str) -> None:
    summary = "s" * 300
    drawn = render.card(Message(summary, (Paragraph((Plain("p" * letters),)),)))
    whole = summary + "\n" + "p" * letters
    assert drawn.get("fallbackText") == {"whole": whole, "summary": summary, "nothing": None}[says]
    assert size(drawn) <= CARD_BYTES


@pytest.mark.parametrize(
    "said",
    [
        Message("", (Paragraph((Plain("x"),)),)),
        Message("x", (Heading(" "),)),
        Message("x", (Buttons((Button("", Action("a")),)),)),
        Message("x", (Buttons((Button("b", Action("")),)),)),
        Message("x", (Form((TextField("n", ""),), Button("b", Action("a"))),)),
        Message("x", (Form((ChoiceField("n", "l", ()),), Button("b", Action("a"))),)),
        Message("x", (Form((ChoicesField("n", "l", (Option("a,b", "o"),)),), Button("b", Action("a"))),)),
        Message("x", (Form((TextField("n", "l", value="v" * 11, limit=10),), Button("b", Action("a"))),)),
    ],
)
def test_what_nobody_could_read_or_send_is_a_mistake(said: Message) -> None:
    with pytest.raises(ValueError, match=r"empty|nothing to choose|comma|characters"):
        render.message(said)


def test_a_dialog_without_a_heading_says_its_words_once() -> None:
    said = Message("You pause.", (Paragraph((Plain("You pause."),)), Note((Plain("Nobody is told."),))))
    drawn = render.dialog(said, Window(Action("standing.pause"), "gesture", "1778486400001"))
    assert drawn["title"] == "Alongside"
    assert texts(drawn["card"]["content"]) == ["You pause.", "Nobody is told."]


def test_empty_words_are_nothing_to_show() -> None:
    nothing = (Plain(""),)
    said = Message("x", (Paragraph(nothing), Note(()), Quote(nothing), Bullets((nothing,)), Buttons(())))
    assert texts(render.card(said)) == ["x"]
    assert list(chain(of_kind("Container", render.card(said)), of_kind("ActionSet", render.card(said)))) == []
