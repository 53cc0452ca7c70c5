"""What can be checked in the database, read-only and beside a bot that may be at work on it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from bot.doctor.finding import Finding, fail, ok, warn
from bot.health import CLOCKS
from bot.schema import NewerSchema, head, revision_of
from bot.settings import Settings
from storage.calculations import Calculations
from storage.deliveries import EVERYTHING, Deliveries
from storage.outbox import State
from storage.sealing import Keyring, Unreadable
from storage.vitals import Vitals

OLDEST_POSTGRESQL = 15
MENDED = (3, 51, 3)
"""The first SQLite in which two connections that write at once cannot damage a file: sqlite.org/wal.html."""
LATE = {0: timedelta(minutes=5), 1: timedelta(minutes=5), 2: timedelta(hours=1)}
"""By rank, how long a message that may go can wait before somebody should look."""
LOST_SINCE = timedelta(days=7)
LONGEST_DRAFT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Case:
    """A connection to the database, and what is known beside it."""

    connection: Connection
    settings: Settings
    keyring: Keyring
    now: datetime

    @property
    def vitals(self) -> Vitals:
        """Small reads."""
        return Vitals(self.connection)

    @property
    def is_postgresql(self) -> bool:
        """Or SQLite."""
        return self.connection.dialect.name == "postgresql"


def version(case: Case) -> Finding:
    """Whether the database is one that we work with."""
    if not case.is_postgresql:
        says = f"SQLite {sqlite3.sqlite_version}"
        if sqlite3.sqlite_version_info < MENDED:
            # The bot has one connection and a lock; a second writer is what the fault needs.
            says += "; before 3.51.3 a second program that writes to the file can damage it"
            says += ": write to it with nothing but alongside"
        return ok(says)
    number = int(case.connection.execute(text("SHOW server_version_num")).scalar_one())
    if number < OLDEST_POSTGRESQL * 10_000:
        return fail(f"PostgreSQL {number // 10_000} is too old", f"PostgreSQL {OLDEST_POSTGRESQL} or newer")
    return ok(f"PostgreSQL {number // 10_000}.{number % 10_000}")


def durability(case: Case) -> Finding:
    """Whether what was acknowledged survives a power cut."""
    if not case.is_postgresql:
        mode = str(case.connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
        if mode != "wal":
            return warn(f"the journal is {mode}, not wal", "alongside serve sets it at its start")
        return ok("write-ahead log; the bot writes with synchronous=FULL")
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _is_off(case.connection, name)]
    if off:
        return fail(f"{', '.join(off)} off: a power cut loses what was acknowledged", f"postgresql.conf: {off[0]} = on")
    return ok("every commit is on disk before it is acknowledged")


def schema(case: Case) -> Finding:
    """Whether the tables are those of this version."""
    newest = head()
    try:
        revision = revision_of(case.connection)
    except NewerSchema as fault:
        return fail(str(fault), "install the newer version")
    if revision != newest:
        return fail(f"it is at revision {revision}, this version works with {newest}", "alongside migrate")
    return ok(f"at revision {newest}, the newest")


def clock(case: Case) -> Finding:
    """Whether this machine and the database's have the same time: leases are counted with it."""
    theirs = case.vitals.clock()
    if theirs is None:
        return ok("the database has none of its own")
    apart = abs(theirs - case.now)
    says = f"{apart.total_seconds():.1f} seconds from the database's"
    return fail(says, "synchronise both machines, for example with chrony") if apart > CLOCKS else ok(says)


def keys(case: Case) -> Finding:
    """Whether MENTOR_KEYS open what is stored."""
    used = case.vitals.key_ids()
    if not used:
        return ok("nothing is sealed yet")
    unknown = sorted(used - case.keyring.ids)
    if unknown:
        return fail(
            f"private words are sealed under keys that are not in MENTOR_KEYS: {', '.join(unknown)}",
            "MENTOR_KEYS: add the old keys behind the first",
        )
    try:
        for sample in case.vitals.sealed_samples():
            case.keyring.open(sample.sealed, table=sample.table, column="sealed", row=sample.row)
    except Unreadable as fault:
        return fail(f"{fault}", "alongside restore: rows were changed outside of the bot")
    return ok("MENTOR_KEYS open what is stored")


def outbox(case: Case) -> Finding:
    """Whether messages arrive."""
    unknown = case.vitals.states((State.UNKNOWN,))[State.UNKNOWN]
    lost = Deliveries(case.connection).how_many_lost(EVERYTHING, since=case.now - LOST_SINCE)
    if unknown:
        return warn(f"of {unknown} messages nobody knows whether they arrived", "alongside outbox")
    if lost:
        return warn(f"{lost} messages of the last {LOST_SINCE.days} days did not arrive", "alongside outbox")
    return ok("what was sent has arrived")


def due(case: Case) -> Finding:
    """Whether messages go out in time."""
    late = {rank: case.now - since for (_, rank), since in case.vitals.oldest_due(case.now).items() if rank in LATE}
    behind = [age for rank, age in late.items() if age > LATE[rank]]
    if not behind:
        return ok("nothing is late")
    minutes = int(max(behind) / timedelta(minutes=1))
    repair = "alongside serve, if it does not run; else alongside outbox shows what is paused"
    says = f"the oldest message that may go has waited for {minutes} minutes"
    return fail(says, repair) if max(behind) > LATE[2] else warn(says, repair)


def planner(case: Case) -> Finding:
    """Whether somebody looks at what is due."""
    since = case.vitals.waits_since()
    lag = case.now - since if since else timedelta()
    if lag > timedelta(seconds=60):
        return warn(f"what is due has waited for {int(lag / timedelta(minutes=1))} minutes", "alongside serve")
    return ok("nothing that is due waits")


def calculations(case: Case) -> Finding:
    """Whether somebody works out the drafts that coordinators wait for."""
    since = Calculations(case.connection).longest_open()
    waits = case.now - since if since else timedelta()
    if waits > LONGEST_DRAFT:
        return warn(f"a draft has been waited for since {int(waits / timedelta(minutes=1))} minutes", "alongside serve")
    return ok("no draft is waited for" if since is None else "a draft is being worked out")


def owners(case: Case) -> Finding:
    """Whether anybody may use /mentor-admin."""
    appointed = case.vitals.owners()
    if case.settings.owners:
        return ok(f"{len(case.settings.owners)} in MENTOR_OWNERS, {appointed} appointed")
    if appointed:
        return ok(f"{appointed} appointed")
    return warn("nobody may use /mentor-admin yet", "MENTOR_OWNERS: the member ids of those who run mentoring")


def people(case: Case) -> Finding:
    """Whether those whom the bot knows can be written to."""
    known, unreachable = case.vitals.reachable()
    if unreachable:
        return warn(
            f"{unreachable} of {known} people cannot be reached", "/mentor-admin people PROGRAMME says who and why"
        )
    return ok(f"{known} people are known and can be reached")


def channels(case: Case) -> Finding:
    """Whether there is a channel to offer where the platform lists none itself."""
    known = case.vitals.channels()
    if known:
        return ok(f"channels of Teams that can be offered: {known}")
    if case.settings.teams_app_password is None:
        return ok("Slack lists its channels itself")
    return warn("the bot is in no channel of Teams", "add the app to a team: docs/teams.md, Give it to people")


def _is_off(connection: Connection, name: str) -> bool:
    return str(connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar_one()) == "off"
