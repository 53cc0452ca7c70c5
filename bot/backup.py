"""`alongside backup`: one SQLite file from either database, while the bot runs or not."""

from contextlib import closing
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from bot.schema import SchemaFault, revision_of, upgrade
from storage.backups import Backup, copy_file, look_into, new_file, stamp
from storage.copying import CopyFault, copy, tables_of
from storage.database import open_database
from storage.file_lock import file_of
from storage.standstill import shown, snapshot


def default_file(url: str, now: datetime, purpose: str = "") -> Path:
    """Where a backup goes when nobody says: `backups` beside the database's file; for PostgreSQL below the working
    directory."""
    file = file_of(url)
    folder = Path.cwd() if file is None else file.parent.absolute()
    return free(folder / "backups" / f"alongside-{moment_in_name(now)}{purpose}.db")


def chosen_file(file: Path) -> Path:
    """Where a backup goes when somebody says. Raises CopyFault when its folder is not there: that of a disk which is
    not mounted, made anew, would fill the disk below it."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise CopyFault(f"there is no folder {folder}: make it, or mount its disk")
    return file


def free(file: Path) -> Path:
    """The file, or with a number behind its name when there is one already."""
    names = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(name for name in chain([file], names) if not name.exists())


def moment_in_name(now: datetime) -> str:
    """Such as 2026-11-21T164500Z, in UTC."""
    return f"{now:%Y-%m-%dT%H%M%SZ}"


def back_up(url: str, file: Path, *, now: datetime) -> Backup:
    """Copy the whole database into a new SQLite file, and check what arrived. Raises CopyFault, SchemaFault; then no
    file is left."""
    source = file_of(url)
    if source is not None and not source.is_file():
        raise CopyFault(f"there is no database {source}")
    with new_file(file):
        if source is not None:
            copy_file(source, file)
        else:
            _copy_rows(url, file)
        # Last of all: a file that bears the mark is whole.
        stamp(file, now)
        return look_into(file)


def _copy_rows(url: str, file: Path) -> None:
    """From PostgreSQL: the same steps make the tables that the database has, whatever its revision."""
    with snapshot(url) as source, closing(open_database(f"sqlite:///{file}")) as database:
        revision = revision_of(source)
        if revision is None:
            raise SchemaFault(f"there is nothing in {shown(url)} yet")
        with database.guarded() as target:
            upgrade(target, to=revision)
            copy(source, target, frozenset(tables_of(target).tables))
