"""Rows of the naive loop in a SQLite file: one connection in one thread, and every write is on the disk."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import make_url

from bot.bench.contestant import ADD_LETTER, LETTERS, Job

T = TypeVar("T")
JOBS = """
CREATE TABLE jobs (id INTEGER PRIMARY KEY, state text NOT NULL, conversation text NOT NULL, message text NOT NULL,
  receipt text)
"""
QUEUED = "CREATE INDEX jobs_queued ON jobs (id) WHERE state = 'queued'"
PUT = "INSERT INTO jobs (state, conversation, message) VALUES ('queued', ?, ?)"
CLAIM = """
UPDATE jobs SET state = 'claimed' WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1)
RETURNING id, conversation, message
"""
MARK = "UPDATE jobs SET state = 'sent', receipt = ? WHERE id = ?"


def prepare(url: str) -> None:
    """The tables, in an empty file."""
    connection = _connected(url)
    for statement in (LETTERS, JOBS, QUEUED):
        connection.execute(statement)
    connection.close()


class File:
    """One connection in one thread."""

    def __init__(self, url: str) -> None:
        self._connection = _connected(url)
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def put(self, letter: tuple[object, ...], job: Job) -> None:
        """Letter and job in one transaction."""
        await self._run(lambda: self._put(letter, (job.conversation, json.dumps(job.message))))

    async def claim(self) -> tuple[int, Job] | None:
        """The next one, for the caller alone."""
        row = await self._run(lambda: self._connection.execute(CLAIM).fetchone())
        return None if row is None else (row[0], Job(row[1], json.loads(row[2])))

    async def mark(self, number: int, receipt: str) -> None:
        """It was sent."""
        await self._run(lambda: self._connection.execute(MARK, (receipt, number)))

    async def close(self) -> None:
        """Let the file go."""
        self._thread.shutdown(wait=True)
        self._connection.close()

    def _put(self, letter: Sequence[object], job: Sequence[str]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(ADD_LETTER.replace("%s", "?"), [str(value) for value in letter])
        self._connection.execute(PUT, job)
        self._connection.execute("COMMIT")

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _connected(url: str) -> Any:
    connection = sqlite3.connect(make_url(url).database or "", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection
