"""What cards and their markup say when they are read aloud: plain text, in order, with times in the reader's zone."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
_MACRO = re.compile(r"\{\{(DATE|TIME)\(([^,()]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}")
_DATES = {"COMPACT": "%Y-%m-%d", "SHORT": "%a, %b %-d, %Y", "LONG": "%A, %B %-d, %Y"}
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|<&])")
_KEPT = re.compile("\ue000(\\d+)\ue001")


def plain(text: str) -> str:
    """Text with Markdown and mentions, as a person reads it."""
    # What is escaped is put out of the way first, so that it is never taken for a mark.
    shielded = _ESCAPED.sub(lambda found: f"\ue000{ord(found[1])}\ue001", text)
    shielded = re.sub(r"<at>(.*?)</at>", r"@\1", shielded)
    shielded = re.sub(r"!?\[([^\]]*)\]\(([^()\s]*)\)", r"\1", shielded)
    shielded = re.sub(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", shielded)
    shielded = re.sub(r"(?<![\w*_])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])", r"\2", shielded)
    shielded = re.sub(r"(?m)^(\s*)[-*] ", r"\1• ", shielded)
    return unescape(_KEPT.sub(lambda found: chr(int(found[1])), shielded))


def in_zone(text: str, tz: str) -> str:
    """With `{{DATE(…)}}` and `{{TIME(…)}}` as the reader's clock says."""

    def said(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(found[2].strip()).astimezone(ZoneInfo(tz))
        return at.strftime(_DATES[found[3] or "COMPACT"] if found[1] == "DATE" else "%H:%M")

    return _MACRO.sub(said, text)


def rich(element: Json, *, tz: str = "UTC") -> str:
    """A RichTextBlock: its runs know no Markdown, but dates and times."""
    return "".join(in_zone(run if isinstance(run, str) else run["text"], tz) for run in element["inlines"])


def card_text(card: Json, *, tz: str) -> str:
    """Everything that a card says, one line an element, without what stands on its buttons."""
    return "\n".join(line for line in _lines(card, tz) if line)


def complaints(card: Json) -> tuple[str, ...]:
    """The lines of a card that call for attention: what has to change."""
    return tuple(
        rich(one)
        for one in card.get("body", ())
        if one.get("type") == "RichTextBlock"
        and all(isinstance(run, dict) and run.get("color") == "Attention" for run in one["inlines"])
    )


def _lines(element: Json, tz: str) -> Iterator[str]:
    kind = str(element.get("type", ""))
    match kind:
        case "TextBlock":
            yield plain(in_zone(element["text"], tz))
        case "RichTextBlock":
            yield rich(element, tz=tz)
        case "FactSet":
            for fact in element["facts"]:
                yield f"{plain(fact['title'])}: {plain(in_zone(fact['value'], tz))}"
        case "Image":
            yield str(element.get("altText", ""))
        case _ if kind.startswith("Chart."):
            yield from _chart(element)
        case _ if kind.startswith("Input."):
            yield str(element.get("label") or element.get("title") or "")
        case "ColumnSet" | "TableRow":
            parts = [" ".join(_lines(one, tz)) for one in element.get("columns") or element.get("cells") or ()]
            yield " ".join(part for part in parts if part)
        case _:
            for name in ("body", "items", "rows"):
                for one in element.get(name, ()):
                    yield from _lines(one, tz)


def _chart(element: Json) -> Iterator[str]:
    yield " ".join(str(element[name]) for name in ("title", "xAxisTitle", "yAxisTitle") if name in element)
    for one in element.get("data", ()):
        values = one.get("values", one.get("data"))
        if isinstance(values, list):
            yield f"{one.get('legend', '')}: " + ", ".join(f"{v['x']} {v['y']:.12g}" for v in values)
        else:
            label = one.get("x", one.get("legend", ""))
            yield f"{label}: {one.get('y', one.get('value', ''))}"
