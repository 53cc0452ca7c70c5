"""A CSV file as rows of named cells: encodings, separators, quotes, and what is wrong with the sheet itself."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from types import MappingProxyType

from flows.sheets.remarks import Remark, closest, nearest
from flows.sheets.spelling import key

SEPARATORS = ",;\t"
BOM = b"\xef\xbb\xbf"
SEPARATOR_LINE = re.compile(rb'\A"?sep=[,;\t]"?\r?\n', re.IGNORECASE)
"""What some exports write above the header; a spreadsheet neither shows nor counts it."""
SEGMENT = "segment"
WORKBOOK, WIDE = "this is a workbook, save it as CSV UTF-8", "this is UTF-16, save it as CSV UTF-8"
OTHER_FILES: Mapping[bytes, str] = MappingProxyType(
    {b"PK\3\4": WORKBOOK, b"\xd0\xcf\x11\xe0": WORKBOOK, b"\xff\xfe": WIDE, b"\xfe\xff": WIDE}
)
"""What spreadsheets save beside CSV in UTF-8, by how it begins: .xlsx, .xls, and their Unicode text."""
NO_SYNONYMS: Mapping[str, str] = MappingProxyType({})
NAMELESS = "a column without a name is ignored"
END = "\x1f"
"""Put below the last line: where it is read as part of a cell, a quote was left open."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    number: int
    """A quoted line break adds none, an empty line does."""
    cells: Mapping[str, str]
    """Trimmed, by the name of the column, empty where the row is too short; only columns that the header names."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a file says, and what is wrong with it so far."""

    file: str
    header: int
    """The row in which the columns are named."""
    columns: tuple[str, ...]
    """Those that mean something, segments as "segment:region"."""
    segments: Mapping[str, str]
    """How each kind of segment was written."""
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]


def read_sheet(
    raw: bytes,
    file: str,
    *,
    known: Sequence[str],
    required: Sequence[str],
    segments: bool = False,
    synonyms: Mapping[str, str] = NO_SYNONYMS,
) -> Sheet:
    """The rows of a CSV file in UTF-8 (RFC 4180), separated by comma, semicolon or tab; nothing stops the reading.

    `synonyms` are other names of known columns, in lower case with single spaces.

    Remarks: E01 a required column is missing, E09 more fields than columns, E10 not UTF-8, E13 a column twice, E15 a
    quote that swallows the rest, W01 a column that nobody reads.
    """
    raw = SEPARATOR_LINE.sub(b"", raw.removeprefix(BOM), count=1)
    text, remarks = _decoded(raw, file)
    meant = _meanings(known, synonyms)
    separator = max(SEPARATORS, key=lambda one: _promise(text, one, known, meant))
    everything = list(_records(f"{text}\n{END}", separator))
    last = everything.pop()
    if last != [END]:
        wrong = "a quote opens in this row and is never closed"
        remarks.append(Remark(file, len(everything) + 1, "", "E15", wrong))
        everything.append([*last[:-1], last[-1].removesuffix(f"\n{END}")])
    records = ((number, record) for number, record in enumerate(everything, start=1) if _says(record))
    header, names = next(records, (1, []))
    columns, kinds = _columns(names, file, header, known=known, meant=meant, segments=segments, remarks=remarks)
    unread = [one.value.strip() for one in remarks if one.code == "W01" and one.column]
    for missing in (one for one in required if one not in columns):
        near = closest(missing, unread)
        perhaps = f"; is it the one called {near}?" if near else ""
        remarks.append(Remark(file, header, missing, "E01", f"the column {missing} is missing{perhaps}"))
    rows = []
    for number, record in records:
        if len(record) > len(names):
            count = f"the row has {len(record)} fields and the header {len(names)}"
            remarks.append(Remark(file, number, "", "E09", count, separator.join(record[len(names) :])))
        whole = chain(record, repeat(""))  # A short row is one with empty cells.
        cells = {name: cell.strip() for name, cell in zip(columns, whole, strict=False) if name}
        rows.append(Row(number, cells))
    return Sheet(file, header, tuple(one for one in columns if one), kinds, tuple(rows), tuple(remarks))


def _decoded(raw: bytes, file: str) -> tuple[str, list[Remark]]:
    try:
        return raw.decode(), []
    except UnicodeDecodeError as bad:
        before = raw[: bad.start].decode()
        separator = max(SEPARATORS, key=before.count)
        row = sum(1 for _ in _records(f"{before}?", separator))
        byte = f"0x{raw[bad.start]:02x}"
        advice = next((told for mark, told in OTHER_FILES.items() if raw.startswith(mark)), "save the file as UTF-8")
        wrong = Remark(file, row, "", "E10", f"the byte {byte} is not UTF-8: {advice}", byte)
        return raw.decode(errors="replace"), [wrong]


def _records(text: str, separator: str) -> Iterator[list[str]]:
    # A quote that is never closed makes one cell of all the rest, and the rest may be long.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _says(record: Sequence[str]) -> bool:
    """Spreadsheets write an empty line as separators alone."""
    return any(cell.strip() for cell in record)


def _meanings(known: Sequence[str], synonyms: Mapping[str, str]) -> Callable[[str], str]:
    """From a name in the header to the known column that it means; to its key where it means none."""

    def meaning(name: str) -> str:
        found = key(name)
        return found if found in known else synonyms.get(" ".join(re.split(r"[\s_-]+", found)), found)

    return meaning


def _promise(text: str, separator: str, known: Sequence[str], meant: Callable[[str], str]) -> tuple[int, int]:
    """How many columns the header would have with this separator, those with a meaning first."""
    header = next((record for record in _records(text, separator) if _says(record)), [])
    return sum(meant(name) in known for name in header), len(header)


def _columns(
    names: Sequence[str],
    file: str,
    row: int,
    *,
    known: Sequence[str],
    meant: Callable[[str], str],
    segments: bool,
    remarks: list[Remark],
) -> tuple[list[str], dict[str, str]]:
    """What each column means, empty for nothing, and the kinds of segments as they were written."""
    columns: list[str] = []
    kinds: dict[str, str] = {}
    for name in names:
        before, colon, kind = name.partition(":")
        is_segment = segments and key(before) == SEGMENT and colon and kind.strip()
        column = f"{SEGMENT}:{key(kind)}" if is_segment else meant(name)
        if column and column in columns:
            remarks.append(Remark(file, row, column, "E13", f"the column {column} appears twice", name))
            column = ""
        elif is_segment:
            kinds[column] = kind.strip()
        elif column not in known:
            meant_here = (*known, f"{SEGMENT}:NAME") if segments else known
            unread = f"the column is ignored{nearest(name, meant_here)}" if name.strip() else NAMELESS
            remarks.append(Remark(file, row, name.strip(), "W01", unread, name))
        columns.append(column)
    return columns, kinds
