"""Databases in which a season was played: as this version leaves them, and as an older one did."""

from pathlib import Path

from sqlalchemy import insert, select, text

from bot.schema import upgrade
from bot.simulation.season import Simulation
from storage.copying import tables_of
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
            if table.name == "limits":  # counted in another unit, and forgotten within minutes
                continue
            dropped = DROPPED.get(table.name, {})
            columns = [today.tables[table.name].columns[one.name] for one in table.columns if one.name not in dropped]
            rows = source.execute(select(*columns)).mappings().all()
            if rows:
                connection.execute(insert(table), [{**row, **dropped} for row in rows])


def spoil_next_step(url: str) -> None:
    """Let the step after 0001 fail at its end, when most of it is done: the name of a table that it makes is taken."""
    with replacing(url) as connection:
        connection.execute(text("create index restores on people (name)"))


def copies_below(folder: Path) -> list[Path]:
    """The copies that were made before a change, oldest first."""
    return sorted(folder.rglob("backups/*-before-*.db"))
