"""A reader's language: wordings are parsed first and filled afterwards, so what people type is never markup."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from flows.voice.message import Link, Mention, Plain, Span, Strong, When, Words

Filling = str | Span | Words
_PARTS = re.compile(r"\*\*(?P<strong>.+?)\*\*|\{(?P<field>\w+)\}")


@dataclass(frozen=True, slots=True)
class _Hole:
    name: str
    strong: bool


@lru_cache(maxsize=4096)
def _parse(wording: str) -> tuple[str | _Hole | Strong, ...]:
