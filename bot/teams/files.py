"""Files on Teams: a bot may only offer one; with a yes Teams says where in the reader's OneDrive it is put.

The offer carries the file itself and Teams gives it back with the yes, so that nobody here has to keep it: whichever
process hears the yes can put it there, after a restart too. "Send and receive files using bots", learn.microsoft.com.
"""

import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final

from bot.loopback import is_here
from bot.teams.limits import Json, TooLong
from flows.voice.message import File

CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
INFO: Final = "application/vnd.microsoft.teams.card.file.info"
ANSWERED: Final = "fileConsent/invoke"
"""The invoke that says yes or no."""
CARRIED: Final = 40_000
"""Characters of a packed file: together with what is around it half of the 100 KB of a message, counted in UTF-16."""
LARGEST: Final = 8_000_000
"""Bytes of a file when it is unpacked again: what comes back might be more than was sent."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file whose reader said yes: where to put it, and the message that shows it there."""

    url: str
    content: bytes
    shown: Json


def offer(file: File) -> Json:
    """The message that offers it. Raises TooLong."""
    content = file.text.encode()
    packed = b64encode(zlib.compress(content, 9)).decode()
    if len(packed) > CARRIED:
        raise TooLong(f"a file has {len(packed)} characters when it is packed and may have {CARRIED}")
    said = {
        "description": file.title,
        "sizeInBytes": len(content),
        "acceptContext": {"file": packed},
        "declineContext": {},
    }
    return {
        "type": "message",
        "summary": file.title,
        "attachments": [{"contentType": CONSENT, "name": file.name, "content": said}],
    }


def accepted(answer: object) -> Accepted | None:
    """The file to which somebody said yes, from the value of their answer; None when they said no. Raises ValueError
    for what is no answer to an offer of ours."""
    match answer:
        case {"action": "decline"}:
            return None
        case {
            "action": "accept",
            "context": {"file": str(packed)},
            "uploadInfo": {
                "uploadUrl": str(url),
                "contentUrl": str(address),
                "name": str(name),
                "uniqueId": str(unique),
                "fileType": str(kind),
            },
        } if url.startswith("https://") or is_here(url):
            place = {"uniqueId": unique, "fileType": kind}
            attached = {"contentType": INFO, "contentUrl": address, "name": name, "content": place}
            shown = {"type": "message", "summary": name, "attachments": [attached]}
            return Accepted(url, _unpacked(packed), shown)
        case _:
            raise ValueError("this is no answer to the offer of a file")


def _unpacked(packed: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(b64decode(packed, validate=True), LARGEST)
    except zlib.error:
        raise ValueError("the file came back broken") from None
    if not unpacking.eof:
        raise ValueError("the file came back larger than it was sent")
    return content
