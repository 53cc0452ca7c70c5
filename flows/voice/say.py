"""A reader's language: wordings are parsed first and filled afterwards, so what people type is never markup."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from flows.voice.message import Link, Mention, Plain, Span, Strong, When, Words

Filling = str | Span | Words
_PARTS = re.compile(r"\*\*(?P<strong>.+?)\*\*|\{(?P<field>\w+)\}")


@dataclass(frozen=True, slots=True)
class _Hole:
    name: str
    strong: bool


@lru_cache(maxsize=4096)
def _parse(wording: str) -> tuple[str | _Hole | Strong, ...]:
    """Cut a wording into text, holes `{name}` and strong parts `**so**`, which may have holes of their own."""
    parts: list[str | _Hole | Strong] = []
    end = 0
    for found in _PARTS.finditer(wording):
        if found.start() > end:
            parts.append(wording[end : found.start()])
        end = found.end()
        if found["strong"] is None:
            parts.append(_Hole(found["field"], strong=False))
        else:
            parts.extend(_strong(part) for part in _parse(found["strong"]))
    if end < len(wording):
        parts.append(wording[end:])
    return tuple(parts)


def _strong(part: str | _Hole | Strong) -> _Hole | Strong:
    match part:
        case str():
            return Strong(part)
        case _Hole(name, _):
            return _Hole(name, strong=True)
        case Strong():
            return part


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: `one` gives the translation of a wording, `many` that of a counted one, for a number."""

    locale: str
    one: Callable[[str], str]
    many: Callable[[str, str, int], str]


ENGLISH = Catalogue("en", lambda text: text, lambda one, other, n: one if n == 1 else other)


@dataclass(frozen=True, slots=True)
class Say:
    """Speaks one reader's language, in their time zone (IANA name).

    A wording is written in English where it is used and marked by the call itself: `say("Hello {name}.", name=…)`.
    `**…**` is strong. A hole takes text, a span or words; it is filled after the wording was translated and parsed.
    """

    catalogue: Catalogue
    zone: str

    @property
    def locale(self) -> str:
        """The language tag."""
        return self.catalogue.locale

    def __call__(self, wording: str, /, **holes: Filling) -> Words:
        """The wording as words."""
        return _fill(self.catalogue.one(wording), holes)

    def plain(self, wording: str, /, **holes: str) -> str:
        """The wording as a bare line, for summaries, labels and headings."""
        return flatten(self(wording, **holes)) if holes else _line(self.catalogue.one(wording))

    def many(self, n: int, one: str, other: str, /, **holes: Filling) -> Words:
        """A counted wording; `{n}` is the number."""
        return _fill(self.catalogue.many(one, other, n), {"n": str(n), **holes})

    def plain_many(self, n: int, one: str, other: str, /, **holes: str) -> str:
        """A counted wording as a bare line."""
        return flatten(self.many(n, one, other, **holes))

    def text(self, wording: str) -> str:
        """A wording of the pack, translated where the pack has a translation."""
        return _line(self.catalogue.one(wording))

    def day(self, day: date) -> str:
        """Such as "Tuesday 14 May"."""
        return _day(day, self.locale)

    def clock(self, at: time) -> str:
        """Such as "9:30" or "09:30", as the language writes it."""
        return _clock(at, self.locale)

    def moment(self, at: datetime) -> str:
        """Such as "Tuesday 14 May, 10:00", in the reader's zone."""
        local = at.astimezone(ZoneInfo(self.zone))
        return f"{self.day(local.date())}, {self.clock(local.time())}"

    def date(self, at: datetime) -> str:
        """The day of a moment in the reader's zone, such as "Tuesday 14 May"."""
        return self.day(at.astimezone(ZoneInfo(self.zone)).date())

    def when(self, at: datetime) -> When:
        """A moment as a span: the platform may show it in the zone where the reader is."""
        return When(at, self.moment(at))

    def number(self, value: float) -> str:
        """Such as "1,200" or "0.8", with one decimal at most, as the language writes it."""
        return format_decimal(value, "#,##0.#", locale=_locale(self.locale))

    def language(self, tag: str) -> str:
        """The name of a language, such as "Portuguese" for "pt"."""
        found = _locale(tag).get_display_name(_locale(self.locale))
        return found[:1].upper() + found[1:] if found else tag

    def country(self, code: str) -> str:
        """The name of a country by its ISO code, such as "Portugal" for "PT"."""
        return str(_locale(self.locale).territories.get(code, code))

    def listing(self, items: Sequence[str]) -> str:
        """Such as "a, b and c"."""
        return format_list(list(items), locale=_locale(self.locale)) if items else ""

    def either(self, items: Sequence[str]) -> str:
        """Such as "a, b or c"."""
        return format_list(list(items), style="or", locale=_locale(self.locale)) if items else ""


def _fill(wording: str, holes: dict[str, Filling]) -> Words:
    spans: list[Span] = []
    for part in _parse(wording):
        match part:
            case str():
                spans.append(Plain(part))
            case Strong():
                spans.append(part)
            case _Hole(name, strong):
                filling = holes[name]
                if isinstance(filling, str):
                    spans.append(Strong(filling) if strong else Plain(filling))
                elif isinstance(filling, tuple):
                    spans.extend(filling)
                else:
                    spans.append(filling)
    return tuple(spans)


@lru_cache(maxsize=4096)
def _line(wording: str) -> str:
    """A wording without holes as a bare line; most labels are one."""
    return flatten(_fill(wording, {}))


def spelled(
    words: Words,
    *,
    text: Callable[[str], str] = str,
    strong: Callable[[str], str] | None = None,
    link: Callable[[str, str], str] | None = None,
) -> str:
    """Words as one text: how plain ones, strong ones and a link (its text and address) are written. What is left out
    is written as plain; a mention is its name, and a moment stands as it is."""
    parts: list[str] = []
    for span in words:
        match span:
            case Strong(shown):
                parts.append((strong or text)(shown))
            case Link(shown, url):
                parts.append(link(shown, url) if link else text(shown))
            case Plain(shown) | Mention(_, shown) | When(_, shown):
                parts.append(text(shown))
            case _:
                assert_never(span)
    return "".join(parts)


def flatten(words: Words) -> str:
    """Words as bare text, as a screen reader hears them."""
    return spelled(words)


def in_a_row(*sentences: Words) -> Words:
    """Whole sentences, one after the other; those that are empty are left out."""
    told = [one for one in sentences if one]
    return tuple(span for place, one in enumerate(told) for span in ((Plain(" "), *one) if place else one))


@lru_cache(maxsize=256)
def _locale(tag: str) -> Locale:
    return Locale.parse(tag.replace("-", "_"))


@lru_cache(maxsize=4096)
def _day(day: date, tag: str) -> str:
    pattern = "EEEE d MMMM" if tag.startswith("en") else "full"
    written = format_date(day, pattern, locale=_locale(tag))
    return written if tag.startswith("en") else written.replace(f" {day.year}", "").rstrip(",. ")


@lru_cache(maxsize=2048)
def _clock(at: time, tag: str) -> str:
    return format_time(at, "H:mm" if tag.startswith("en") else "short", locale=_locale(tag))
