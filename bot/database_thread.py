"""Where async meets the plain functions: work runs in the database thread and is awaited here."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from bot import silence
from storage.database import Database

T = TypeVar("T")


async def run(database: Database, work: Callable[[], T]) -> T:
    """Run plain work in the database thread. A caller that is cancelled does not stop it half-way."""
    return await _done(database, database.submit(work))


async def run_turn(database: Database, turn: Callable[[], T]) -> T:
    """The same for a turn, which may share its commit with others that wait; it is stored when this returns."""
    return await _done(database, database.submit_turn(turn))


async def _done(database: Database, work: "Future[T]") -> T:
    try:
        result = await asyncio.shield(asyncio.wrap_future(work))
    except Exception as failure:
        silence.said(database, failure)
        raise
    silence.ended(database)
    return result
