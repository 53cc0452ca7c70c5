"""Every message keeps to the voice: short, plain, a way out, whole in its summary, translated to the last word."""

import ast
import re
from pathlib import Path

import pytest

from flows.voice import gallery, plain
from flows.voice.gallery.example import Example, Shown
from flows.voice.message import Heading, Tone
from flows.voice.say import ENGLISH, Catalogue, Say

ENGLISH_SAY = Say(ENGLISH, "Europe/Lisbon")
PSEUDO_SAY = Say(
    Catalogue("en", lambda text: f"⟦{text}⟧", lambda one, other, n: f"⟦{one if n == 1 else other}⟧"), "Europe/Lisbon"
)
EXAMPLES = gallery.examples(ENGLISH_SAY)
PSEUDO_EXAMPLES = gallery.examples(PSEUDO_SAY)
PROACTIVE = [name for name, example in EXAMPLES.items() if example.shown is Shown.PROACTIVE]


def words_of(example: Example) -> list[str]:
    return re.findall(r"[\w’'-]+", " ".join(plain.sentences(example.message)))


def grade(text: str) -> float:
    """Automated readability index: 4.71 letters a word + 0.5 words a sentence - 21.43."""
    words = re.findall(r"[\w’'-]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


@pytest.mark.parametrize("name", PROACTIVE)
def test_when_the_bot_speaks_first_it_takes_sixty_words_at_most(name: str) -> None:
    assert len(words_of(EXAMPLES[name])) <= 60


@pytest.mark.parametrize("name", PROACTIVE)
def test_when_the_bot_speaks_first_a_twelve_year_old_can_read_it(name: str) -> None:
    text = ". ".join(sentence.rstrip(".") for sentence in plain.sentences(EXAMPLES[name].message)) + "."
    assert grade(text) <= 7


@pytest.mark.parametrize("name", PROACTIVE)
def test_when_the_bot_speaks_first_there_is_a_way_out(name: str) -> None:
    buttons = plain.buttons(EXAMPLES[name].message)
    assert len(buttons) >= 2
    assert buttons[-1].tone is Tone.PLAIN


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_message_has_a_summary_that_stands_alone(name: str) -> None:
    summary = EXAMPLES[name].message.summary
    assert len(summary.split()) >= 3
    assert len(summary) <= 600


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if example.shown is Shown.DIALOG])
def test_every_dialog_has_a_title_that_fits(name: str) -> None:
    first = EXAMPLES[name].message.blocks[0]
    assert isinstance(first, Heading)
    assert len(first.text) <= 24


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_message_uses_the_words_that_we_do_not_use(name: str) -> None:
    message = EXAMPLES[name].message
    everything = " ".join((message.summary, *plain.sentences(message), *plain.labels(message)))
    banned = (
        r"(?i)\b(excited|unlock|leverage|touch base|gentle reminder|just checking in|unfortunately|invalid|denied"
        r"|unauthori[sz]ed|oops|click here|user|batch)\b"
    )
    assert re.search(banned, everything) is None
    assert everything.count("!") <= 1 + everything.count("<!channel>")
    assert not {button.label for button in plain.buttons(message)} & {"OK", "Submit", "Yes", "No", "Dismiss"}


def typed() -> list[str]:
    """What the examples fill in: every text that stands in the gallery's own files, the longest first."""
    found: set[str] = set()
    for file in Path(gallery.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return sorted(found | {name.split()[0] for name in found if name}, key=len, reverse=True)


DATES = (
    r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|\b(and|or|W)\b"
)


TYPED = typed()


def unmarked(text: str) -> str:
    """What is left of a text when marked wordings, people's words, dates and figures are taken away."""
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        if shorter == text:
            break
        text = shorter
    for word in TYPED:
        if len(word) > 1:
            text = text.replace(word, " ")
    return re.sub(r"[\W\d_]+", "", re.sub(DATES, " ", text))


@pytest.mark.parametrize("name", EXAMPLES)
def test_under_a_pseudo_language_no_untranslated_text_is_left(name: str) -> None:
    message = PSEUDO_EXAMPLES[name].message
    for text in (message.summary, *plain.sentences(message), *plain.labels(message)):
        assert unmarked(text) == "", text
