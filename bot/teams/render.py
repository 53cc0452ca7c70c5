"""Messages as Adaptive Cards 1.5: pure; the one place that knows how each block of the vocabulary looks on Teams.

What people typed reaches Teams as runs of rich text, or escaped where there are none: see bot/teams/words.py. There is
no home tab here. A dialog is a card in a window beside the chat, of which nothing stays in the chat.
"""

from typing import Final, assert_never

from bot.spoken import alone, bare, in_words
from bot.teams import charts
from bot.teams.carried import FETCH, VERB, Window, carried
from bot.teams.fields import inputs
from bot.teams.limits import CARD_BYTES, ROW, Json, TooLong, filled, size
from bot.teams.words import SMALL, STRONG, TITLE, inert, line, rich, single
from flows.voice.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    ChoiceField,
    ChoicesField,
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
    Tone,
)
from handlers.acts import opens

CARD: Final = "application/vnd.microsoft.card.adaptive"
_OWN_TITLE: Final = "Alongside"
"""Of a dialog without a heading, whose first words would else stand there twice."""
_STYLES: Final[dict[Tone, Json]] = {
    Tone.MAIN: {"style": "positive"},
    Tone.GRAVE: {"style": "destructive"},
    Tone.PLAIN: {},
}


def message(said: Message, *, notifies: bool = False) -> Json:
    """The activity that says it: one card, and the summary as its notification. `notifies` puts it into the reader's
    activity feed too, which is for what is new and never for a change in place. Raises TooLong.

    Files are not in it: send.py offers them. There is no `text`, which Teams would show beside the card and read as
    Markdown.
    """
    feed = {"channelData": {"notification": {"alert": True}}} if notifies else {}
    attached = {"contentType": CARD, "content": card(said)}
    return {"type": "message", "summary": filled(said.summary, "A summary"), "attachments": [attached], **feed}


def card(said: Message) -> Json:
    """The Adaptive Card alone, as it also answers a press. Raises TooLong when it is larger than a card may be."""
    return _spoken_for(said, None)


def dialog(said: Message, window: Window, *, onward: tuple[str, Window] | None = None) -> Json:
    """The dialog that says it, as an invoke is answered that opens one or goes on in it. Raises TooLong.

    Its title is the heading. Buttons are Action.Submit: in a dialog Teams knows no other ("Use Adaptive Cards in
    dialogs", learn.microsoft.com). `onward` is the label of a last button, and the dialog with the page to which that
    leads.
    """
    title, summary, blocks = _OWN_TITLE, said.summary, said.blocks
    if blocks and isinstance(blocks[0], Heading) and len(blocks) > 1:
        title, summary, blocks = blocks[0].text, blocks[0].text, blocks[1:]
    turning = [] if onward is None else _rows([_button(Button(onward[0], onward[1].opener), onward[1])])
    drawn = _spoken_for(Message(summary, blocks), window, *turning)
    return {
        "title": filled(title, "A title"),
        "height": "medium",
        "width": "medium",
        "card": {"contentType": CARD, "content": drawn},
    }


def _spoken_for(said: Message, window: Window | None, *last: Json) -> Json:
    """The card with `fallbackText` for clients that draw none, which holds all words, or the summary where they do not
    fit; `last` stands below all else. Long lists lose their bold names before they lose their place."""
    drawn, length = _drawn(said, window)
    if last:
        drawn["body"] += last
        length = size(drawn)
    if length > CARD_BYTES:
        raise TooLong(f"A card has {length} bytes and may have {CARD_BYTES}")
    for text in (spoken(said), said.summary):
        beside = {"fallbackText": inert(text)}
        if length + size(beside) - 1 <= CARD_BYTES:  # a comma for its two braces
            return drawn | beside
    return drawn


def fits(said: Message, window: Window | None = None, *, spare: int = 0) -> bool:
    """Whether one card, or a page of a dialog, holds it and so many bytes more."""
    return _drawn(said, window)[1] + spare <= CARD_BYTES


def spoken(said: Message) -> str:
    """All that a message says, as text."""
    return in_words(said, _asked, charts.spoken)


def _simpler(piece: Block) -> Block:
    match piece:
        case Bullets(items):
            return Paragraph((Plain("\n".join(f"• {bare(item)}" for item in items)),))
        case Facts(rows):
            return Paragraph((Plain("\n".join(f"{name}: {bare(words)}" for name, words in rows)),))
        case _:
            return piece


def _drawn(said: Message, window: Window | None) -> tuple[Json, int]:
    """The card without its fallback text, as simple as it must be to fit, and its bytes."""
    full = _framed(said.blocks, said.summary, window)
    if (length := size(full)) <= CARD_BYTES:
        return full, length
    simple = _framed(tuple(map(_simpler, said.blocks)), said.summary, window)
    return simple, size(simple)


def _framed(blocks: tuple[Block, ...], summary: str, window: Window | None) -> Json:
    body = _body(blocks, window) or rich((Plain(summary),))
    return {"type": "AdaptiveCard", "version": "1.5", "msteams": {"width": "Full"}, "body": body}


def _body(blocks: tuple[Block, ...], window: Window | None) -> list[Json]:
    forms = [piece for piece in blocks if isinstance(piece, Form)]
    # A client checks every input of the card, whichever button was pressed: so it may check only where one form is all
    # there is, and nothing in it takes what is unfinished. The domain checks what comes in any case.
    checked = len(forms) == 1 and not forms[0].keeps
    body: list[Json] = []
    form = 0
    for piece in blocks:
        body.extend(_block(piece, form, window, checked=checked))
        form += isinstance(piece, Form)
    return body


def _block(piece: Block, form: int, window: Window | None, *, checked: bool) -> list[Json]:
    match piece:
        case Heading(text):
            return _heading(filled(text, "A heading"))
        case Paragraph(words):
            return rich(words)
        case Note(words):
            return rich(words, SMALL)
        case Quote(words):
            quoted = rich(words)
            return [{"type": "Container", "style": "emphasis", "items": quoted}] if quoted else []
        case Sealed():
            raise ValueError("These words are still sealed")
        case Bullets(items):
            return [_close(row) for item in items if bare(item) for row in rich((Plain("• "), *item))]
        case Facts(rows):
            return [_close(row) for name, words in rows for row in line(((Plain(f"{name}: "),), STRONG), (words, {}))]
        case Line(words, button):
            return [_beside(rich(words), {**_button(button, window), "tooltip": single(alone(button, words))})]
        case Buttons(buttons):
            return _rows([_button(button, window) for button in buttons])
        case Form(fields, submit, others, keeps):
            asked = [line for field in fields for line in inputs(field, form, checked=checked)]
            sending = [_button(button, window, form=form) for button in (submit, *keeps)]
            return [*asked, *_rows([*sending, *(_button(button, window) for button in others)])]
        case Chart():
            return [charts.drawn(piece)]
        case File():
            return []
        case _:
            assert_never(piece)


def _heading(text: str) -> list[Json]:
    # Only a TextBlock can be a heading for a screen reader, and it knows Markdown; the eye sees no difference.
    if inert(text) == text:
        return [{"type": "TextBlock", "style": "heading", "text": text, "wrap": True, **TITLE}]
    return rich((Plain(text),), TITLE)


def _close(row: Json) -> Json:
    return {**row, "spacing": "Small"}


def _beside(words: list[Json], button: Json) -> Json:
    pressed = {"type": "ActionSet", "actions": [button]}
    columns = [
        {"type": "Column", "width": "stretch", "verticalContentAlignment": "Center", "items": words},
        {"type": "Column", "width": "auto", "verticalContentAlignment": "Center", "items": [pressed]},
    ]
    return {"type": "ColumnSet", "columns": columns}


def _rows(buttons: list[Json]) -> list[Json]:
    starts = range(0, len(buttons), ROW)
    return [{"type": "ActionSet", "actions": buttons[start : start + ROW]} for start in starts]


def _button(button: Button, window: Window | None, form: int | None = None) -> Json:
    data = carried(button.action, form=form, window=window)
    name = filled(button.action.name, "An action's name")
    same: Json = {"title": filled(button.label, "A button's label"), **_STYLES[button.tone]}
    if form is None:
        # Without it a client would check and send the inputs of the card.
        same["associatedInputs"] = "none"
    if window is not None:
        return {"type": "Action.Submit", **same, "data": {**data, VERB: name}}
    if opens(button.action):
        return {"type": "Action.Submit", **same, "data": {**data, VERB: name, **FETCH}}
    # A client that is too old for Execute sends the same as a message; Teams then changes no card by itself.
    fallback = {"type": "Action.Submit", **same, "data": {**data, VERB: name}}
    return {"type": "Action.Execute", "verb": name, **same, "data": data, "fallback": fallback}


def _asked(field: Field) -> list[str]:
    label = f"{field.label}: {field.hint}" if field.hint else field.label
    if not isinstance(field, ChoiceField | ChoicesField):
        return [label]
    return [label, *(f"{option.label}: {option.note}" if option.note else option.label for option in field.options)]
