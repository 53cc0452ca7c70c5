"""Messages as Block Kit: pure; the one place that knows how each block of the vocabulary looks on Slack.

What people typed reaches Slack as rich text elements or `plain_text` only: see bot/slack/words.py.
"""

import json
from enum import Enum
from typing import assert_never

from bot.slack import limits
from bot.slack.fields import digest, input_block
from bot.slack.limits import Json, TooLong, few, fitting
from bot.slack.origin import Origin, packed
from bot.slack.words import elements, escaped, plain
from bot.spoken import alone, bare, in_words
from flows.voice.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Facts,
    Field,
    File,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Sealed,
    TextField,
    Tone,
    Words,
)

FORM = "form"
"""The mark of a submit button in its action_id: `name#formN` sends the inputs of form N, `name#N` sends none."""
_STYLES = {Tone.MAIN: {"style": "primary"}, Tone.GRAVE: {"style": "danger"}, Tone.PLAIN: {}}
_OWN_TITLE = "Alongside"


class _Surface(Enum):
    MESSAGE = "message"
    EPHEMERAL = "ephemeral"
    DIALOG = "dialog"
    HOME = "home"


def message(said: Message, *, ephemeral: bool = False) -> Json:
    """`{"text": …, "blocks": […]}` for a conversation. Raises TooLong when Slack would refuse it.

    `text` is the notification and all that a screen reader reads, so it holds the words of the blocks too, or the
    summary alone where they do not fit. Files are no blocks: send.py uploads them.
    """
    blocks = _blocks(said.blocks, said.summary, _Surface.EPHEMERAL if ephemeral else _Surface.MESSAGE)
    few(blocks, limits.MESSAGE_BLOCKS, "The blocks of a message")
    if (length := limits.characters(blocks)) > limits.MESSAGE_CHARACTERS:
        raise TooLong(f"A message has {length} characters and may have {limits.MESSAGE_CHARACTERS}")
    whole = escaped(spoken(said))
    text = whole if len(whole) <= limits.TEXT else escaped(said.summary)
    return {"text": fitting(text, limits.TEXT, "The summary of a message"), "blocks": blocks}


def dialog(said: Message, origin: Origin) -> Json:
    """A modal view. Its title is the first heading when it fits there (24 characters), else the heading stays on the
    page; its submit is that of its one Form, and without a Form it is a page to read. Raises TooLong.

    `close` is left out: Slack then writes it in the reader's own language.
    """
    forms = [block for block in said.blocks if isinstance(block, Form)]
    if len(forms) > 1:
        raise ValueError("A dialog sends one form")
    first = next((block for block in said.blocks if isinstance(block, Heading)), None)
    titled = first is not None and len(first.text) <= limits.TITLE
    shown = tuple(block for block in said.blocks if not (titled and block is first))
    view: Json = {
        "type": "modal",
        "title": plain(first.text if first is not None and titled else _OWN_TITLE, limits.TITLE, "A dialog's title"),
        "callback_id": fitting(forms[0].submit.action.name if forms else "page", limits.NAME, "An action's name"),
        "private_metadata": packed(origin, forms[0].submit.action.args if forms else {}),
        "blocks": _blocks(shown, said.summary, _Surface.DIALOG),
    }
    if forms:
        view["submit"] = plain(forms[0].submit.label, limits.TITLE, "A dialog's submit")
    if any(isinstance(field, TextField) and field.long for form in forms for field in form.fields):
        # What takes a while to write is worth hearing of when somebody closes it: see `Closed`.
        view["notify_on_close"] = True
    return _view(view)


def home(said: Message) -> Json:
    """The view of the App Home tab. Raises TooLong."""
    return _view({"type": "home", "blocks": _blocks(said.blocks, said.summary, _Surface.HOME)})


def spoken(said: Message) -> str:
    """All that a message says, as text: what a screen reader reads instead of the blocks."""
    return in_words(said, _asked, _charted)


def _view(view: Json) -> Json:
    few(view["blocks"], limits.VIEW_BLOCKS, "The blocks of a view")
    if (size := len(json.dumps(view).encode())) > limits.VIEW_BYTES:
        raise TooLong(f"A view has {size} bytes and may have {limits.VIEW_BYTES}")
    return view


def _blocks(said: tuple[Block, ...], summary: str, surface: _Surface) -> list[Json]:
    drawn: list[Json] = []
    forms = 0
    for block in said:
        drawn.extend(_block(block, surface, forms))
        forms += isinstance(block, Form)
    if not drawn:
        # Slack wants a block in every view, and would format the text of a message that has none.
        drawn = _rich("rich_text_section", (Plain(summary),))
    # A new block_id for new content, as Slack asks for when a message is updated; the place keeps them apart.
    return [{"block_id": f"{place}.{digest(block)}", **block} for place, block in enumerate(drawn)]


def _block(block: Block, surface: _Surface, form: int) -> list[Json]:
    match block:
        case Heading(text):
            return [{"type": "header", "text": plain(text, limits.HEADER, "A heading")}]
        case Paragraph(words):
            return _rich("rich_text_section", words)
        case Quote(words):
            return _rich("rich_text_quote", words)
        case Note(words):
            return [{"type": "context", "elements": [plain(bare(words), what="A note")]}] if bare(words) else []
        case Sealed():
            raise ValueError("These words are still sealed")
        case Bullets(items):
            listed: list[Json] = [_section(elements(item)) for item in items if bare(item)]
            return [_rich_text({"type": "rich_text_list", "style": "bullet", "elements": listed})] if listed else []
        case Facts(rows):
            return [_facts(rows)] if rows else []
        case Line(words, button):
            # Beside a button Slack takes bare text or mrkdwn; bare text it is, where nothing can turn into markup.
            beside = plain(bare(words), what="A line")
            pressed = {**_button(button, "0"), "accessibility_label": alone(button, words)}
            return [{"type": "section", "text": beside, "accessory": pressed}]
        case Buttons(buttons):
            return _row([_button(button, str(place)) for place, button in enumerate(buttons)])
        case Form(fields, submit, others, keeps):
            inputs = [input_block(field, form, dialog=surface is _Surface.DIALOG) for field in fields]
            # A dialog has a submit of its own, below the page.
            first = [] if surface is _Surface.DIALOG else [_button(submit, f"{FORM}{form}")]
            first.extend(_button(button, f"{FORM}{form}") for button in keeps)
            return [*inputs, *_row([*first, *(_button(button, str(place)) for place, button in enumerate(others))])]
        case Chart():
            # Slack draws charts in messages only, and does not say whether in those that one person sees; elsewhere
            # their numbers stand as lines.
            return [_chart(block)] if surface is _Surface.MESSAGE else [_facts(_numbers(block))]
        case File():
            return []
        case _:
            assert_never(block)


def _section(shown: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": shown}


def _rich_text(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def _rich(kind: str, words: Words) -> list[Json]:
    shown = elements(words)
    return [_rich_text({"type": kind, "elements": shown})] if shown else []


def _facts(rows: tuple[tuple[str, Words], ...]) -> Json:
    shown: list[Json] = []
    for name, words in rows:
        end = [{"type": "text", "text": "\n"}] if shown else []
        bold = {"type": "text", "text": f"{name}: ", "style": {"bold": True}}
        shown.extend([*end, bold, *elements(words)])
    return _rich_text(_section(shown))


def _row(buttons: list[Json]) -> list[Json]:
    few(buttons, limits.BUTTONS, "The buttons of a row")
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _button(button: Button, mark: str) -> Json:
    # Slack wants each action_id in a block to differ, so the place in the row rides along.
    drawn: Json = {
        "type": "button",
        "text": plain(button.label, limits.BUTTON_LABEL, "A button's label"),
        "action_id": fitting(f"{button.action.name}#{mark}", limits.NAME, "An action's name"),
        **_STYLES[button.tone],
    }
    if button.action.args:
        value = json.dumps(dict(button.action.args), separators=(",", ":"))
        drawn["value"] = fitting(value, limits.VALUE, f"What {button.action.name} carries")
    return drawn


def _chart(chart: Chart) -> Json:
    """Slack's own chart block: docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""
    if chart.kind not in ("bar", "line"):
        raise ValueError(f"A chart is a bar or a line chart, not {chart.kind!r}")
    few(chart.series, limits.CHART_SERIES, "The series of a chart")
    categories = [fitting(name, limits.CHART_LABEL, "A chart's category") for name in chart.categories]
    named = {"x_label": chart.x_label, "y_label": chart.y_label}
    axes = {key: fitting(text, limits.CHART_TITLE, "An axis label") for key, text in named.items() if text}
    series = [
        {
            "name": fitting(name, limits.CHART_LABEL, "A series"),
            "data": [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)],
        }
        for name, values in chart.series
    ]
    return {
        "type": "data_visualization",
        "title": fitting(chart.title, limits.CHART_TITLE, "A chart's title"),
        "chart": {"type": chart.kind, "series": series, "axis_config": {"categories": categories, **axes}},
    }


def _numbers(chart: Chart) -> tuple[tuple[str, Words], ...]:
    rows = ((name, zip(chart.categories, values, strict=True)) for name, values in chart.series)
    return tuple((name, (Plain(", ".join(f"{label} {value:g}" for label, value in pairs)),)) for name, pairs in rows)


def _asked(field: Field) -> list[str]:
    return [f"{field.label}: {field.hint}" if field.hint else field.label]


def _charted(chart: Chart) -> list[str]:
    return [f"{name}: {bare(words)}" for name, words in _numbers(chart)]
