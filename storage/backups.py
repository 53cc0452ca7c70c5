"""The file of a backup: one SQLite database that bears in its header when it was copied."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from storage.copying import REVISION, CopyFault, tables_of
from storage.standstill import reading

MARK = int.from_bytes(b"Alon", "big")
"""The application_id of a backup, by which it is told from a database in use."""

LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - as the tables keep it, without a zone


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole copy: where it is, what it is of, and how much it holds."""

    file: Path
    copied_at: datetime
    """What was sent after this moment is not in it. UTC, to the second."""
    revision: str
    rows: int
    size: int
    """Bytes."""


@contextmanager
def new_file(file: Path) -> Iterator[None]:
    """An empty file that only its owner may read, to be filled inside; gone again when that fails. Raises CopyFault
    rather than to write over another one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise CopyFault(f"{file} is there already; nothing is written over") from None
    except OSError as fault:
        raise CopyFault(f"{file} cannot be written: {fault.strerror}") from None
    try:
        yield
    except BaseException:
        for side in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + side).unlink(missing_ok=True)
        raise


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite database, in use or not, into an empty file. It reads one moment and writes nothing to the source.

    Raises CopyFault for what is no database, and when the disk is full.
    """
    with reading(source) as connection:
        try:
            connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
        except DatabaseError as fault:
            raise CopyFault(f"{source} was not copied: {fault.orig}") from fault


def stamp(file: Path, copied_at: datetime) -> None:
    """Write into the header that this file is a backup, and of when."""
    seconds = int(copied_at.timestamp())
    # The field is a signed number of 32 bits; taken as unsigned it lasts until 2106.
    _write_header(file, MARK, seconds - 2**32 if seconds >= 2**31 else seconds)


def unstamp(file: Path) -> None:
    """A backup that is put into use is none any more."""
    _write_header(file, 0, 0)


def look_into(file: Path) -> Backup:
    """What a backup holds, after the whole file was checked. Raises CopyFault for anything that is none."""
    if not file.is_file():
        raise CopyFault(f"there is no file {file}")
    with file.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\0":
            raise CopyFault(f"{file} is no backup of Alongside")
    with reading(file) as connection:
        try:
            return _look(file, connection)
        except DatabaseError as fault:
            raise CopyFault(f"{file} is damaged: {fault.orig}") from fault


def _look(file: Path, connection: Connection) -> Backup:
    fault = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if fault != "ok":
        raise CopyFault(f"{file} is damaged: {fault}")
    tables = tables_of(connection)
    if "outbox" not in tables.tables or not connection.dialect.has_table(connection, REVISION):
        raise CopyFault(f"{file} is no backup of Alongside")
    rows = sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables.tables.values()
    )
    revision = connection.execute(text(f"select version_num from {REVISION}")).scalar()  # noqa: S608 - a constant
    return Backup(file, _copied_at(connection), str(revision), rows, file.stat().st_size)


def _copied_at(connection: Connection) -> datetime:
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() == MARK:
        seconds = connection.exec_driver_sql("PRAGMA user_version").scalar_one() % 2**32
        return datetime.fromtimestamp(seconds, UTC)
    # Somebody copied the file with other means. It knows of nothing that was sent after its newest row.
    outbox = tables_of(connection).tables["outbox"].columns
    newest = connection.execute(select(func.max(outbox.created_at), func.max(outbox.sent_at))).one()
    return max((moment for moment in newest if moment is not None), default=LONG_AGO).replace(tzinfo=UTC)


def _write_header(file: Path, application: int, version: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # One file and nothing beside it, so that it can be carried away.
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA application_id={application}")
        connection.execute(f"PRAGMA user_version={version}")
