"""Channels in which the bot may speak, and which of them somebody means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Channel:
    """`id` is what the platform calls it for ever, `conversation` what a Messenger posts to, which may change. `name`
    is "" for the one that every group has. `group` and `group_name` are the team to which it belongs; the name is ""
    until it is told."""

    id: str
    conversation: str
    name: str
    group: str
    group_name: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What stands before a channel in typed words, the channels that may be meant, and how it was typed ("" when none
    was named)."""

    words: str
    channels: tuple[Channel, ...] = ()
    typed: str = ""


def meant(words: str, channels: Sequence[Channel], *, first: str) -> Meant:
    """Find the channel that stands at the end as `#name` or `Team > name`, whatever the case. `first` is how the one
    without a name is called."""
    told = _plain(words)
    for end in sorted({end for one in channels for end in _ends(one, first)}, key=len, reverse=True):
        if told == end or told.endswith(f" {end}"):
            found = tuple(one for one in channels if end in _ends(one, first))
            return Meant(_before(words, end), found, words[len(_before(words, end)) :].strip())
    before, sign, name = words.rpartition("#")
    if sign and name and (not before or before.endswith(" ")):
        return Meant(before.strip(), (), f"#{name}")
    return Meant(words)


def _ends(channel: Channel, first: str) -> tuple[str, ...]:
    name = _plain(channel.name or first)
    group = _plain(channel.group_name)
    return (f"#{name}", *((f"{group} > {name}",) if group else ()))


def _plain(words: str) -> str:
    """In one case, with one way to write the sign between a team and its channel."""
    return " ".join(re.sub(r"\s*[>›]\s*#?", " > ", words.casefold()).split())


def _before(words: str, end: str) -> str:
    """The longest beginning without that end."""
    parts = words.split(" ")
    for length in range(len(parts), -1, -1):
        if _plain(" ".join(parts[length:])) == end:
            return " ".join(parts[:length]).strip()
    return words
