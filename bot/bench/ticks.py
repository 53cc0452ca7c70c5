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
TICKS = 200
"""Looks that are measured at each size; the median counts."""
TIMES = 3
"""How often each size is measured: what else the machine does then falls on both."""

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


def measure_ticks(database: Database, *, few: int = FEW, many: int = MANY) -> Ticks:
    """Fill an empty database with the newest tables, and measure. The matches stay in it."""
    world = World()
    kit = Kit(
        database=database,
        content=content.parse(packs.read()),
        keyring=Keyring((bytes(32),), world.nonce),
        now=world.now,
        new_id=world.new_id,
        owners=frozenset(),
    )
    now = world.now()
    with database.transaction() as connection:
        cohort = Cohort("c1", "p1", "Bench", CohortState.RUNNING, now.date())
        Store(connection, kit.keyring).programmes.add(Programme("p1", "Bench", Design(), "", now), cohort)
    live(database, 1, few, now)
    among_few = min(_median(kit) for _ in range(TIMES))
    live(database, few + 1, many, now)
    return Ticks(among_few, min(_median(kit) for _ in range(TIMES)))


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
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _median(kit: Kit) -> float:
    took = []
    for _ in range(TICKS):
        begun = time.perf_counter()
        plan(kit).all_well()
        took.append(time.perf_counter() - begun)
    return 1000 * statistics.median(took)
