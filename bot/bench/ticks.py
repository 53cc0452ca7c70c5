"""What a look at the clock costs when nothing is due: with 100,000 living matches as little as with 1,000."""

import statistics
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Date, DateTime, bindparam, text

from bot.world import World
from flows import content
from flows.programme import Cohort, CohortState, Design, Programme
from handlers.kit import Kit
from handlers.planning import plan
from storage import packs
from storage.database import Database
from storage.sealing import Keyring
from storage.store import Store

FEW, MANY = 1_000, 100_000
TICKS = 600
"""Looks that are measured at each size; the median counts."""

# Statements that both databases understand; every match has its place in the schedule, and so has each of its people.
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
_MATCHES = """INSERT INTO matches (id, cohort, round, state, started_on, ends_on, end_cause, reasons, steps)
 {numbers} SELECT 'm' || i, 'c1', '', 'active', :starts, :ends, '', '[]', '' FROM n"""
_SCHEDULE = "INSERT INTO schedule (subject, next_due) {numbers} SELECT '{kind}' || i, :due FROM n"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Milliseconds of a look with nothing due, among few and among many living matches."""

    few: float
    many: float

    @property
    def ratio(self) -> float:
        """Wanted: at most 1.2."""
        return self.many / self.few


def measure_ticks(one: Database, other: Database, *, few: int = FEW, many: int = MANY) -> Ticks:
    """Fill two empty databases with the newest tables, the other with many, and look into each in turn: what else the
    machine does meanwhile falls on both alike."""
    world = World()
    now = world.now()
    kits = [_filled(one, few, now, world), _filled(other, many, now, world)]
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TICKS):
        for kit, seconds in zip(kits, took, strict=True):
            begun = time.perf_counter()
            plan(kit).all_well()
            seconds.append(time.perf_counter() - begun)
    return Ticks(*(1000 * statistics.median(seconds) for seconds in took))


def _filled(database: Database, matches: int, now: datetime, world: World) -> Kit:
    kit = Kit(
        database=database,
        content=content.parse(packs.read()),
        keyring=Keyring((bytes(32),), world.nonce),
        now=world.now,
        new_id=world.new_id,
        owners=frozenset(),
    )
    with database.transaction() as connection:
        cohort = Cohort("c1", "p1", "Bench", CohortState.RUNNING, now.date())
        Store(connection, kit.keyring).programmes.add(Programme("p1", "Bench", Design(), "", now), cohort)
    live(database, 1, matches, now)
    return kit


def live(database: Database, first: int, last: int, now: datetime) -> None:
    """Matches with these numbers, and the people in them, that are looked at in three days."""
    numbers = _NUMBERS.format(first=first, last=last)
    people = _NUMBERS.format(first=2 * first, last=2 * last + 1)
    with database.transaction() as connection:
        ends = now.date() + timedelta(weeks=12)
        days = bindparam("starts", now.date(), Date), bindparam("ends", ends, Date)
        connection.execute(text(_MATCHES.format(numbers=numbers)).bindparams(*days))
        # A moment is held without its zone.
        due = bindparam("due", (now + timedelta(days=3)).replace(tzinfo=None), DateTime)
        for kind, those in (("match:m", numbers), ("person:p", people)):
            connection.execute(text(_SCHEDULE.format(numbers=those, kind=kind)).bindparams(due))
    # PostgreSQL would begin to tidy up by itself soon, in the middle of the measuring.
    tidy = "VACUUM ANALYZE" if database.engine.dialect.name == "postgresql" else "ANALYZE"
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(tidy))
