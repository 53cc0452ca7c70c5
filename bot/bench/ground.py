"""Databases for one run each: empty, or with people in a programme, copied from one that is prepared once."""

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from bot.bench import workload
from bot.bench.contestant import plain
from bot.bench.free import TEAM, Free
from bot.bench.own_postgres import own_server
from bot.bench.replica import replica
from bot.bench.workload import Share
from bot.database_thread import run


class Ground(ABC):
    """A kind of database. `template` is the address of the one that is copied."""

    name: str
    template: str

    async def prepare(self, api_url: str, messages: int) -> None:
        """Tables, as many people as that many messages need, and the letters that are due."""
        app = replica(Share(self.template, api_url, 0, 0), permitted={})
        await app.open()
        people = messages // workload.EACH + 2
        await run(app.kit.database, partial(workload.people_programme, app.kit, workload.on_slack(people, TEAM)))
        await run(app.kit.database, partial(workload.prepare_letters, app.kit, messages))
        await app.stop()

    @contextmanager
    def fresh(self, *, prepared: bool) -> Iterator[str]:
        """The address of a new one, which is gone afterwards."""
        url = self.make(prepared=prepared)
        try:
            yield url
        finally:
            self.drop(url)

    @abstractmethod
    def make(self, *, prepared: bool) -> str:
        """A copy of the template, or an empty one."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Remove one that was made, whoever is still connected."""


class Files(Ground):
    """SQLite, in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self.template = f"sqlite:///{folder / 'template.db'}"

    def make(self, *, prepared: bool) -> str:
        """A file of its own."""
        file = self._folder / f"{next(self._numbers)}.db"
        if prepared:
            shutil.copy(self._folder / "template.db", file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """The folder goes as a whole."""


class Server(Ground):
    """PostgreSQL; `url` is of a database whose user may make others."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._numbers = count(1)
        self.template = self._named("template")
        self._execute("CREATE DATABASE {}", self.template)

    def make(self, *, prepared: bool) -> str:
        """A database of its own."""
        url = self._named(str(next(self._numbers)))
        self._execute("CREATE DATABASE {} TEMPLATE {}", url, self.template if prepared else "/template1")
        return url

    def drop(self, url: str) -> None:
        """Remove it."""
        self._execute("DROP DATABASE {} WITH (FORCE)", url)

    def close(self) -> None:
        """Remove the template."""
        self.drop(self.template)

    def _named(self, name: str) -> str:
        return self._url.set(database=f"alongside_bench_{os.getpid()}_{name}").render_as_string(hide_password=False)

    def _execute(self, statement: str, *urls: str) -> None:
        names = [Identifier(url.rpartition("/")[2].partition("?")[0]) for url in urls]
        with psycopg.connect(plain(self._url.render_as_string(hide_password=False)), autocommit=True) as connection:
            connection.execute(SQL(statement).format(*names))


@asynccontextmanager
async def grounds(messages: int, pg_url: str | None) -> AsyncIterator[tuple[Ground, Ground]]:
    """PostgreSQL and SQLite, both prepared for that many messages. Raises LookupError when there is no PostgreSQL."""
    with ExitStack() as stack:
        url = pg_url or stack.enter_context(own_server(fsync=True))
        postgres = stack.enter_context(closing(Server(url)))
        sqlite = Files(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alongside-bench-"))))
        async with Free.running({}) as free:
            for ground in (postgres, sqlite):
                await ground.prepare(free.api_url, messages)
        yield postgres, sqlite
