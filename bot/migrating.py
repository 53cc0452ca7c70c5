"""Brings a database to the newest revision: all steps or none, and after a copy where there is something to lose."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DataError, SQLAlchemyError

from bot.backup import back_up, default_file
from bot.schema import SchemaFault, config, head, revision_of, steps, unbound, upgrade
from storage.copying import CopyFault, is_empty
from storage.database import Database

ONE_AT_A_TIME = int.from_bytes(b"alongsid", "big")
"""The number of the lock under which PostgreSQL lets one process migrate."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """Where the database stands now, and the copy from before when something was changed that held rows."""

    revision: str
    backup: Path | None


class StepFailed(SchemaFault):
    """A step could not be made; the database is as it was."""


def migrate(database: Database) -> str:
    """Upgrade to the newest revision in one transaction and return its name; for a database that nobody would miss.

    Raises NewerSchema, StepFailed: then nothing has changed.
    """
    return _bring(database, lambda _: None).revision


def copy_and_migrate(database: Database, *, now: datetime) -> Migrated:
    """The same for a database in use: before anything changes in one that holds rows, it is copied as
    `alongside backup` does. Several processes that start together take turns, and the others find the work done.

    Raises NewerSchema, StepFailed, CopyFault: then nothing has changed.
    """

    def keep(connection: Connection) -> Path | None:
        if is_empty(connection):
            return None
        url = database.engine.url.render_as_string(hide_password=False)
        file = default_file(url, now, f"-before-{head()}")
        try:
            return back_up(url, file, now=now).file
        except CopyFault as fault:
            raise CopyFault(f"no copy could be made before the change, so nothing was changed: {fault}") from fault

    return _bring(database, keep)


def write_step(database: Database, message: str) -> None:
    """For developers: write the step from the last revision to the tables as they are in the code."""
    with database.transaction() as connection:
        command.revision(config(connection), message=message, autogenerate=True, rev_id=f"{_next_number():04}")


def _bring(database: Database, keep: Callable[[Connection], Path | None]) -> Migrated:
    newest = head()
    with unbound(database.engine), _in_turn(database) as connection:
        before = revision_of(connection)
        if before == newest:
            return Migrated(newest, None)
        kept = keep(connection)
        try:
            upgrade(connection)
        except (SQLAlchemyError, LookupError, ValueError) as fault:
            where = f"; a copy from before is in {kept}" if kept else ""
            raise StepFailed(
                f"the database could not be brought from revision {before} to {newest} and is as it was{where}: "
                f"{_reason(fault)}"
            ) from fault
    return Migrated(newest, kept)


def _reason(fault: Exception) -> str:
    if isinstance(fault, DataError):
        return type(fault.orig).__name__  # its words quote the value
    return str(getattr(fault, "orig", fault)).splitlines()[0]


@contextmanager
def _in_turn(database: Database) -> Iterator[Connection]:
    # Guarded: a process that waited for another one's migration must see what that one has done.
    with database.guarded() as connection:
        if connection.dialect.name == "postgresql":
            # A large table takes the time that it takes, and so does the copy while this transaction waits.
            for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
                connection.execute(text(f"SET LOCAL {limit} = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        yield connection


def _next_number() -> int:
    return len(list((steps() / "versions").glob("[0-9]*.py"))) + 1
