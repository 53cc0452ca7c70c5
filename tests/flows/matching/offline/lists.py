"""Lists of made-up people as files."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from flows.matching.offline.people_csv import People, read_people

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


def places(people: People) -> list[tuple[str, int, str]]:
    """Code, row and column of everything that is remarked."""
    return [(one.code, one.row, one.column) for one in people.remarks]
