"""Databases for tests, on the server of TEST_PG_URL or on one of our own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from bot.bench.own_postgres import Server
from bot.migrating import migrate
from storage.database import open_database
from storage.tables import metadata

__all__ = ["Databases", "Server", "connect"]


FORGET = ";".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))  # noqa: S608 - ours
REVISION = "SELECT version_num FROM alembic_version"
OTHERS_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Databases:
    """Databases for tests, copied from a template that is migrated once.

    `lent` is one for whoever only fills its tables: to empty them again takes milliseconds, a new copy a hundred times
    as long. `new` and `empty` are for one test alone, which may do with it whatever it likes.
    """

    def __init__(self, url: str) -> None:
        """`url` is of a database whose user may make others."""
        self._url = make_url(url)
        self._numbers = count(1)
        self._lent = ""
        self._name = f"alongside_test_{os.getpid()}"
        self._execute("CREATE DATABASE {}", f"{self._name}_template")
        database = open_database(self._address(f"{self._name}_template"), durable=False)
        migrate(database)
        database.close()
        with connect(self._address(f"{self._name}_template")) as connection:
            self._revision = connection.execute(REVISION).fetchone()

    @property
    def url(self) -> str:
        """Of the database from which others are made."""
        return self._url.render_as_string(hide_password=False)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of a database with all tables and nothing in them, for the time of one test."""
        url = self._lent or self.new()
        self._lent = ""  # a test that breaks its tables keeps what it has broken
        yield url
        with connect(url) as connection:
            connection.execute(OTHERS_LEAVE)
            connection.execute(FORGET)
            as_it_was = connection.execute(REVISION).fetchone() == self._revision
        if as_it_was:
            self._lent = url
        else:
            self.drop(url)

    def new(self) -> str:
        """The address of a database with all tables and nothing in them."""
        name = f"{self._name}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, f"{self._name}_template")
        return self._address(name)

    def copied(self, url: str) -> str:
        """The address of a copy of one of these, to which nobody is connected."""
        name = f"{self._name}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, make_url(url).database or "")
        return self._address(name)

    def empty(self) -> str:
        """The address of a database without tables."""
        name = f"{self._name}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {}", name)
        return self._address(name)

    def drop(self, url: str) -> None:
        """Remove one, whoever is still connected."""
        self._execute("DROP DATABASE {} WITH (FORCE)", make_url(url).database or "")

    def close(self) -> None:
        """Remove what was lent, and the template."""
        if self._lent:
            self.drop(self._lent)
        self._execute("DROP DATABASE {}", f"{self._name}_template")

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str, *names: str) -> None:
        with connect(self.url) as connection:
            connection.execute(SQL(statement).format(*map(Identifier, names)))


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection that commits each statement; close it, or use it as a context."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)
