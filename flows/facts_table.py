"""A table of a company's people as somebody gives it: every row read, or told why it is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.facts import LEVELS
from flows.people import is_address
from flows.sheets.columns import (
    DEPARTMENT,
    IMPORTED,
    LEVEL,
    MANAGER,
    PERSON,
    SITE,
    START,
    SYNONYMS,
    of_a_list,
)
from flows.sheets.sheet import Row, Sheet, read_sheet

MOST_ROWS = 20_000
LONGEST = 120
"""Characters of a department or a site."""
FIRST_YEAR, LAST_YEAR = 1950, 2100
_ACCOUNT = re.compile(r"<?@?([UW][A-Z0-9]{1,40}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:\|[^>]*)?>?")
"""As the platforms write them: an id of a member, or of somebody in a directory."""
_LEVEL = re.compile(r"[Ll]?\s?(\d{1,3})(?:[.,]0+)?")
_DAY = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})"), (3, 2, 1)),
)
"""Year first, or day first with points. With slashes day and month cannot be told apart."""


class Flaw(StrEnum):
    """Why a row is left out, or a whole table."""

    NO_PERSON = "no_person"
    NOT_A_NAME = "not_a_name"
    TWICE = "twice"
    OWN_MANAGER = "own_manager"
    MANAGER_NOT_A_NAME = "manager_not_a_name"
    TOO_LONG = "too_long"
    LEVEL = "level"
    DAY = "day"
    SIGNS = "signs"
    FIELDS = "fields"
    QUOTE = "quote"
    NO_PERSON_COLUMN = "no_person_column"
    NO_FACT_COLUMN = "no_fact_column"
    COLUMN_TWICE = "column_twice"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row, counted as a spreadsheet does: the header is 1. `value` is what stands there, `first`
    the row in which the same person stands already; of NO_PERSON_COLUMN a column that tells of another kind of list."""

    row: int
    flaw: Flaw
    value: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says. What has no column in the table says nothing, and "" or None says that there is nothing."""

    row: int
    named: str
    """An address in lower case, or an account as platform/workspace/user."""
    manager: str = ""
    department: str = ""
    site: str = ""
    level: int | None = None
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read. With `unusable` nothing of it can be taken."""

    columns: frozenset[str]
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    """By row, all that is wrong with it."""
    ignored: tuple[str, ...] = ()
    """Columns that mean nothing here, as they are written."""
    unusable: Fault | None = None


def read_table(text: str, *, home: str) -> Table:
    """The table in that text: comma, semicolon or tab, columns in any order. `home` is platform/workspace of whoever
    gives it: accounts are of there."""
    sheet = read_sheet(text.encode(errors="replace"), "", known=IMPORTED, required=(), synonyms=SYNONYMS)
    columns = frozenset(sheet.columns) & frozenset(IMPORTED)
    ignored = tuple(one.column for one in sheet.remarks if one.code == "W01" and one.column)
    unusable = _unusable(sheet, columns, ignored)
    if unusable is not None:
        return Table(columns, (), (), unusable=unusable)
    bad = {one.row: _of_code(one.code) for one in sheet.remarks if one.code in _CODES}
    faults: list[Fault] = []
    entries: list[Entry] = []
    rows: dict[str, int] = {}
    for row in sheet.rows:
        entry, found = _entry(row, home)
        if row.number in bad:
            # Its cells do not stand where they belong, so what they say is not looked at.
            found = (Fault(row.number, bad[row.number]),)
        elif entry.named in rows:
            found = (Fault(row.number, Flaw.TWICE, row.cells[PERSON], rows[entry.named]), *found)
        if found:
            faults += found
        else:
            rows[entry.named] = row.number
            entries.append(entry)
    return Table(columns, tuple(entries), tuple(faults), ignored)


def named(cell: str, home: str) -> str:
    """How somebody is called from here on: an address in lower case, or an account; "" where it is neither."""
    text = cell.strip().removeprefix("mailto:")
    if is_address(text):
        return text.lower()
    found = _ACCOUNT.fullmatch(text)
    if found is None:
        return ""
    # Directories write the same id in either case.
    return f"{home}/{found[1].lower() if '-' in found[1] else found[1]}"


_CODES = {"E09": Flaw.FIELDS, "E15": Flaw.QUOTE}


def _of_code(code: str) -> Flaw:
    return _CODES[code]


def _unusable(sheet: Sheet, columns: frozenset[str], ignored: Sequence[str]) -> Fault | None:
    twice = [one for one in sheet.remarks if one.code == "E13"]
    if PERSON not in columns:
        # The other table that we read says who is to be matched with whom.
        return Fault(sheet.header, Flaw.NO_PERSON_COLUMN, next(iter(of_a_list(ignored)), ""))
    if twice:
        return Fault(sheet.header, Flaw.COLUMN_TWICE, twice[0].value.strip())
    if len(columns) < 2:
        return Fault(sheet.header, Flaw.NO_FACT_COLUMN)
    if not sheet.rows:
        return Fault(sheet.header, Flaw.NO_ROWS)
    if len(sheet.rows) > MOST_ROWS:
        return Fault(sheet.header, Flaw.TOO_MANY_ROWS, str(len(sheet.rows)))
    return None


def _entry(row: Row, home: str) -> tuple[Entry, tuple[Fault, ...]]:
    """What the row says, and everything that is wrong with it."""
    cells = {column: " ".join(row.cells.get(column, "").split()) for column in IMPORTED}
    person, manager = named(cells[PERSON], home), named(cells[MANAGER], home)
    level, started_on = _level(cells[LEVEL]), _day(cells[START])
    wrong: Sequence[tuple[bool, Flaw, str]] = (
        (not cells[PERSON], Flaw.NO_PERSON, ""),
        (bool(cells[PERSON]) and not person, Flaw.NOT_A_NAME, cells[PERSON]),
        (bool(cells[MANAGER]) and not manager, Flaw.MANAGER_NOT_A_NAME, cells[MANAGER]),
        (bool(person) and person == manager, Flaw.OWN_MANAGER, cells[PERSON]),
        (len(cells[DEPARTMENT]) > LONGEST, Flaw.TOO_LONG, cells[DEPARTMENT]),
        (len(cells[SITE]) > LONGEST, Flaw.TOO_LONG, cells[SITE]),
        (bool(cells[LEVEL]) and level is None, Flaw.LEVEL, cells[LEVEL]),
        (bool(cells[START]) and started_on is None, Flaw.DAY, cells[START]),
    )
    found = tuple(Fault(row.number, flaw, value) for is_so, flaw, value in wrong if is_so)
    if "\N{REPLACEMENT CHARACTER}" in "".join(row.cells.values()):
        found = (Fault(row.number, Flaw.SIGNS),)
    return Entry(row.number, person, manager, cells[DEPARTMENT], cells[SITE], level, started_on), found


def _level(cell: str) -> int | None:
    found = _LEVEL.fullmatch(cell)
    return int(found[1]) if found is not None and int(found[1]) in LEVELS else None


def _day(cell: str) -> date | None:
    for pattern, order in _DAY:
        if found := pattern.fullmatch(cell):
            year, month, day = (int(found[place]) for place in order)
            try:
                return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
            except ValueError:
                return None
    return None
