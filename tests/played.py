"""Databases in which a season was played: as this version leaves them, and as an older one did."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, insert, select, text

from bot.schema import unbound, upgrade
from bot.simulation.season import Simulation
from storage.copying import tables_of
from storage.database import open_database
from storage.standstill import replacing, snapshot

DROPPED = {"proposals": {"lock": ""}}
"""By table: columns that an older version had, and what stands there where nobody has used them."""


def play(folder: Path) -> str:
    """Some weeks of six pairs; the address of the file."""
    Simulation(folder, pairs=6, weeks=5, seed="kept").run()
    return f"sqlite:///{folder / 'simulation.db'}"


def age(url: str, target: str, *, revision: str) -> None:
    """The same rows in a database that stands at that revision, as far as it had tables and columns for them."""
    with snapshot(url) as source, replacing(target) as connection:
        upgrade(connection, to=revision)
        today = tables_of(source)
        for table in tables_of(connection).sorted_tables:
            rows = _rows(source, today, table)
            if rows:
                connection.execute(insert(table), rows)


def lossy_steps(url: str, scratch: str, revisions: Sequence[str]) -> list[str]:
    """The first of these revisions, and those whose step leaves other rows than `age` to that revision does: since it
    had less to go by, a database from before it comes to another end than one from after it. The steps are made one by
    one in `scratch`."""
    found: list[str] = []
    with snapshot(url) as source, closing(open_database(scratch, durable=False)) as database:
        today = tables_of(source)
        for revision in revisions:
            with unbound(database.engine), database.guarded() as connection:
                upgrade(connection, to=revision)
                tables = tables_of(connection).sorted_tables
                wanted = {table.name: _rows(source, today, table) for table in tables}
                if all(_in_order(wanted[table.name]) == _in_order(_all(connection, table)) for table in tables):
                    continue
                found.append(revision)
                for table in reversed(tables):
                    connection.execute(delete(table))
                for table in tables:
                    if wanted[table.name]:
                        connection.execute(insert(table), wanted[table.name])
    return found


def spoil_next_step(url: str) -> None:
    """Let the step after 0001 fail at its end, when most of it is done: the name of a table that it makes is taken."""
    with replacing(url) as connection:
        connection.execute(text("create index restores on people (name)"))


def copies_below(folder: Path) -> list[Path]:
    """The copies that were made before a change, oldest first."""
    return sorted(folder.rglob("backups/*-before-*.db"))


def _rows(source: Connection, today: MetaData, table: Table) -> list[dict[str, Any]]:
    """What stands in the source, as far as an older table has columns for it."""
    if table.name == "limits":  # counted in another unit, and forgotten within minutes
        return []
    dropped = DROPPED.get(table.name, {})
    columns = [today.tables[table.name].columns[one.name] for one in table.columns if one.name not in dropped]
    return [{**row, **dropped} for row in source.execute(select(*columns)).mappings()]


def _all(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [{**row} for row in connection.execute(select(table)).mappings()]


def _in_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)
