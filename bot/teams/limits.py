"""What Teams takes at most; too long is an error that a test finds, never a silent cut."""

import json
from typing import Any, Final

Json = dict[str, Any]
"""A piece of an activity."""

CARD_BYTES: Final = 25_000
"""A card as it is sent, in UTF-8. Teams takes "approximately 100 KB" a message, counted in UTF-16, and 28 KB by older
ways of posting ("Format your bot messages", learn.microsoft.com); this stays below all of them."""
ROW: Final = 6
"""Buttons that Teams shows side by side; further ones would hide behind three dots."""


class TooLong(ValueError):
    """Something does not fit where Teams shows it; the message names what, the limit and the length."""


def size(piece: object) -> int:
    """Bytes of a piece of an activity as it is sent."""
    return len(json.dumps(piece, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


def filled(text: str, what: str) -> str:
    """The text itself. Raises ValueError for an empty one."""
    if not text.strip():
        raise ValueError(f"{what} is empty")
    return text
