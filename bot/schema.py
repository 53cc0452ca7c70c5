"""The steps of the schema and where a database stands among them, with alembic configured in code."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

import migrations


class SchemaFault(Exception):
    """The database does not stand where this version needs it, and stays where it is; in lines for the operator."""


class NewerSchema(SchemaFault):
    """The database was written by a newer version of Alongside than this one."""


def steps() -> Path:
    """The folder of the steps."""
    return Path(migrations.__path__[0])


def head() -> str:
    """The newest revision that this version knows."""
    return _known()[0]


def revision_of(connection: Connection) -> str | None:
    """Where the database stands; None when it has no tables yet. Raises NewerSchema."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _known()[1]:
        raise NewerSchema(f"the database is at revision {current}, which this version does not know")
    return current


def _known() -> tuple[str, frozenset[str]]:
    """The newest revision, and all of them."""
    return _read(steps(), tuple(sorted(file.name for file in (steps() / "versions").glob("*.py"))))


@cache
def _read(folder: Path, _files: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """The same of a folder with these files. To import every step takes 20 ms, and nobody changes one that is there."""
    found = ScriptDirectory(str(folder))
    return found.get_current_head() or "", frozenset(one.revision for one in found.walk_revisions())


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run the steps that are missing, in the transaction of that connection."""
    command.upgrade(config(connection), to)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise IntegrityError("PRAGMA foreign_key_check", None, ValueError("a row refers to one that is not there"))


@contextmanager
def unbound(engine: Engine) -> Iterator[None]:
    """Let steps replace tables to which others refer. SQLite alters a table by copying it, and would take what refers
    to the old one as broken; a transaction cannot change that, so it is said before (sqlite.org/lang_altertable.html).
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    _say(engine, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        _say(engine, "PRAGMA foreign_keys=ON")


def config(connection: Connection) -> Config:
    """What alembic is told: where the steps are, and the connection on which they run."""
    told = Config()
    told.set_main_option("script_location", str(steps()).replace("%", "%%"))
    told.set_main_option("path_separator", "os")
    told.attributes["connection"] = connection
    return told


def _say(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
