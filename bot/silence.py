"""A database that does not answer: said once for everybody who meets it, and once more when it answers again."""

import asyncio
from weakref import WeakKeyDictionary

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError

from bot.logs import place_of
from storage.database import Database
from storage.postgres import lost_connection

log = structlog.get_logger()
_silent_since: WeakKeyDictionary[Database, float] = WeakKeyDictionary()
"""On the loop's clock. Every part of the process meets the same silence, so it is kept beside the database."""
_answered: WeakKeyDictionary[Database, float] = WeakKeyDictionary()
"""When it answered last, on the same clock."""


def is_silence(failure: BaseException) -> bool:
    """Whether PostgreSQL went away or let nobody in: `said` has it, so whoever else meets it need not say it again."""
    return isinstance(failure, DBAPIError) and isinstance(failure.orig, psycopg.Error) and lost_connection(failure)


def said(database: Database, failure: Exception, *, began: float) -> None:
    """Work that began then has failed. One warning, when it is the first that the database did not answer; of work from
    before its last answer none, since that may have met a silence which is over."""
    if is_silence(failure) and database not in _silent_since and began > _answered.get(database, 0):
        _silent_since[database] = asyncio.get_running_loop().time()
        log.warning("the database does not answer", fault=type(failure).__name__, at=place_of(failure))


def ended(database: Database) -> None:
    """Work was done. One line, when the database had not answered before."""
    now = _answered[database] = asyncio.get_running_loop().time()
    since = _silent_since.pop(database, None)
    if since is not None:
        log.info("the database answers again", seconds=round(now - since, 1))
