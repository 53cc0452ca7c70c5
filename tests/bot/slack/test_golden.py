"""Every message of the gallery as Slack draws it; `--update-golden` writes them anew."""

from pathlib import Path
from typing import assert_never

import pytest

from bot.playground.strict.surfaces import check_message, check_view
from bot.slack import render
from bot.slack.limits import Json
from bot.slack.origin import Origin
from flows.voice.gallery import examples
from flows.voice.gallery.example import Example, Shown
from flows.voice.say import ENGLISH, Catalogue, Say
from handlers.inbound import Place
from tests.conftest import Golden

GALLERY = examples(Say(ENGLISH, "Europe/Lisbon"))


LONGER = Catalogue("en", lambda text: text + "o" * (len(text) // 3), lambda one, other, n: one if n == 1 else other)
HERE = Origin(Place.PRIVATE, channel="D0A1", ts="1778486400.000001")


def drawn_where_it_is_met(example: Example) -> Json:
    """As a message, a dialog or the home tab."""
    match example.shown:
        case Shown.PROACTIVE | Shown.ANSWER:
            return render.message(example.message)
        case Shown.DIALOG:
            return render.dialog(example.message, HERE)
        case Shown.HOME:
            return render.home(example.message)
        case _:
            assert_never(example.shown)


@pytest.mark.parametrize("name", GALLERY)
def test_every_message_looks_as_agreed(name: str, golden: Golden) -> None:
    drawn = drawn_where_it_is_met(GALLERY[name])
    assert drawn == golden(f"slack/{name}", drawn)


@pytest.mark.parametrize("name", GALLERY)
def test_every_message_is_taken_wherever_it_may_be_shown(name: str) -> None:
    said, shown = GALLERY[name].message, GALLERY[name].shown
    if shown in {Shown.PROACTIVE, Shown.ANSWER}:
        drawn = render.message(said)
        check_message(drawn["text"], drawn["blocks"])
        alone = render.message(said, ephemeral=True)
        check_message(alone["text"], alone["blocks"], ephemeral=True)
    # Whatever answers somebody on the home tab or in a dialog is shown as a page.
    check_view(render.dialog(said, HERE))
    check_view(render.home(said), home=True)


@pytest.mark.parametrize("name", GALLERY)
def test_a_language_that_needs_a_third_more_room_fits_too(name: str) -> None:
    assert drawn_where_it_is_met(examples(Say(LONGER, "Europe/Lisbon"))[name])


def test_no_golden_file_is_left_of_a_message_that_is_gone() -> None:
    folder = Path(__file__).parents[2] / "golden" / "slack"
    assert {file.stem for file in folder.glob("*.json")} == set(GALLERY)
