"""Where async meets the plain functions: work runs in the database thread and is awaited here."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

import structlog

from bot import silence
from bot.logs import place_of
from storage.database import Database

log = structlog.get_logger()

T = TypeVar("T")


async def run(database: Database, work: Callable[[], T]) -> T:
    """Run plain work in the database thread. A caller that is cancelled does not stop it half-way."""
    return await _done(database, database.submit(work))


async def run_turn(database: Database, turn: Callable[[], T]) -> T:
    """The same for a turn, which may share its commit with others that wait; it is stored when this returns."""
    return await _done(database, database.submit_turn(turn))


async def _done(database: Database, work: "Future[T]") -> T:
    done = asyncio.wrap_future(work)
    done.add_done_callback(partial(_heard, database, asyncio.get_running_loop().time()))
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        done.add_done_callback(_unasked)
        raise


def _heard(database: Database, began: float, done: "asyncio.Future[T]") -> None:
    if done.cancelled():
        return
    if isinstance(failure := done.exception(), Exception):
        silence.said(database, failure, began=began)
    else:
        silence.ended(database)


def _unasked(done: "asyncio.Future[T]") -> None:
    """Its caller is gone: asyncio would complain of every failure, also of a silence that was said already."""
    failure = None if done.cancelled() else done.exception()
    if failure is not None and not silence.is_silence(failure):
        log.error("work failed after its caller had gone", fault=type(failure).__name__, at=place_of(failure))
