"""A dialog holds the longest that people can write: what is too long for one page is read on the next."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.teams import render
from bot.teams.carried import Window, input_id, window_of
from bot.teams.limits import CARD_BYTES, Json, size
from bot.teams.windows import sent_back, showing
from flows.activities import letter, review, spotlight
from flows.activities.writing import Writing, WritingState
from flows.content import parse
from flows.people import Role
from flows.voice import letters, notes, plain, reaching, reviews, spotlights
from flows.voice.gallery import examples
from flows.voice.gallery.example import Shown
from flows.voice.message import Action, Block, Form, Heading, Message, Plain, Quote, TextField
from flows.voice.say import ENGLISH, Say
from storage import packs
from tests.bot.teams.schema import faults, pieces
from tests.bot.teams.test_gallery import drawn_buttons, drawn_inputs

SAY = Say(ENGLISH, "Europe/Lisbon")
WINDOW = Window(Action("activity.open", {"match": "m" * 32, "number": "7"}), "a:1:f:1", "1778486400001")
NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
SIGNS = {"plain": "w", "escaped": '"', "of four bytes": "\N{FLEXED BICEPS}", "of control": "\x07"}
"""What takes the more room the further down."""


def piece(kind: str, number: int, **words: str) -> Writing:
    return Writing(f"w{number}", "m1", "p1", kind, number, WritingState.SENT, NOW, words)


def longest(sign: str, most: int, number: int) -> str:
    """So long as the form allows, and no two alike."""
    return f"{number} ".ljust(most, sign)


def wins(sign: str) -> list[Writing]:
    most = spotlight.LONGEST_WIN
    return [piece(spotlight.WINS, n, win=longest(sign, most, n)) for n in range(spotlight.MOST_WINS)]


def strengths(sign: str) -> list[Writing]:
    return [
        piece(spotlight.KIND, n, **{name: longest(sign, most, n) for name, most in spotlight.LONGEST.items()})
        for n in range(spotlight.MOST_SPOTLIGHTS)
    ]


def strengths_and_wins(sign: str) -> Message:
    both = strengths(sign), wins(sign)
    return spotlights.page("m1", 1, Role.MENTEE, *both, mentor="Mira", may_write=True, say=SAY)


def two_letters(sign: str) -> Message:
    day = date(2027, 1, 4)
    told = [letters.Opened(name, day, longest(sign, letter.MOST, n)) for n, name in enumerate(("", "Mira"))]
    return letters.read(told, SAY)


def all_notes(sign: str) -> Message:
    said = [piece(review.REVIEW, n, text=longest(sign, review.LONGEST, n)) for n in range(2)]
    seen = [spotlights.strength(one, "Mira", Role.MENTEE, SAY) for one in strengths(sign)]
    kept = [reviews.review("Mira", one, SAY) for one in said]
    sections = (
        ("Strengths", tuple(block for one in seen for block in one)),
        ("Log of wins", (spotlights.log(wins(sign)),)),
        ("Looking back", tuple(block for one in kept for block in one)),
    )
    return notes.notes("Mira", sections, SAY)


def looking_back(sign: str) -> Message:
    mine = {"text": longest(sign, review.LONGEST, 1)}
    activity = parse(packs.read()).activities[review.REVIEW]
    return reviews.review_form("m1", 4, activity, Role.MENTEE, wins(sign), mine, "Mira", SAY)


PAGES = {"strengths and wins": strengths_and_wins, "letters": two_letters, "notes": all_notes, "review": looking_back}


def card_of(answer: Json) -> dict[str, Any]:
    card: dict[str, Any] = answer["task"]["value"]["card"]["content"]
    return card


def turned(said: Message) -> list[Json]:
    """All pages of a dialog, by the button that turns them."""
    answers = [showing(said, WINDOW, SAY)]
    while onward := [one for one in drawn_buttons(card_of(answers[-1])) if one["title"] == reaching.read_on(SAY)]:
        (button,) = onward
        window = window_of(button["data"])
        assert window is not None
        # The button asks for what opened the dialog once more.
        assert (button["data"]["v"], button["data"]["a"]) == (WINDOW.opener.name, dict(WINDOW.opener.args))
        assert replace(window, page=0) == WINDOW
        answers.append(showing(said, window, SAY, window.page))
    return answers


def shown(answers: list[Json]) -> str:
    runs = [run for answer in answers for one in pieces(card_of(answer)["body"]) for run in one.get("inlines", ())]
    return "".join(run if isinstance(run, str) else run["text"] for run in runs)


def sentences(block: Block) -> list[str]:
    return list(plain.sentences(Message("", (block,))))


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_word_of_the_longest_dialog_is_read_page_by_page(page: Any, sign: str) -> None:
    said = page(sign)
    answers = turned(said)
    assert all(size(card_of(answer)) <= CARD_BYTES for answer in answers)
    assert [fault for answer in answers for fault in faults(card_of(answer))] == []
    assert len({answer["task"]["value"]["title"] for answer in answers}) == 1
    read = shown(answers)
    lines = [line for block in said.blocks if not isinstance(block, Form | Heading) for line in sentences(block)]
    assert [line for line in lines if line not in read] == []
    inputs = [one for answer in answers for one in drawn_inputs(card_of(answer))]
    assert len(inputs) == sum(len(block.fields) for block in said.blocks if isinstance(block, Form))
    # A button within a page goes to what it goes to anywhere.
    others = [one for answer in answers for one in drawn_buttons(card_of(answer)) if one["title"] != "Read on"]
    assert all(window_of(one["data"]) == WINDOW for one in others)


@pytest.mark.parametrize("length", range(10_400, 12_400, 100))
def test_the_button_that_turns_the_page_finds_its_room(length: int) -> None:
    # About here the words for clients that draw no card just fit beside the card.
    said = Message("All notes", (Quote((Plain("w" * length),)), Quote((Plain("v" * 18_000),))))
    answers = turned(said)
    assert len(answers) == 2
    assert all(size(card_of(answer)) <= CARD_BYTES for answer in answers)


def test_what_fits_has_no_second_page() -> None:
    for name, example in examples(SAY).items():
        if example.shown is Shown.DIALOG:
            drawn = showing(example.message, WINDOW, SAY)
            assert drawn["task"]["value"] == render.dialog(example.message, WINDOW), name


def test_a_page_that_is_no_longer_there_is_the_last_one() -> None:
    answers = turned(two_letters("\x07"))
    assert len(answers) == 2
    assert showing(two_letters("\x07"), WINDOW, SAY, 7) == answers[-1]


def test_a_form_below_a_long_page_that_is_sent_back_is_shown_alone_with_its_lines() -> None:
    form = looking_back("\N{FLEXED BICEPS}")
    assert len(turned(form)) > 1
    data: Json = {"f": 0, input_id(0, "text"): "half a thought"}
    told = card_of(sent_back(form, form, WINDOW, data, {"text": "A few words fit here."}, SAY))
    assert size(told) <= CARD_BYTES
    assert [one["value"] for one in drawn_inputs(told)] == ["half a thought"]
    assert "A few words fit here." in str(told)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_every_form_holds_the_longest_that_it_takes(sign: str) -> None:
    for name, example in examples(SAY).items():
        filled = tuple(_filled(block, sign) if isinstance(block, Form) else block for block in example.message.blocks)
        said = replace(example.message, blocks=filled)
        if example.shown is Shown.DIALOG:
            assert showing(said, WINDOW, SAY), name
        else:
            assert render.fits(said), name


def _filled(form: Form, sign: str) -> Form:
    fields = (replace(one, value=sign * one.limit) if isinstance(one, TextField) else one for one in form.fields)
    return replace(form, fields=tuple(fields))
