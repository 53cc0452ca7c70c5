"""One row's cells read as what they are meant to be; whatever cannot be read is remarked where it stands."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import available_timezones

from flows.matching.week import offset_in, read_spans
from flows.sheets.remarks import Remark
from flows.sheets.sheet import Row
from flows.sheets.spelling import Spellings, key

LONGEST_ID = 64
DASHES = dict.fromkeys(map(ord, "\u2010\u2012\u2013\u2014\u2212"), "-")
"""What a word processor makes of a hyphen between two numbers: nobody sees the difference."""
_offset = lru_cache(maxsize=1_000)(offset_in)
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Cells:
    """A row with the places to which its readers write: remarks, and how answers are spelled."""

    file: str
    row: Row
    spellings: Spellings
    remarks: list[Remark]

    def text(self, column: str) -> str:
        """As written and trimmed; empty where there is nothing."""
        return self.row.cells.get(column, "")

    def remark(
        self, column: str, code: str, message: str, value: str | None = None, *, known: Collection[str] = ()
    ) -> None:
        """Something about one cell, or about the row; `known` is what could stand there."""
        written = self.text(column) if value is None else value
        self.remarks.append(Remark(self.file, self.row.number, column, code, message, written, known))

    def required(self, column: str) -> str:
        """Remarks: E02 when it is empty; the column may be missing altogether, which is remarked elsewhere."""
        if column in self.row.cells and not self.row.cells[column]:
            self.remark(column, "E02", f"{column} must not be empty")
        return self.text(column)

    def id(self, column: str) -> str:
        """Remarks: E02, and E05 for what is too long or cannot be printed."""
        found = self.required(column)
        if len(found) > LONGEST_ID or not found.isprintable():
            self.remark(column, "E05", f"an id has 1 to {LONGEST_ID} printable characters")
        return found

    def word(self, column: str, words: Sequence[str], usual: str) -> str:
        """One of these words. Remarks: E04."""
        written = self.text(column)
        found = key(written)
        if not found or found in words:
            return found or usual
        self.remark(column, "E04", f"{column} is one of {', '.join(words)}", known=words)
        return usual

    def whole(self, column: str, least: int, most: int) -> int | None:
        """None where there is nothing. Remarks: E05."""
        written = key(self.text(column))
        if not written:
            return None
        if _WHOLE.fullmatch(written) and least <= int(written) <= most:
            return int(written)
        self.remark(column, "E05", f"{column} is a whole number from {least} to {most}")
        return None

    def answer(self, column: str, kind: str) -> str:
        """A text by its key."""
        written = self.text(column)
        return self.spellings.learn(kind, written) if written else ""

    def answers(self, column: str, kind: str, most: int | None = None) -> frozenset[str]:
        """A list of texts by their keys. Remarks: E12."""
        found = (self.spellings.learn(kind, part) for part in self.text(column).split("|") if part.strip())
        return frozenset(self._at_most(column, tuple(dict.fromkeys(found)), most))

    def ids(self, column: str, own: str, most: int | None = None) -> tuple[str, ...]:
        """A list of other people. Remarks: E12, and E07 for oneself."""
        parts = (part.strip() for part in self.text(column).split("|"))
        found = self._at_most(column, tuple(dict.fromkeys(part for part in parts if part)), most)
        if own and own in found:
            self.remark(column, "E07", f"{column} names the person themselves", own)
        return tuple(one for one in found if one != own)

    def zone(self, column: str, week_of: date) -> int:
        """Minutes east of UTC in that week, 0 where there is nothing. Remarks: E06."""
        written = self.text(column)
        try:
            return _offset(written or "UTC", week_of)
        except ValueError:
            known = _zones()
            if key(written) in known:
                return offset_in(known[key(written)], week_of)
            self.remark(column, "E06", "no such time zone", known=known.values())
            return 0

    def free(self, column: str, offset: int) -> int:
        """Free time in UTC, 0 where there is nothing. Remarks: E08."""
        try:
            return read_spans(key(self.text(column)).translate(DASHES), offset)
        except ValueError as part:
            self.remark(column, "E08", f"cannot read {str(part)!r}: write hours like mon 9-12|wed 14-16")
            return 0

    def _at_most(self, column: str, found: tuple[str, ...], most: int | None) -> tuple[str, ...]:
        if most is not None and len(found) > most:
            self.remark(column, "E12", f"{column} holds at most {most}, not {len(found)}")
        return found


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Every zone by its name in lower case; there are hundreds, each a file."""
    return {one.casefold(): one for one in sorted(available_timezones())}
