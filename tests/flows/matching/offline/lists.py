"""Lists of made-up people as files."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.matching.offline.people_csv import People, read_people
from flows.matching.offline.request import Request, Source

MONDAY = date(2026, 1, 5)
Row = Mapping[str, str]


def sheet(rows: Sequence[Row], *, separator: str = ",") -> bytes:
    """These rows as CSV, with every column that one of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=separator, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def mentee(name: str, /, **cells: str) -> Row:
    """With goals, so that nothing about them is odd."""
    return {"id": name, "name": name.title(), "role": "mentee", "goals": "law", **cells}


def mentor(name: str, /, **cells: str) -> Row:
    """With skills."""
    return {"id": name, "name": name.title(), "role": "mentor", "skills": "law", **cells}


def read(raw: bytes) -> People:
    """As the command reads it."""
    return read_people(raw, "PEOPLE.csv", week_of=MONDAY)


def request(
    rows: Sequence[Row],
    *,
    rules: str | None = None,
    locks: str | None = None,
    previous: str | None = None,
    **given: Any,
) -> Request:
    """What somebody asks for whose files hold these texts; the rest are options."""

    def source(name: str, text: str | None) -> Source | None:
        return None if text is None else Source(name, text.encode())

    return Request(
        people=Source("PEOPLE.csv", sheet(rows)),
        rules=source("RULES.toml", rules),
        locks=source("LOCKS.csv", locks),
        previous=source("DRAFT.json", previous),
        **given,
    )


def places(people: People) -> list[tuple[str, int, str]]:
    """Code, row and column of everything that is remarked."""
    return [(one.code, one.row, one.column) for one in people.remarks]
