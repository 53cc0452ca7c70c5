"""A page too long for one card is read in several, with every word in its place."""

from itertools import pairwise
from typing import Any

import pytest

from bot.teams import render
from bot.teams.limits import CARD_BYTES, TooLong, size
from bot.teams.parts import parts
from flows.voice import plain
from flows.voice.message import Action, Bullets, Button, Buttons, Facts, Heading, Message, Paragraph, Plain, Quote
from tests.bot.teams.test_gallery import GALLERY

WINS = tuple((Plain(f"{number}. " + "ö" * 295),) for number in range(50))
SEEN = tuple((Paragraph((Plain(f"Strength {number}"),)), Quote((Plain("w" * 1_400),))) for number in range(10))
SCORES = tuple((f"Skill {number}", (Plain("3 and 4"),)) for number in range(20))
LOG = Message(
    "Strengths and the log of wins",
    (
        Heading("Strengths and wins"),
        *(block for pair in SEEN for block in pair),
        Facts(SCORES),
        Bullets(WINS),
        Buttons((Button("Our notes", Action("notes.open", {"match": "m-1"})),)),
    ),
)


def test_what_fits_is_one_message() -> None:
    for example in GALLERY.values():
        assert parts(example.message) == (example.message,)


def test_a_page_too_long_is_several_messages_with_every_word_in_order() -> None:
    told = parts(LOG)
    assert len(told) == 2
    assert [line for part in told for line in plain.sentences(part)] == list(plain.sentences(LOG))
    assert [button.label for button in plain.buttons(told[-1])] == ["Our notes"]
    assert all(part.summary == LOG.summary for part in told)
    drawn: list[dict[str, Any]] = [render.card(part) for part in told]
    assert all(size(card) <= CARD_BYTES for card in drawn)
    # Lists stay lists: no card holds one bullet after the other as lists of their own.
    for part in told:
        kinds = [type(block) for block in part.blocks]
        assert not any(kind is after for kind, after in pairwise(kinds) if kind in (Bullets, Facts))


def test_a_single_block_too_long_is_an_error_as_ever() -> None:
    told = parts(Message("x", (Heading("Before"), Paragraph((Plain("p" * CARD_BYTES),)))))
    with pytest.raises(TooLong):
        render.card(told[-1])
