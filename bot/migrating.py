"""Brings the tables to the newest revision, with alembic configured in code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

import migrations
from storage.database import Database

ONE_AT_A_TIME = int.from_bytes(b"alongsid", "big")
"""The number of the lock under which PostgreSQL lets one process migrate."""


class NewerSchema(Exception):
    """The database was written by a newer version of Alongside than this one."""


def migrate(database: Database) -> str:
    """Upgrade to the newest revision and return its name. Raises NewerSchema; then nothing has changed."""
    # Guarded: a process that waited for another one's migration must see what that one has done.
    with database.guarded() as connection:
        if connection.dialect.name == "postgresql":
            # Processes that start at the same time take turns; and a large table takes the time that it takes.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        known = {revision.revision for revision in script.walk_revisions()}
        if current is not None and current not in known:
            raise NewerSchema(f"the database is at revision {current}, which this version does not know")
        command.upgrade(config, "head")
        return script.get_current_head() or ""


def write_step(database: Database, message: str) -> None:
    """For developers: write the step from the last revision to the tables as they are in the code."""
    with database.transaction() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=f"{_next_number():04}")


def _next_number() -> int:
    return len(list((Path(migrations.__path__[0]) / "versions").glob("[0-9]*.py"))) + 1


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
