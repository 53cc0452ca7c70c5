"""Every message of the gallery as each platform draws it; `--update-golden` writes them anew."""

from pathlib import Path

import pytest

from bot.preview import PLATFORMS
from flows.voice.gallery import examples
from flows.voice.say import ENGLISH, Catalogue, Say
from tests.conftest import Golden

GALLERY = examples(Say(ENGLISH, "Europe/Lisbon"))
LONGER = Catalogue("en", lambda text: text + "o" * (len(text) // 3), lambda one, other, n: one if n == 1 else other)
LONGER_GALLERY = examples(Say(LONGER, "Europe/Lisbon"))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", GALLERY)
def test_every_message_looks_as_agreed(name: str, platform: str, golden: Golden) -> None:
    drawn = PLATFORMS[platform](GALLERY[name])
    assert drawn == golden(f"{platform}/{name}", drawn)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", GALLERY)
def test_a_language_that_needs_a_third_more_room_fits_too(name: str, platform: str) -> None:
    assert PLATFORMS[platform](LONGER_GALLERY[name])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_golden_file_is_left_of_a_message_that_is_gone(platform: str) -> None:
    folder = Path(__file__).parents[1] / "golden" / platform
    assert {file.stem for file in folder.glob("*.json")} == set(GALLERY)
