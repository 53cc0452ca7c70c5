"""What a person types, turned into what Slack stores and sends: escapes and mentions."""

import re

from bot.playground.members import find_by_typed_name
from bot.playground.seen import Kind
from bot.playground.workspace import Workspace


def as_stored(workspace: Workspace, text: str, *, named: bool) -> str:
    """The text with `&`, `<`, `>` escaped and with `@Name` and `#channel` as mentions.

    `named` adds the handle to mentions of people, as slash commands with `should_escape` do.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    pieces: list[str] = []
    at = 0
    for found in re.finditer(r"(?<![\w.])[@#]", escaped):
        if found.start() < at:
            continue
        mention = _mention(workspace, escaped[found.start() :], named=named)
        if mention is not None:
            written, length = mention
            pieces += [escaped[at : found.start()], written]
            at = found.start() + length
    return "".join([*pieces, escaped[at:]])


def _mention(workspace: Workspace, text: str, *, named: bool) -> tuple[str, int] | None:
    rest = text[1:]
    if text[0] == "@":
        found = find_by_typed_name(rest, tuple(workspace.contents.members.values()))
        if found is None:
            return None
        member, length = found
        return f"<@{member.id}|{member.handle}>" if named else f"<@{member.id}>", 1 + length
    word = re.match(r"[\w-]+", rest)
    for channel in workspace.contents.conversations.values():
        if word and channel.kind is Kind.CHANNEL and channel.name == word[0]:
            return f"<#{channel.id}|{channel.name}>", 1 + len(word[0])
    return None
