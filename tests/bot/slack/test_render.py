"""What Slack is given: accepted by the SDK's own check, within the limits, and never markup made of people's words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

from bot.playground.strict.surfaces import check_message, check_view
from bot.slack import render
from bot.slack.limits import TooLong
from bot.slack.origin import Origin
from flows.people import Account
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Chart,
    ChoiceField,
    Facts,
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
)
from handlers.inbound import Place
from tests.bot.examples import EVERY_FIELD, EXAMPLES, INTRODUCTION, LINE_ONLY, QUESTION, REPORT
from tests.conftest import Golden

HERE = Origin(Place.PRIVATE, channel="D0A1", ts="1778486400.000001", response_url="https://hooks.example/1")
NAUGHTY = (
    "<!channel>",
    "<@U0MIRA>",
    "*bold*",
    "_slanted_",
    "`code`",
    "a|b",
    "&amp;",
    ":tada:",
    "<https://x.example|x>",
)


def pieces(node: object) -> Iterator[dict[str, Any]]:
    """Every object in a payload."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from pieces(value)
    elif isinstance(node, list):
        for value in node:
            yield from pieces(value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_message_looks_as_agreed(name: str, golden: Golden) -> None:
    drawn = render.message(EXAMPLES[name])
    assert drawn == golden(f"slack/examples/{name}", drawn)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_dialog_and_home_looks_as_agreed(name: str, golden: Golden) -> None:
    dialog = render.dialog(EXAMPLES[name], HERE)
    home = render.home(EXAMPLES[name])
    assert dialog == golden(f"slack/examples/{name}.dialog", dialog)
    assert home == golden(f"slack/examples/{name}.home", home)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_sdk_finds_nothing_to_refuse(name: str) -> None:
    known = [block for block in render.message(EXAMPLES[name])["blocks"] if block["type"] != "data_visualization"]
    for block, parsed in zip(known, SdkBlock.parse_all(known), strict=True):
        parsed.validate_json()
        assert parsed.type == block["type"]
    SdkView(**render.dialog(EXAMPLES[name], HERE)).validate_json()
    SdkView(**render.home(EXAMPLES[name])).validate_json()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_local_workspace_finds_nothing_to_refuse(name: str) -> None:
    drawn = render.message(EXAMPLES[name])
    check_message(drawn["text"], drawn["blocks"])
    alone = render.message(EXAMPLES[name], ephemeral=True)
    check_message(alone["text"], alone["blocks"], ephemeral=True)
    check_view(render.dialog(EXAMPLES[name], HERE))
    check_view(render.home(EXAMPLES[name]), home=True)


@pytest.mark.parametrize("name", EXAMPLES)
def test_ids_are_unique_and_the_same_each_time(name: str) -> None:
    blocks = render.message(EXAMPLES[name])["blocks"]
    ids = [block["block_id"] for block in blocks]
    assert len(ids) == len(set(ids))
    assert blocks == render.message(EXAMPLES[name])["blocks"]
    for block in blocks:
        inside = [piece["action_id"] for piece in pieces(block) if "action_id" in piece]
        assert len(inside) == len(set(inside))


def test_a_changed_message_has_new_ids_and_an_unchanged_field_keeps_its_own() -> None:
    asked = render.message(QUESTION)["blocks"]
    form = QUESTION.blocks[1]
    moved = render.message(Message("Again", (Heading("Again"), Paragraph((Plain("Almost."),)), form)))["blocks"]
    introduced = render.message(INTRODUCTION)["blocks"]
    ids = {block["block_id"] for block in asked}
    assert not ids & {block["block_id"] for block in introduced}
    assert ids & {block["block_id"] for block in moved} == {b["block_id"] for b in asked if b["type"] == "input"}


@settings(deadline=None)
@given(st.one_of(st.sampled_from(NAUGHTY), st.text(min_size=1, max_size=60).filter(str.strip)))
def test_what_people_type_is_never_markup(typed: str) -> None:
    words = (
        Plain(typed),
        Strong(typed),
        Mention(Account("teams", "t", "8"), typed),
        Link(typed, "https://example.com"),
    )
    said = Message(
        typed,
        (
            Heading(typed),
            Paragraph(words),
            Quote(words),
            Note(words),
            Bullets((words,)),
            Facts(((typed, words),)),
            Line(words, Button(typed, Action("a.b", {"x": typed}))),
            Buttons((Button(typed, Action("a.c")),)),
            Form(
                (
                    TextField("note", typed, hint=typed, value=typed),
                    ChoiceField("one", typed, (Option("v", typed, typed),), hint=typed),
                ),
                Button("Send", Action("a.d")),
            ),
        ),
    )
    for drawn in (render.message(said), render.dialog(said, HERE), render.home(said)):
        blocks = drawn["blocks"]
        kinds = {piece.get("type") for piece in pieces(blocks)}
        assert not kinds & {"mrkdwn", "markdown", "user", "usergroup", "broadcast", "channel", "emoji"}
        assert all(piece["emoji"] is False for piece in pieces(blocks) if piece.get("type") == "plain_text")
        links = {piece["url"] for piece in pieces(blocks) if piece.get("type") == "link"}
        assert links == {"https://example.com"}
        assert {"type": "text", "text": typed} in list(pieces(blocks))
    text = render.message(said)["text"]
    assert not {"<", ">"} & set(text)
    assert text.startswith(typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def test_the_top_level_text_is_escaped_and_holds_every_word() -> None:
    text = render.message(INTRODUCTION)["text"]
    assert text.splitlines() == [
        "You and Mira Okafor are matched",
        "You are matched",
        "You and Mira Okafor are matched. Mira works with data every day.",
        "You both speak Portuguese",
        "You are free on Thursday 14 May, 9:30",
        "I like long walks &amp; &lt;short&gt; meetings, *really*",
        "Partner: Sam Lind",
        "Guide: how it works (https://example.com/a?b=1&amp;c=2)",
        "Only you two see this.",
    ]


def test_the_top_level_text_is_the_summary_alone_where_not_all_fits() -> None:
    long = Message("Everything that was said", tuple(Paragraph((Plain("p" * 900),)) for _ in range(5)))
    assert render.message(long)["text"] == "Everything that was said"


def test_a_chart_is_drawn_in_a_message_and_written_out_elsewhere() -> None:
    assert "data_visualization" in {block["type"] for block in render.message(REPORT)["blocks"]}
    assert "data_visualization" not in {block["type"] for block in render.home(REPORT)["blocks"]}
    assert "Start 3.1, Week 6 3.6, Week 12 4" in json.dumps(render.home(REPORT))
    assert "Mentees: Start 3.1, Week 6 3.6, Week 12 4" in render.message(REPORT)["text"]


def test_a_dialog_takes_its_title_and_submit_from_the_message() -> None:
    view = render.dialog(EVERY_FIELD, HERE)
    assert view["title"]["text"] == "Settings"
    assert view["submit"]["text"] == "Save"
    assert "header" not in {block["type"] for block in view["blocks"]}
    labels = [piece["text"]["text"] for piece in pieces(view["blocks"]) if piece.get("type") == "button"]
    assert labels == ["Pause instead"]


def test_a_heading_too_long_for_a_title_stays_on_the_page() -> None:
    view = render.dialog(Message("x", (Heading("A heading of more than 24 characters"),)), HERE)
    assert view["title"]["text"] == "Alongside"
    assert view["blocks"][0]["text"]["text"] == "A heading of more than 24 characters"
    assert "submit" not in view


def test_a_line_without_blocks_is_still_shown_as_typed() -> None:
    (block,) = render.message(LINE_ONLY)["blocks"]
    assert block["type"] == "rich_text"


@pytest.mark.parametrize(
    "said",
    [
        Message("x", (Heading("h" * 151),)),
        Message("x", (Note((Plain("n" * 3001),)),)),
        Message("x", tuple(Paragraph((Plain("p"),)) for _ in range(51))),
        Message("x", (Paragraph((Plain("p" * 13_001),)),)),
        Message("x", (Buttons((Button("b" * 76, Action("a")),)),)),
        Message("x", (Buttons(tuple(Button("b", Action("a")) for _ in range(26))),)),
        Message("x", (Buttons((Button("b", Action("a", {"k": "v" * 2000})),)),)),
        Message("x", (Buttons((Button("b", Action("a" * 255)),)),)),
        Message("x", (Form((ChoiceField("f", "l", (Option("v", "o" * 76),)),), Button("b", Action("a"))),)),
        Message("x", (Form((ChoiceField("f", "l", (Option("v" * 76, "o"),)),), Button("b", Action("a"))),)),
        Message(
            "x",
            (
                Form(
                    (ChoiceField("f", "l", tuple(Option(str(n), "o") for n in range(101))),),
                    Button("b", Action("a")),
                ),
            ),
        ),
        Message("x", (Form((TextField("f", "l", limit=3001),), Button("b", Action("a"))),)),
        Message("x", (Form((TextField("f", "l", value="v" * 11, limit=10),), Button("b", Action("a"))),)),
        Message("x", (Chart("t" * 51, "bar", ("a",), (("s", (1.0,)),)),)),
        Message("x", (Chart("t", "bar", ("a" * 21,), (("s", (1.0,)),)),)),
        Message("x", (Chart("t", "bar", ("a",), tuple((f"s{n}", (1.0,)) for n in range(7))),)),
    ],
)
def test_too_long_is_an_error_and_never_cut(said: Message) -> None:
    with pytest.raises(TooLong):
        render.message(said)


@pytest.mark.parametrize(
    "said",
    [
        Message("x", (Form((), Button("b" * 25, Action("a"))),)),
        Message("x", (Form((), Button("b", Action("a", {"k": "v" * 3000}))),)),
        Message("x", tuple(Paragraph((Plain("p"),)) for _ in range(101))),
        Message("x", (Paragraph((Plain("p" * 250_000),)),)),
    ],
)
def test_a_dialog_too_large_is_an_error(said: Message) -> None:
    with pytest.raises(TooLong):
        render.dialog(said, HERE)


def test_a_dialog_with_two_forms_is_a_mistake() -> None:
    form = Form((), Button("Send", Action("a")))
    with pytest.raises(ValueError, match="one form"):
        render.dialog(Message("x", (form, form)), HERE)
