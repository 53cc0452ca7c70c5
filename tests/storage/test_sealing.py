"""Private words open with the right key in the right place, and nowhere else."""

import base64

import pytest

from storage.sealing import Keyring, Unreadable

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
PLACE = {"table": "writings", "column": "sealed", "row": "w1"}


def ring(*keys: bytes) -> Keyring:
    return Keyring(keys, lambda: b"twelve bytes")


def test_words_open_where_they_were_sealed() -> None:
    sealed = ring(OLD).seal({"letter": "Dear me — ☂"}, **PLACE)
    assert ring(OLD).open(sealed, **PLACE) == {"letter": "Dear me — ☂"}
    assert b"Dear" not in sealed


def test_the_first_key_seals_and_all_open() -> None:
    sealed = ring(OLD).seal({"letter": "x"}, **PLACE)
    assert ring(NEW, OLD).open(sealed, **PLACE) == {"letter": "x"}
    again = ring(NEW, OLD).seal({"letter": "x"}, **PLACE)
    assert ring(NEW).open(again, **PLACE) == {"letter": "x"}


def test_words_moved_to_another_row_do_not_open() -> None:
    sealed = ring(OLD).seal({"letter": "x"}, **PLACE)
    with pytest.raises(Unreadable):
        ring(OLD).open(sealed, **(PLACE | {"row": "w2"}))


def test_an_unknown_key_says_which_one() -> None:
    sealed = ring(OLD).seal({"letter": "x"}, **PLACE)
    with pytest.raises(Unreadable, match="no key 630dcd29 in MENTOR_KEYS"):
        ring(NEW).open(sealed, **PLACE)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (base64.urlsafe_b64encode(b"short").decode(), "key 1 has 5 bytes"),
        ("not base64 €", "key 1 is not URL-safe base64"),
        (base64.urlsafe_b64encode(OLD).decode() + ",", "key 2 has 0 bytes"),
    ],
)
def test_a_bad_keyring_is_refused_by_place(text: str, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        Keyring.parse(text)
