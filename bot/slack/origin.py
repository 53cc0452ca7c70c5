"""Where a dialog was opened: it travels inside the dialog and comes back when it is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.slack.limits import METADATA, fitting
from handlers.inbound import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of the first gesture; the message that was pressed there, if it was one, by conversation and time
    stamp; and the address under which Slack lets us answer that gesture (five times within 30 minutes)."""

    place: Place
    channel: str = ""
    ts: str = ""
    response_url: str = ""
    ephemeral: bool = False


def packed(origin: Origin, args: Mapping[str, str]) -> str:
    """The origin and the arguments of the dialog's action, for `private_metadata`. Raises TooLong."""
    kept = {
        "place": origin.place.value,
        "channel": origin.channel,
        "ts": origin.ts,
        "url": origin.response_url,
        "ephemeral": origin.ephemeral,
        "args": dict(args),
    }
    full = json.dumps({name: value for name, value in kept.items() if value}, separators=(",", ":"))
    return fitting(full, METADATA, "What a dialog carries")


def unpacked(metadata: str) -> tuple[Origin, Mapping[str, str]]:
    """The reverse of `packed`."""
    kept = json.loads(metadata)
    origin = Origin(
        Place(kept["place"]),
        channel=kept.get("channel", ""),
        ts=kept.get("ts", ""),
        response_url=kept.get("url", ""),
        ephemeral=kept.get("ephemeral", False),
    )
    return origin, kept.get("args", {})
