"""What blocks and markup say when they are read aloud: plain text, in order, with times in the reader's zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
_DATE_WORDS = {
    "{date_num}": "%Y-%m-%d",
    "{date}": "%B %-d, %Y",
    "{date_short}": "%b %-d, %Y",
    "{date_long}": "%A, %B %-d, %Y",
    "{date_pretty}": "%B %-d, %Y",
    "{date_short_pretty}": "%b %-d, %Y",
    "{date_long_pretty}": "%A, %B %-d, %Y",
    "{day_divider_pretty}": "%A, %B %-d",
    "{time}": "%H:%M",
    "{time_secs}": "%H:%M:%S",
}
"""Slack's tokens; "pretty" would also say "today", which a reader of old messages cannot use."""
_MARKS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: names for mentions, a zone for times."""

    tz: str
    people: dict[str, str]
    channels: dict[str, str]

    def blocks(self, blocks: Iterable[Json]) -> str:
        """Everything that the blocks say, one line a block."""
        lines = [self._block(block) for block in blocks]
        return "\n".join(line for line in lines if line)

    def text(self, text: Json) -> str:
        """A text object."""
        return self.markup(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def markup(self, text: str) -> str:
        """Text with Slack's markup: mentions by name, links by label, no marks of emphasis, escapes undone."""
        text = re.sub(r"<([^<>]*)>", lambda found: self._in_brackets(found[1]), text)
        for _ in range(2):
            text = _MARKS.sub(r"\2", text)
        return unescape(text)

    def _in_brackets(self, inside: str) -> str:
        what, _, label = inside.partition("|")
        if what.startswith("@"):
            return f"@{self.people.get(what[1:], label or what[1:])}"
        if what.startswith("#"):
            return f"#{self.channels.get(what[1:], label or what[1:])}"
        if what.startswith("!date^"):
            _, stamp, form, *_ = what.split("^")
            return self._when(int(stamp), form)
        if what.startswith("!"):
            return f"@{what[1:].partition('^')[0]}"
        return label or what

    def _when(self, stamp: float, form: str) -> str:
        at = datetime.fromtimestamp(stamp, UTC).astimezone(ZoneInfo(self.tz))
        return re.sub(r"\{\w+\}", lambda found: at.strftime(_DATE_WORDS.get(found[0], found[0])), form)

    def _block(self, block: Json) -> str:
        match block["type"]:
            case "section":
                texts = [block["text"]] if "text" in block else []
                lines = [self.text(t) for t in (*texts, *block.get("fields", ()))]
                return "\n".join([*lines, *self._image(block.get("accessory", {}))])
            case "header":
                return str(block["text"]["text"])
            case "context":
                said = [self.text(e) if "text" in e else e["alt_text"] for e in block["elements"]]
                return " ".join(said)
            case "input":
                hint = [self.text(block["hint"])] if "hint" in block else []
                return "\n".join([self.text(block["label"]), *hint])
            case "image":
                return str(block["alt_text"])
            case "rich_text":
                return "\n".join(self._rich(part) for part in block["elements"])
            case "markdown":
                return str(block["text"])
            case "data_visualization":
                return self._chart(block)
            case _:
                return ""

    def _image(self, accessory: Json) -> list[str]:
        return [accessory["alt_text"]] if accessory.get("type") == "image" else []

    def _rich(self, part: Json) -> str:
        if part["type"] == "rich_text_list":
            numbered = part["style"] == "ordered"
            lines = [self._rich(item) for item in part["elements"]]
            first = part.get("offset", 0) + 1
            return "\n".join(f"{n}. {line}" if numbered else f"• {line}" for n, line in enumerate(lines, first))
        return "".join(self._piece(piece) for piece in part["elements"])

    def _piece(self, piece: Json) -> str:
        match piece["type"]:
            case "text":
                return str(piece["text"])
            case "link":
                return str(piece.get("text") or piece["url"])
            case "user":
                return f"@{self.people.get(piece['user_id'], piece['user_id'])}"
            case "channel":
                return f"#{self.channels.get(piece['channel_id'], piece['channel_id'])}"
            case "emoji":
                return f":{piece['name']}:"
            case "date":
                return self._when(piece["timestamp"], piece["format"])
            case "broadcast":
                return f"@{piece['range']}"
            case _:
                return ""

    def _chart(self, block: Json) -> str:
        chart = block["chart"]
        if chart["type"] == "pie":
            lines = [f"{s['label']}: {s['value']}" for s in chart["segments"]]
        else:
            lines = [
                f"{s['name']}: " + ", ".join(f"{p['label']} {p['value']}" for p in s["data"]) for s in chart["series"]
            ]
        return "\n".join([block["title"], *lines])
