"""Files on Teams: a bot may only offer one; with a yes Teams says where in the reader's OneDrive it is put.

The offer carries the file itself and Teams gives it back with the yes: whichever process hears the yes can put it
there, after a restart too. One that is too large for that stays in the message that brings it, and the offer names the
message. "Send and receive files using bots", learn.microsoft.com.
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
class Kept:
    """A file that is still in the message that brought it."""

    delivery: str
    name: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file whose reader said yes: where to put it, and the message that shows it there."""

    url: str
    content: bytes | Kept
    shown: Json


def offer(file: File, delivery: str = "") -> Json:
    """The message that offers it; `delivery` is the id of the message that brings it, "" for one that is not kept.
    Raises TooLong."""
    content = file.text.encode()
    context: Json = {"file": b64encode(zlib.compress(content, 9)).decode()}
    if len(context["file"]) > CARRIED:
        if not delivery:
            raise TooLong(f"a file has {len(context['file'])} characters when it is packed and may have {CARRIED}")
        context = {"delivery": delivery, "name": file.name}
    said = {
        "description": file.title,
        "sizeInBytes": len(content),
        "acceptContext": context,
        "declineContext": {},
    }
    return {
        "type": "message",
        "summary": file.title,
        "attachments": [{"contentType": CONSENT, "name": file.name, "content": said}],
    }


def accepted(answer: object, *, service: str) -> Accepted | None:
    """The file to which somebody said yes, from the value of their answer; None when they said no. `service` is the
    address from which it came: whose client says where a file goes may name a place on this machine only where Teams
    itself is played here. Raises ValueError for what is no answer to an offer of ours."""
    match answer:
        case {"action": "decline"}:
            return None
        case {
            "action": "accept",
            "context": dict(context),
            "uploadInfo": {
                "uploadUrl": str(url),
                "contentUrl": str(address),
                "name": str(name),
                "uniqueId": str(unique),
                "fileType": str(kind),
            },
        } if url.startswith("https://") or (is_here(url) and is_here(service)):
            place = {"uniqueId": unique, "fileType": kind}
            attached = {"contentType": INFO, "contentUrl": address, "name": name, "content": place}
            shown = {"type": "message", "summary": name, "attachments": [attached]}
            return Accepted(url, _content(context), shown)
        case _:
            raise ValueError("this is no answer to the offer of a file")


def _content(context: Json) -> bytes | Kept:
    match context:
        case {"file": str(packed)}:
            return _unpacked(packed)
        case {"delivery": str(delivery), "name": str(name)}:
            return Kept(delivery, name)
        case _:
            raise ValueError("this is no offer of ours")


def _unpacked(packed: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(b64decode(packed, validate=True), LARGEST)
    except zlib.error:
        raise ValueError("the file came back broken") from None
    if not unpacking.eof:
        raise ValueError("the file came back larger than it was sent")
    return content
