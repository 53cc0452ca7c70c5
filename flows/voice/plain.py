"""A message as bare text: for previews, for counting words, and for whoever listens instead of looking."""

from collections.abc import Callable, Iterator
from typing import assert_never

from flows.voice.message import (
    Block,
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
    Message,
    Note,
    Paragraph,
    Quote,
    Sealed,
    Words,
)
from flows.voice.say import flatten


def sentences(message: Message) -> tuple[str, ...]:
    """What is read as running text: headings, paragraphs, notes, quotes, list items and facts, in order."""
    return tuple(text for block in message.blocks for text in running(block, flatten))


def buttons(message: Message) -> tuple[Button, ...]:
    """Every button, in the order in which one meets them."""
    return tuple(button for block in message.blocks for button in _buttons(block))


def labels(message: Message) -> tuple[str, ...]:
    """Everything else that is shown: labels and hints of fields and options, labels of buttons, a chart's words."""
    return tuple(text for block in message.blocks for text in _labels(block))


def transcript(message: Message) -> str:
    """The whole message as lines of text; buttons stand in square brackets."""
    lines = [message.summary, ""]
    for block in message.blocks:
        lines.extend(running(block, flatten))
        shown = [f"[{button.label}]" for button in _buttons(block)]
        names = {button.label for button in _buttons(block)}
        lines.extend(f"  {label}" for label in _labels(block) if label not in names)
        if shown:
            lines.append("  " + " ".join(shown))
    return "\n".join(lines)


def running(block: Block, text: Callable[[Words], str]) -> Iterator[str]:
    """What is running text in a block, line by line, with its words written by `text`; nothing of the others."""
    match block:
        case Heading(title):
            yield title
        case Paragraph(words) | Note(words) | Quote(words) | Line(words, _):
            yield text(words)
        case Bullets(items):
            yield from (text(item) for item in items)
        case Facts(rows):
            yield from (f"{name}: {text(words)}" for name, words in rows)
        case Buttons() | Form() | Chart() | File() | Sealed():
            return
        case _:
            assert_never(block)


def _buttons(block: Block) -> Iterator[Button]:
    match block:
        case Buttons(row):
            yield from row
        case Line(_, button):
            yield button
        case Form(_, submit, others, keeps):
            yield from (submit, *keeps, *others)
        case _:
            return


def _labels(block: Block) -> Iterator[str]:
    yield from (button.label for button in _buttons(block))
    match block:
        case Form(fields):
            for field in fields:
                yield field.label
                if field.hint:
                    yield field.hint
                if isinstance(field, ChoiceField | ChoicesField):
                    for option in field.options:
                        yield option.label
                        if option.note:
                            yield option.note
        case Chart(title, _, categories, series, x_label, y_label):
            yield title
            yield from categories
            yield from (name for name, _ in series)
            yield from (label for label in (x_label, y_label) if label)
        case File(_, title, _):
            yield title
        case _:
            return
