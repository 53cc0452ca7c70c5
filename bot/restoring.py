"""`alongside restore`: puts a backup in the place of the database, and keeps what was there."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from bot.backup import back_up, default_file, free, moment_in_name
from bot.migrating import copy_and_migrate
from bot.schema import revision_of, unbound, upgrade
from storage.backups import Backup, copy_file, look_into, new_file, stamp, unstamp
from storage.copying import OURS, CopyFault, copy, is_empty, tables_of
from storage.database import open_database
from storage.file_lock import file_of
from storage.restores import Restores
from storage.standstill import reading, refuse_others, replacing, snapshot, standstill


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, where the database from before is now, and how much is looked up before it is sent."""

    backup: Backup
    kept: Path | None
    ambiguous: int


def look_before(file: Path) -> Backup:
    """What would be put back, when it can be. Raises CopyFault, NewerSchema."""
    found = look_into(file)
    with reading(file) as connection:
        revision_of(connection)
    return found


def refuse_at_work(url: str) -> None:
    """Raises InUse while the bot works on the database, so that nobody is asked in vain."""
    target = file_of(url)
    if target is None or target.exists():
        with standstill(url):
            return


def restore(url: str, file: Path, *, now: datetime) -> Restored:
    """Put the backup in the place of the database, at the newest revision. Raises CopyFault, SchemaFault, InUse: then
    the database is as it was."""
    found = look_before(file)
    target = file_of(url)
    if target is not None and target.resolve() == file.resolve():
        raise CopyFault(f"{file} is the database itself")
    with standstill(url):
        # Beside the database, so that it can take its place in one step; for PostgreSQL where backups are.
        beside = default_file(url, now) if target is None else target
        fresh = beside.with_name(f"{beside.stem}-restoring-{moment_in_name(now)}.db")
        with new_file(fresh):
            ambiguous = _prepare(file, fresh, found.copied_at, now)
            kept = _replace_rows(url, fresh, now) if target is None else _replace_file(target, fresh, now)
        for side in ("", "-wal", "-shm"):
            # To read it without writing leaves these two behind.
            fresh.with_name(fresh.name + side).unlink(missing_ok=True)
    return Restored(found, kept, ambiguous)


def _prepare(file: Path, fresh: Path, copied_at: datetime, now: datetime) -> int:
    """A copy of the backup at the newest revision, in which all that may have been sent since is ambiguous."""
    copy_file(file, fresh)
    unstamp(fresh)
    with (
        closing(open_database(f"sqlite:///{fresh}")) as database,
        unbound(database.engine),
        database.guarded() as connection,
    ):
        upgrade(connection)
        return Restores(connection).begin_again(copied_at=copied_at, restored_at=now)


def _replace_file(target: Path, fresh: Path, now: datetime) -> Path | None:
    if not target.exists():
        fresh.replace(target)
        return None
    kept = free(target.with_name(f"{target.stem}-replaced-{moment_in_name(now)}{target.suffix}"))
    _tidy(target, now)
    for side in ("-wal", "-shm"):
        # Only of a file that is damaged; they belong to it wherever it goes.
        if (leftover := target.with_name(target.name + side)).exists():
            leftover.replace(kept.with_name(kept.name + side))
    # A second name and then one step: at no moment is there no database, which a start would take for a new one.
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)
    fresh.replace(target)
    return kept


def _tidy(target: Path, now: datetime) -> None:
    """Make one file of the old database, and a backup that can be put back in its turn."""
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode=DELETE")
        stamp(target, now)
    except sqlite3.DatabaseError:
        # Damaged: that may be why it is replaced. It is kept as it is.
        return


def _replace_rows(url: str, fresh: Path, now: datetime) -> Path | None:
    """PostgreSQL: a backup of what is there, then all rows are replaced in one transaction."""
    kept = None
    with closing(open_database(url)) as database:
        copy_and_migrate(database, now=now)
    with snapshot(url) as before:
        held = not is_empty(before, OURS)
    if held:
        kept = default_file(url, now, "-replaced")
        back_up(url, kept, now=now)
    with snapshot(f"sqlite:///{fresh}") as source, replacing(url) as target:
        _empty(target)
        copy(source, target)
        refuse_others(url)
    return kept


def _empty(target: Connection) -> None:
    prepare = target.dialect.identifier_preparer
    names = ", ".join(prepare.format_table(table) for table in tables_of(target, OURS).sorted_tables)
    target.execute(text(f"TRUNCATE {names}"))
