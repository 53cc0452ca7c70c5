"""Rows of the naive loop in PostgreSQL: psycopg's asynchronous connections, each statement prepared."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import psycopg
from psycopg.types.json import Jsonb

from bot.bench.contestant import ADD_LETTER, CONNECTIONS, LETTERS, Job, plain

JOBS = """
CREATE TABLE jobs (id bigserial PRIMARY KEY, state text NOT NULL, conversation text NOT NULL, message jsonb NOT NULL,
  receipt text)
"""
QUEUED = "CREATE INDEX jobs_queued ON jobs (id) WHERE state = 'queued'"
PUT = "INSERT INTO jobs (state, conversation, message) VALUES ('queued', %s, %s)"
CLAIM = """
UPDATE jobs SET state = 'claimed'
WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, conversation, message
"""
MARK = "UPDATE jobs SET state = 'sent', receipt = %s WHERE id = %s"


async def prepare(url: str) -> None:
    """The tables, in an empty database."""
    async with await psycopg.AsyncConnection.connect(plain(url)) as connection:
        for statement in (LETTERS, JOBS, QUEUED):
            await connection.execute(statement)


class Pool:
    """Open connections; each statement or transaction takes one."""

    def __init__(self) -> None:
        self._free: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()

    @classmethod
    async def open(cls, url: str) -> Self:
        """All of them."""
        pool = cls()
        for _ in range(CONNECTIONS):
            connection = await psycopg.AsyncConnection.connect(plain(url), autocommit=True)
            connection.prepare_threshold = 0
            pool._free.put_nowait(connection)
        return pool

    async def put(self, letter: tuple[object, ...], job: Job) -> None:
        """Letter and job in one transaction."""
        async with self._one() as connection, connection.transaction():
            await connection.execute(ADD_LETTER, letter)
            await connection.execute(PUT, (job.conversation, Jsonb(job.message)))

    async def claim(self) -> tuple[int, Job] | None:
        """The next one, for the caller alone."""
        async with self._one() as connection:
            row = await (await connection.execute(CLAIM)).fetchone()
        return None if row is None else (row[0], Job(row[1], row[2]))

    async def mark(self, number: int, receipt: str) -> None:
        """It was sent."""
        async with self._one() as connection:
            await connection.execute(MARK, (receipt, number))

    async def close(self) -> None:
        """All of them."""
        while not self._free.empty():
            await self._free.get_nowait().close()

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[psycopg.AsyncConnection]:
        connection = await self._free.get()
        try:
            yield connection
        finally:
            self._free.put_nowait(connection)
