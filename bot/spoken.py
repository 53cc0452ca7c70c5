"""A message without its look: what a screen reader reads, and a client that draws no blocks."""

from collections.abc import Callable, Iterable, Sequence

from flows.voice.message import Block, Button, Chart, Field, Form, Message, Sealed, Words
from flows.voice.plain import running
from flows.voice.say import spelled

Asked = Callable[[Field], Sequence[str]]
Charted = Callable[[Chart], Sequence[str]]
LONGEST_SPOKEN = 75
"""Characters of what is said of a button: Slack takes no more ("Button element", docs.slack.dev)."""


def in_words(said: Message, asked: Asked, charted: Charted) -> str:
    """All that a message says, as text; a platform tells in which lines it says a field and a chart."""
    lines = [line for block in said.blocks for line in _spoken(block, asked, charted)]
    return "\n".join([said.summary, *(line for line in lines if line and line != said.summary)])


def bare(words: Words) -> str:
    """The words without any markup; a link shows its address, so that nothing is lost."""
    return spelled(words, link=_link)


def alone(button: Button, beside: Words) -> str:
    """What a screen reader says of a button that stands beside a sentence, where its label alone is that of many."""
    told = f"{button.label}. {bare(beside)}"
    return told if len(told) <= LONGEST_SPOKEN else f"{told[: LONGEST_SPOKEN - 1]}…"


def _spoken(block: Block, asked: Asked, charted: Charted) -> Iterable[str]:
    match block:
        case Sealed():
            raise ValueError("These words are still sealed")
        case Form(fields):
            return [line for field in fields for line in asked(field)]
        case Chart():
            return charted(block)
        case _:
            return running(block, bare)


def _link(text: str, url: str) -> str:
    return text if url == f"mailto:{text}" else f"{text} ({url})"
