"""A message without its look: what a screen reader reads, and a client that draws no blocks."""

from collections.abc import Callable, Sequence
from typing import assert_never

from flows.voice.message import (
    Block,
    Bullets,
    Buttons,
    Chart,
    Facts,
    Field,
    File,
    Form,
    Heading,
    Line,
    Link,
    Mention,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Sealed,
    Span,
    Strong,
    When,
    Words,
)

Asked = Callable[[Field], Sequence[str]]
Charted = Callable[[Chart], Sequence[str]]


def in_words(said: Message, asked: Asked, charted: Charted) -> str:
    """All that a message says, as text; a platform tells in which lines it says a field and a chart."""
    lines = [line for block in said.blocks for line in _spoken(block, asked, charted)]
    return "\n".join([said.summary, *(line for line in lines if line and line != said.summary)])


def bare(words: Words) -> str:
    """The words without any markup; a link shows its address, so that nothing is lost."""
    return "".join(_bare(span) for span in words)


def _spoken(block: Block, asked: Asked, charted: Charted) -> Sequence[str]:
    match block:
        case Heading(text):
            return [text]
        case Paragraph(words) | Note(words) | Quote(words) | Line(words, _):
            return [bare(words)]
        case Sealed():
            raise ValueError("These words are still sealed")
        case Bullets(items):
            return [bare(item) for item in items]
        case Facts(rows):
            return [f"{name}: {bare(words)}" for name, words in rows]
        case Form(fields):
            return [line for field in fields for line in asked(field)]
        case Chart():
            return charted(block)
        case Buttons() | File():
            return []
        case _:
            assert_never(block)


def _bare(span: Span) -> str:
    match span:
        case Plain(text) | Strong(text) | When(_, text) | Mention(_, text):
            return text
        case Link(text, url):
            return text if url == f"mailto:{text}" else f"{text} ({url})"
        case _:
            assert_never(span)
