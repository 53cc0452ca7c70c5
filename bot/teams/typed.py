"""What somebody typed as a command or as something said: docs/decisions/0019-a-word-typed-in-the-chat.md."""

import re
from collections.abc import Sequence
from typing import Final

from botbuilder.schema import Activity

from bot.told import storable
from handlers.inbound import Asked, Said
from handlers.words import MENTOR, split

_COMMAND: Final = re.compile(r"(/?)(mentor(?:-admin)?)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_VERBS: Final = tuple(word.verb for word in MENTOR)


def typed(activity: Activity, *, channel: str = "") -> Asked | Said | None:
    """What a message means. `channel` names a shared conversation: there only what mentions us is meant for us, and it
    is always a command. None for a message without words, and for one that is not meant for us."""
    text, mentioned = _words(activity)
    if channel:
        return _in_channel(text, channel) if mentioned else None
    if not text:
        return None
    command = _command(text)
    return command if command is not None else Said(text, may_be_word=True)


def _in_channel(text: str, channel: str) -> Asked:
    command = _command(text) or Asked("mentor", text.removeprefix("/"), typed=True)
    if command.command == "mentor-admin" and split(command.words, ["open", "interest"])[0]:
        # Here it means this channel, which nobody can name in words.
        return Asked("mentor-admin", f"{command.words} <#{channel}>", typed=True)
    return command


def _command(text: str) -> Asked | None:
    """The command that this surely is; None for what may be something else."""
    found = _COMMAND.fullmatch(text)
    if found:
        slash, command, words = found[1], found[2].casefold(), (found[3] or "").strip()
        if slash or command == "mentor-admin" or not words or split(words, _VERBS)[0]:
            return Asked(command, words, typed=True)
        return None
    if text.startswith("/"):
        return Asked("mentor", text[1:].strip(), typed=True)
    word = text.rstrip(".!? ").casefold()
    return Asked("mentor", word, typed=True) if word in _VERBS else None


def _words(activity: Activity) -> tuple[str, bool]:
    """The text without the mention of us, those of others as their names; and whether we were mentioned."""
    text = storable(activity.text or "").replace("&nbsp;", " ").replace("\xa0", " ")
    mentioned = False
    us = activity.recipient.id if activity.recipient is not None else ""
    for shown, who, name in _mentions(activity.entities or ()):
        ours = who == us
        mentioned = mentioned or ours
        # A client may repeat the mention; a person who has our name is another one.
        text = text.replace(shown, "" if ours else name)
    return text.strip(), mentioned


def _mentions(entities: Sequence[object]) -> list[tuple[str, str, str]]:
    """Text in the message, id and name of each mention."""
    found = []
    for entity in entities:
        match getattr(entity, "type", ""), getattr(entity, "additional_properties", None):
            case "mention", {"mentioned": {"id": str(who), **rest}, "text": str(shown)} if shown:
                found.append((shown, who, str(rest.get("name") or "")))
    return found
