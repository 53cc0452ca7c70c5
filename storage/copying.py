"""Copies a whole database into an empty one, row by row, and proves it by counts and checksums."""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, event, insert, select
from sqlalchemy.exc import DBAPIError

from storage.tables import metadata

BATCH = 500
REVISION = "alembic_version"
OURS = frozenset(metadata.tables)
"""The tables of the newest revision. A PostgreSQL database may hold those of others too."""


class CopyFault(Exception):
    """The copy was not made, and the target is as it was; the reason in a line."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a table holds: how many rows, and a sum over them that does not depend on their order."""

    table: str
    rows: int
    checksum: str
    """The sum of the SHA-256 of every row modulo 2**256, in hex. Both databases give the same for the same content."""


def copy(source: Connection, target: Connection, names: Collection[str] = OURS) -> tuple[Tally, ...]:
    """Copy these tables into the target, in the order of their references, and read them back.

    Both databases must have them with the same columns, as they have at the same revision, and the target's must be
    empty. Columns and types are read from the databases and not from the code, so that a database of an older version
    can be copied too. Sealed columns are copied as they are. Raises CopyFault: roll the target's transaction back.
    """
    ours, theirs = tables_of(source, names), tables_of(target, names)
    if _shape(ours) != _shape(theirs) or len(ours.tables) < len(names):
        raise CopyFault("the two databases do not have the same tables; bring both to the newest revision first")
    if not is_empty(target, names):
        raise CopyFault("the target is not empty")
    tallies = tuple(_copy(source, table, target, theirs.tables[table.name]) for table in ours.sorted_tables)
    for tally in tallies:
        arrived = count(target, theirs.tables[tally.table])
        if arrived != tally:
            raise CopyFault(
                f"{tally.table} arrived differently: {tally.rows} rows with checksum {tally.checksum[:16]} were read, "
                f"{arrived.rows} with {arrived.checksum[:16]} were written"
            )
    return tallies


def tally(connection: Connection, names: Collection[str] | None = None) -> tuple[Tally, ...]:
    """What these tables hold, or all that there are."""
    return tuple(count(connection, table) for table in tables_of(connection, names).sorted_tables)


def count(connection: Connection, table: Table) -> Tally:
    """Count one table and add up its rows."""
    sum_ = _Sum()
    for batch in _batches(connection, table):
        sum_.add(batch)
    return sum_.of(table.name)


def is_empty(connection: Connection, names: Collection[str] | None = None) -> bool:
    """Whether none of these tables holds a row, or none that there is; a database without tables is empty too."""
    return all(
        connection.execute(select(1).select_from(table).limit(1)).first() is None
        for table in tables_of(connection, names).sorted_tables
    )


def tables_of(connection: Connection, names: Collection[str] | None = None) -> MetaData:
    """These tables as they stand in that database, or all but the one that says its revision."""
    found = MetaData()
    event.listen(found, "column_reflect", _keep_nulls)
    found.reflect(connection, only=lambda name, _: name != REVISION if names is None else name in names)
    return found


def _keep_nulls(_inspector: object, _table: object, column: Any) -> None:
    # Where a column of JSON may be null, None is NULL and not the JSON word null; so it is in storage/tables.
    if isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=column["nullable"])


def _shape(tables: MetaData) -> dict[str, set[str]]:
    return {table.name: {column.name for column in table.columns} for table in tables.sorted_tables}


def _copy(source: Connection, ours: Table, target: Connection, theirs: Table) -> Tally:
    sum_ = _Sum()
    names = [column.name for column in ours.columns]
    statement = insert(theirs)
    for batch in _batches(source, ours):
        sum_.add(batch)
        try:
            target.execute(statement, [dict(zip(names, row, strict=True)) for row in batch])
        except DBAPIError as fault:
            raise CopyFault(f"{ours.name}: {_reason(fault, theirs, names, batch)}") from fault
    return sum_.of(ours.name)


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    # Of the statement and not of the connection, which would then declare a cursor for every later statement too.
    rows = connection.execute(select(*table.columns), execution_options={"stream_results": True})
    yield from rows.partitions(BATCH)


def _reason(fault: DBAPIError, table: Table, names: Sequence[str], batch: Sequence[Sequence[Any]]) -> str:
    """Why a row was not taken, without its values: PostgreSQL keeps to lengths that SQLite leaves open."""
    for row in batch:
        for name, value in zip(names, row, strict=True):
            longest = getattr(table.columns[name].type, "length", None)
            if isinstance(value, str) and longest is not None and len(value) > longest:
                return f"a value of {name} is {len(value)} characters long, and {longest} are allowed"
            if isinstance(value, str) and "\0" in value:
                return f"a value of {name} holds the character NUL, which PostgreSQL cannot keep"
    return str(fault.orig).splitlines()[0]


class _Sum:
    """Adds up rows; equal content gives an equal sum, in whatever order it is read."""

    def __init__(self) -> None:
        self._rows = 0
        self._total = 0

    def add(self, batch: Sequence[Sequence[Any]]) -> None:
        self._rows += len(batch)
        for row in batch:
            canonical = json.dumps([_plain(value) for value in row], sort_keys=True, separators=(",", ":"))
            self._total += int.from_bytes(hashlib.sha256(canonical.encode()).digest(), "big")

    def of(self, table: str) -> Tally:
        return Tally(table, self._rows, f"{self._total % 2**256:064x}")


def _plain(value: Any) -> Any:
    """The value in the one form that both databases give."""
    if isinstance(value, float):
        # SQLite keeps a whole number of a JSON column as an integer, whichever way it was written.
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
