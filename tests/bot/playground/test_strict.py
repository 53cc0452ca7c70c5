"""What Slack accepts and refuses: one line a rule, each with the words that name it."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.refusals import SlackError
from bot.playground.strict.surfaces import LONGEST_BLOCKS, check_message, check_metadata, check_view

Json = dict[str, Any]


def plain(text: str = "Hello") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Hello") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", text: str = "A") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(str(n), f"Option {n}") for n in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def asking(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Name"), "element": element, **more}


def writing(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def select(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "options": options(2), **more}


def rich(*pieces: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def chart(**more: Any) -> Json:
    drawn = {
        "type": "bar",
        "series": [{"name": "Met", "data": [{"label": "W1", "value": 3}, {"label": "W2", "value": 4}]}],
        "axis_config": {"categories": ["W1", "W2"], "x_label": "Week", "y_label": "Meetings"},
    }
    return {"type": "data_visualization", "title": "Meetings", "chart": {**drawn, **more}}


def pie(*values: float) -> Json:
    segments = [{"label": f"P{n}", "value": v} for n, v in enumerate(values)]
    return {"type": "data_visualization", "title": "Pulse", "chart": {"type": "pie", "segments": segments}}


CONFIRM = {"title": plain("Sure?"), "text": plain("It ends"), "confirm": plain("End it"), "deny": plain("Keep it")}

FINE = {
    "everything about a section": section(fields=[mrkdwn()], accessory=button(confirm=CONFIRM, style="danger")),
    "a row of controls": actions(
        button(action_id="a", value="1", url="https://example.org"),
        select(action_id="b", placeholder=plain("Role"), initial_option=option("1", "Option 1")),
        {"type": "users_select", "action_id": "c"},
        {"type": "overflow", "options": options(5), "action_id": "d"},
        {"type": "datepicker", "initial_date": "2026-05-14", "action_id": "e"},
        {"type": "timepicker", "initial_time": "09:30", "action_id": "f"},
    ),
    "a question": asking(writing(min_length=1, max_length=3000, multiline=True), hint=plain(), optional=True),
    "a number": asking({"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "5"}),
    "groups of options": asking(
        {"type": "multi_static_select", "option_groups": [{"label": plain(), "options": options(2)}]}
    ),
    "ten boxes": asking({"type": "checkboxes", "options": options(10), "initial_options": options(1)}),
    "context": {"type": "context", "elements": [mrkdwn(), plain()]},
    "a picture": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A desk", "title": plain()},
    "rich text": rich(
        {"type": "text", "text": "Hello "},
        {"type": "user", "user_id": "U0INES"},
        {"type": "text", "text": " ", "style": {"bold": True}},
        {"type": "date", "timestamp": 1778486400, "format": "{date} {time}", "fallback": "14 May"},
    ),
    "a list": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "two"}]},
        ],
    },
    "markdown": {"type": "markdown", "text": "**bold**"},
    "a chart": chart(),
    "a pie": pie(1, 2),
}

REFUSED = {
    "an unknown block": ({"type": "table", "rows": []}, "table is no block that may stand here"),
    "a block without a type": ({}, "must be an object with a type"),
    "a field nobody knows": (section(colour="red"), "blocks[0] section.colour: is a field that Slack does not know"),
    "an empty text": (section(text=mrkdwn("")), "section.text mrkdwn.text: must be at least 1 characters"),
    "a blank text": (section(text=mrkdwn("  ")), "must be at least 1 characters"),
    "a long text": (section(text=mrkdwn("x" * 3001)), "must be at most 3000 characters, has 3001"),
    "a section with nothing": ({"type": "section"}, "needs text or fields"),
    "eleven fields": (section(fields=[mrkdwn()] * 11), "must have 1 to 10 items, has 11"),
    "a long field": (section(fields=[mrkdwn("x" * 2001)]), "at most 2000"),
    "a field to type beside a section": (section(accessory=writing()), "plain_text_input is no element"),
    "a header with markup": ({"type": "header", "text": mrkdwn()}, "must be one of plain_text"),
    "eleven things in a context": ({"type": "context", "elements": [plain()] * 11}, "must have 1 to 10"),
    "a button in a context": ({"type": "context", "elements": [button()]}, "button is no element"),
    "26 buttons": (actions(*[button(action_id=str(n)) for n in range(26)]), "must have 1 to 25 items, has 26"),
    "no buttons": (actions(), "must have 1 to 25 items, has 0"),
    "one action id twice": (actions(button(action_id="a"), button(action_id="a")), "action_id a is used twice"),
    "a long label on a button": (actions(button(text=plain("x" * 76))), "at most 75 characters, has 76"),
    "markup on a button": (actions(button(text=mrkdwn())), "must be one of plain_text"),
    "a long value on a button": (actions(button(value="x" * 2001)), "at most 2000"),
    "a style nobody knows": (actions(button(style="default")), "must be one of primary, danger"),
    "a long label for screen readers": (actions(button(accessibility_label="x" * 76)), "at most 75"),
    "half a confirmation": (actions(button(confirm={"title": plain()})), "needs the field confirm"),
    "a long yes": (actions(button(confirm={**CONFIRM, "confirm": plain("x" * 31)})), "at most 30"),
    "101 options": (actions(select(options=options(101))), "must have 1 to 100 items"),
    "no options": (actions(select(options=[])), "must have 1 to 100 items"),
    "options and groups": (
        actions(select(option_groups=[{"label": plain(), "options": options(1)}])),
        "needs either options or option_groups",
    ),
    "a first choice that is not offered": (
        actions(select(initial_option=option("z", "Z"))),
        "initial_option: is not one of the options",
    ),
    "the same value twice": (actions(select(options=[option("a"), option("a")])), "two options have the value a"),
    "a long option": (actions(select(options=[option(text="x" * 76)])), "at most 75"),
    "a long value of an option": (actions(select(options=[option(value="x" * 76)])), "at most 75"),
    "eleven boxes": (asking({"type": "checkboxes", "options": options(11)}), "must have 1 to 10"),
    "eleven radio buttons": (asking({"type": "radio_buttons", "options": options(11)}), "must have 1 to 10"),
    "six in an overflow menu": (actions({"type": "overflow", "options": options(6)}), "must have 1 to 5"),
    "a long placeholder": (actions(select(placeholder=plain("x" * 151))), "at most 150"),
    "typing among buttons": (actions(writing()), "plain_text_input is no element"),
    "a button as a question": (asking(button()), "button is no element"),
    "a question without a label": ({"type": "input", "element": writing()}, "needs the field label"),
    "a long question": (asking(writing(), label=plain("x" * 2001)), "at most 2000"),
    "more than 3,000 to type": (asking(writing(max_length=3001)), "must be between 1 and 3000, is 3001"),
    "a least above the most": (asking(writing(min_length=9, max_length=3)), "must not be above max_length"),
    "a first text above the most": (
        asking(writing(initial_value="abcd", max_length=3)),
        "initial_value: must be at most max_length",
    ),
    "a file outside a modal": (asking({"type": "file_input"}), "file_input is no element that may stand here"),
    "a number without a kind": (asking({"type": "number_input"}), "needs the field is_decimal_allowed"),
    "a bound that is no text": (
        asking({"type": "number_input", "is_decimal_allowed": True, "min_value": 1}),
        "must look like a number in a string",
    ),
    "a date as people write it": (
        actions({"type": "datepicker", "initial_date": "14 May"}),
        "must look like 2026-05-14",
    ),
    "a picture without words": ({"type": "image", "image_url": "https://a.example"}, "needs the field alt_text"),
    "an address that is none": (actions(button(url="example.org")), "must be a web address"),
    "an empty piece of rich text": (rich({"type": "text", "text": ""}), "must be at least 1 characters"),
    "an unknown piece of rich text": (rich({"type": "colour"}), "colour is no piece of rich text"),
    "a chart with a long title": ({**chart(), "title": "x" * 51}, "at most 50"),
    "seven series": (chart(series=[{"name": str(n), "data": []} for n in range(7)]), "must have 1 to 6 items, has 7"),
    "a series that misses a category": (
        chart(series=[{"name": "Met", "data": [{"label": "W1", "value": 3}]}]),
        "needs one point for each category",
    ),
    "two series of one name": (chart(series=chart()["chart"]["series"] * 2), "two series have the same name"),
    "a long category": (
        chart(axis_config={"categories": ["x" * 21, "W2"]}),
        "categories[0]: must be at most 20 characters",
    ),
    "a number as text in a chart": (pie("3"), "must be a number"),  # type: ignore[arg-type]
    "a negative slice": (pie(-1), "must not be negative"),
    "seven slices": (pie(*range(7)), "must have 1 to 6 items, has 7"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_slack_takes_is_taken(name: str) -> None:
    check_message("Hello", [FINE[name]])


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_refuses_is_refused_with_the_rule(name: str) -> None:
    block, words = REFUSED[name]
    with pytest.raises(SlackError) as caught:
        check_message("Hello", [block])
    assert caught.value.error == "invalid_blocks"
    assert any(words in finding for finding in caught.value.findings), caught.value.findings


def _nodes(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *[p for key, one in inner for p in _nodes(one, (*path, key))]]


def _with(value: Any, path: tuple[str | int, ...], other: Any) -> Any:
    if not path:
        return other
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], other)
    return copy


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "value"]), inner),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_whatever_stands_anywhere_is_taken_or_refused_but_breaks_nothing(data: st.DataObject) -> None:
    block = FINE[data.draw(st.sampled_from(sorted(FINE)))]
    odd = _with(block, data.draw(st.sampled_from(_nodes(block))), data.draw(ANYTHING))
    with contextlib.suppress(SlackError):
        check_message("Hello", [odd, odd])
    with contextlib.suppress(SlackError):
        check_view({"type": "home", "blocks": [odd]}, home=True)


def test_a_message_has_fifty_blocks_with_different_ids() -> None:
    check_message("Hello", [{"type": "divider"}] * 50)
    with pytest.raises(SlackError, match="must have 0 to 50 items, has 51"):
        check_message("Hello", [{"type": "divider"}] * 51)
    with pytest.raises(SlackError, match="b1 is used twice"):
        check_message("Hello", [{"type": "divider", "block_id": "b1"}] * 2)
    with pytest.raises(SlackError, match="invalid_blocks_format"):
        check_message("Hello", {"type": "divider"})


def test_a_message_has_a_length_as_a_whole() -> None:
    part = section(text=mrkdwn("x" * 2640))
    check_message("Hello", [part] * (LONGEST_BLOCKS // 2640))
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        check_message("Hello", [part] * (LONGEST_BLOCKS // 2640 + 1))
    with pytest.raises(SlackError, match="all markdown blocks together"):
        check_message("Hello", [{"type": "markdown", "text": "x" * 6001}] * 2)


def test_charts_are_for_messages_that_stay() -> None:
    with pytest.raises(SlackError, match="data_visualization is no block that may stand here"):
        check_message("Hello", [chart()], ephemeral=True)
    with pytest.raises(SlackError, match="data_visualization is no block that may stand here"):
        check_view({"type": "home", "blocks": [chart()]}, home=True)
    with pytest.raises(SlackError, match="more than two charts"):
        check_message("Hello", [chart()] * 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": plain("x" * 25)}, "title.text: must be at most 24 characters"),
        ({"submit": plain("x" * 25)}, "submit.text: must be at most 24 characters"),
        ({"close": plain("x" * 25)}, "close.text: must be at most 24 characters"),
        ({"private_metadata": "x" * 3001}, "at most 3000"),
        ({"callback_id": "x" * 256}, "at most 255"),
        ({"blocks": []}, "must have 1 to 100 items"),
        ({"blocks": [{"type": "divider"}] * 101}, "must have 1 to 100 items, has 101"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "markdown is no block that may stand here"),
        ({"type": "home"}, "must be one of modal"),
        ({"colour": "red"}, "is a field that Slack does not know"),
    ],
)
def test_a_modal_keeps_its_limits(changes: Json, words: str) -> None:
    view = {"type": "modal", "title": plain("Letter"), "submit": plain("Send"), "blocks": [asking(writing())]}
    check_view(view)
    with pytest.raises(SlackError) as caught:
        check_view({**view, **changes})
    assert caught.value.error == "invalid_arguments"
    assert words in str(caught.value)


def test_a_modal_that_asks_can_be_sent() -> None:
    view = {"type": "modal", "title": plain("Letter"), "blocks": [asking(writing())]}
    with pytest.raises(SlackError, match="needs submit"):
        check_view(view)
    check_view({**view, "blocks": [section()]})
    check_view({"type": "home", "blocks": [asking(writing())]}, home=True)


def test_a_view_has_a_size() -> None:
    many = [section(text=mrkdwn("x" * 3000)) for _ in range(90)]
    with pytest.raises(SlackError, match="view_too_large"):
        check_view({"type": "home", "blocks": many}, home=True)
    with pytest.raises(SlackError, match="must be an object"):
        check_view(None)


def test_metadata_has_a_type_and_a_payload() -> None:
    check_metadata({"event_type": "sent", "event_payload": {"id": "1"}})
    with pytest.raises(SlackError, match="invalid_metadata_format"):
        check_metadata({"event_type": "sent"})
    with pytest.raises(SlackError, match="metadata_too_large"):
        check_metadata({"event_type": "sent", "event_payload": {"id": "x" * 9000}})


def taking_file(**more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [asking({"type": "file_input", **more})]}


@pytest.mark.parametrize("more", [{}, {"filetypes": ["csv", "txt"], "max_files": 1}, {"action_id": "table"}])
def test_a_modal_takes_a_file(more: Json) -> None:
    check_view(taking_file(**more))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"max_files": 0}, "must be between 1 and 10, is 0"),
        ({"max_files": 11}, "must be between 1 and 10, is 11"),
        ({"filetypes": []}, "must have 1 to 50 items, has 0"),
        ({"filetypes": [".csv"]}, "must look like an ending such as csv"),
        ({"placeholder": plain()}, "is a field that Slack does not know here"),
    ],
)
def test_a_file_of_another_form_is_refused(more: Json, words: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(taking_file(**more))
    assert words in str(refused.value)


def test_the_home_takes_no_file() -> None:
    with pytest.raises(SlackError):
        check_view({"type": "home", "blocks": [asking({"type": "file_input"})]}, home=True)
