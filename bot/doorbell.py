"""On PostgreSQL, what the planner of one process put into the outbox rings at the senders of all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import psycopg
import structlog
from psycopg.conninfo import make_conninfo
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.database_thread import run
from bot.logs import place_of
from bot.silence import is_silence
from storage.database import Database
from storage.postgres import CONNECTING

log = structlog.get_logger()
SHORTEST, LONGEST = 1.0, 60.0
"""Seconds between two tries to listen again; each pause is twice as long as the one before."""


class Doorbell:
    """One per process. Nothing depends on it: every sender looks for itself each second, also where a connection pool
    in between lets nobody listen.

    It is rung after a planner's batch and never by a turn: NOTIFY takes a lock of the whole database while it commits.
    """

    def __init__(self, database: Database, ring: Callable[[], None], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._database = database
        self._ring = ring
        self._sleep = sleep
        self._told = asyncio.Event()

    def tell(self) -> None:
        """There is something to send, for whichever process has a hand free."""
        self._told.set()

    async def serve(self) -> None:
        """Listen and tell until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._keep(self._listen))
            both.create_task(self._keep(self._pass_on))

    async def _keep(self, work: Callable[[Callable[[], None]], Awaitable[None]]) -> None:
        """Begin again whenever the connection is lost; `work` says when all is well."""
        pause, alone = SHORTEST, 0

        def all_is_well() -> None:
            nonlocal pause, alone
            pause, alone = SHORTEST, 0

        while True:
            try:
                await work(all_is_well)
            except Exception as failure:
                # The question may be what ends a silence that the first failure was a part of.
                alone = alone + 1 if await self._is_alone() else 0
                if alone > 1:
                    log.warning("the doorbell is out of order", fault=type(failure).__name__, at=place_of(failure))
            await self._sleep(pause)
            pause = min(LONGEST, pause * 2)

    async def _is_alone(self) -> bool:
        """Whether the database answers others: when it answers nobody, that was said already."""
        try:
            await run(self._database, partial(_ask, self._database))
        except DBAPIError as failure:
            return not is_silence(failure)
        return True

    async def _listen(self, all_is_well: Callable[[], None]) -> None:
        # Not through the pool: this connection waits for ever, and in no thread.
        plain = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        address = make_conninfo(plain, **CONNECTING)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute("LISTEN alongside_outbox")
            all_is_well()
            self._ring()
            async for _ in connection.notifies():
                self._ring()

    async def _pass_on(self, all_is_well: Callable[[], None]) -> None:
        while True:
            await self._told.wait()
            self._told.clear()
            await run(self._database, partial(_notify, self._database))
            all_is_well()


def _ask(database: Database) -> None:
    with database.guarded() as connection:
        connection.execute(text("SELECT 1"))


def _notify(database: Database) -> None:
    with database.guarded() as connection:
        connection.execute(text("NOTIFY alongside_outbox"))
