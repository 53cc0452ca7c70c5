"""Words as an Adaptive Card shows them, so that nothing a person typed can become markup, a link or a date.

Running text is always a RichTextBlock, whose runs know no Markdown. A TextBlock and a FactSet do know it (for both the
name and the value), so neither ever holds what people typed: facts are lines of runs too. What no client leaves alone,
in runs as well, are the functions {{DATE(…)}} and {{TIME(…)}}: two braces never stand beside each other in one run.
learn.microsoft.com/adaptive-cards/authoring-cards/text-features, "Format cards in Teams".
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, assert_never

from bot.teams.limits import Json
from flows.voice.message import Link, Mention, Plain, Strong, When, Words

STRONG: Final[Json] = {"weight": "Bolder"}
SMALL: Final[Json] = {"size": "Small", "isSubtle": True}
TITLE: Final[Json] = {"size": "Large", "weight": "Bolder"}
_LINKED: Final[Json] = {"color": "Accent", "underline": True}
_BETWEEN_BRACES: Final = re.compile(r"(?<=\{)(?=\{)")
_JOINED: Final = "\N{WORD JOINER}"
"""Takes no room and lets no line break."""
_INLINE: Final = re.compile(r"([\\`*_\[\]<>~|]|&(?=#?\w+;))")
_AT_LINE_START: Final = re.compile(r"^(\s*)([#+=-]|\d{1,9}[.)])", re.MULTILINE)


def rich(words: Words, look: Json | None = None) -> list[Json]:
    """A block of text, or nothing where there are no words. `look` is laid on every run."""
    return line((words, look or {}))


def line(*parts: tuple[Words, Json]) -> list[Json]:
    """One block of text out of parts that look different, or nothing where there are no words."""
    pieces = [piece for words, look in parts for piece in _pieces(words, look)]
    shown = [
        _run(part, dict(look))
        for look, alike in groupby(pieces, key=lambda piece: piece[1])
        for part in _BETWEEN_BRACES.split("".join(text for text, _ in alike))
        if part
    ]
    return [{"type": "RichTextBlock", "inlines": shown}] if shown else []


def _run(text: str, look: Json) -> Json | str:
    # "A TextRun with no properties set can be represented as string": definitions/TextRun of the 1.5 schema.
    return {"type": "TextRun", "text": text, **look} if look else text


def _pieces(words: Words, look: Json) -> Iterator[tuple[str, Json]]:
    for span in words:
        match span:
            case Plain(text) | When(_, text):
                yield text, look
            case Strong(text) | Mention(_, text):
                # A mention in the sense of Teams would notify them of a card that is not theirs.
                yield text, {**look, **STRONG}
            case Link(text, url):
                opens = {"type": "Action.OpenUrl", "url": url}
                yield text or url, {**look, **_LINKED, "selectAction": opens}
            case _:
                assert_never(span)


def single(text: str) -> str:
    """Text for a place that is one string without Markdown but with dates and times, such as an input's label."""
    return _BETWEEN_BRACES.sub(_JOINED, text)


def inert(text: str) -> str:
    """Text for a place where clients may read Markdown: the choices of an open list, the line about a wrong input, the
    card's fallback. Only what Markdown would take for its own is escaped, so nearly every text stays as it is."""
    return _AT_LINE_START.sub(_held_at_start, _INLINE.sub(r"\\\1", single(text)))


def _held_at_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign[:-1]}\\{sign[-1]}"
