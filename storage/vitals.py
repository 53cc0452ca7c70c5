"""What an operator is shown of the database: counts, ages and versions, never a row's content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, LargeBinary, Select, bindparam, func, inspect, select, text

from storage.outbox import State
from storage.tables import answers, channels, coordinators, limits, metadata, outbox, people, schedule, writings

OPEN_STATES = (State.QUEUED, State.CLAIMED, State.SENDING, State.UNKNOWN, State.FAILED)
"""What an operator looks at; the other states only grow."""

_states = select(outbox.c.state, func.count()).group_by(outbox.c.state)
_oldest = (
    select(outbox.c.workspace, outbox.c.rank, func.min(outbox.c.due_at))
    .where(outbox.c.state == State.QUEUED, outbox.c.due_at <= bindparam("now"))
    .group_by(outbox.c.workspace, outbox.c.rank)
)
_waits_since = select(func.min(schedule.c.next_due))
_paused = select(func.count()).select_from(limits).where(limits.c.paused_until > bindparam("micros"))
_clock = text("SELECT clock_timestamp()")
_revision = text("SELECT version_num FROM alembic_version")


def _key_ids(sealed: Column[bytes]) -> Select[bytes]:
    """The key ids of sealed values: four bytes after the version."""
    return select(func.substr(sealed, 2, 4, type_=LargeBinary)).where(sealed.is_not(None)).distinct()


_sealed_under = tuple(_key_ids(table.c.sealed) for table in metadata.sorted_tables if "sealed" in table.c)


_newest_answer = (
    select(answers.c.participant, answers.c.question, answers.c.revision, answers.c.sealed)
    .where(answers.c.sealed.is_not(None))
    .order_by(answers.c.at.desc())
    .limit(1)
)
_newest_writing = (
    select(writings.c.id, writings.c.sealed)
    .where(writings.c.sealed.is_not(None))
    .order_by(writings.c.at.desc())
    .limit(1)
)
_owners = select(func.count()).select_from(coordinators).where(coordinators.c.role == "owner")
_channels = select(func.count()).select_from(channels)
_reachable = select(func.count(), func.count(people.c.unreachable)).where(people.c.active)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sealed value and the place to which it is bound."""

    table: str
    row: str
    sealed: bytes


class Vitals:
    """Small reads for probes, metrics and the doctor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> str | None:
        """The revision of the tables; None before the first migration."""
        if not inspect(self._connection).has_table("alembic_version"):
            return None
        return self._connection.execute(_revision).scalar()

    def clock(self) -> datetime | None:
        """What time the database's own machine has; None for SQLite, which has no clock of its own."""
        if self._connection.dialect.name != "postgresql":
            return None
        read: datetime = self._connection.execute(_clock).scalar_one()
        return read.astimezone(UTC)

    def key_ids(self) -> frozenset[str]:
        """Ids of the keys under which private words are sealed, eight hex digits each. Reads every sealed row."""
        return frozenset(row[0].hex() for query in _sealed_under for row in self._connection.execute(query))

    def sealed_samples(self) -> Sequence[Sample]:
        """The newest sealed value of each table that has any."""
        found = [
            Sample("answers", f"{row.participant}.{row.question}.{row.revision}", row.sealed)
            for row in self._connection.execute(_newest_answer)
        ]
        return [*found, *(Sample("writings", row.id, row.sealed) for row in self._connection.execute(_newest_writing))]

    def owners(self) -> int:
        """How many people were appointed to run a programme, or all."""
        return self._connection.execute(_owners).scalar_one()

    def reachable(self) -> tuple[int, int]:
        """How many people with an account are known, and how many of them cannot be written to."""
        row = self._connection.execute(_reachable).one()
        return row[0], row[1]

    def channels(self) -> int:
        """In how many channels the bot is, as far as platforms tell it."""
        return self._connection.execute(_channels).scalar_one()

    def states(self, states: Sequence[State] = tuple(State)) -> Mapping[State, int]:
        """How many messages are in each of these states, those without any included."""
        found = dict.fromkeys(states, 0)
        for row in self._connection.execute(_states.where(outbox.c.state.in_(states))):
            found[State(row[0])] = row[1]
        return found

    def oldest_due(self, now: datetime) -> Mapping[tuple[str, int], datetime]:
        """By platform and rank, since when the message has been due that waits longest."""
        found: dict[tuple[str, int], datetime] = {}
        for workspace, rank, due in self._connection.execute(_oldest, {"now": now}):
            place = (workspace.partition(":")[0], rank)
            found[place] = min(found.get(place, due), due)
        return found

    def waits_since(self) -> datetime | None:
        """The moment of the subject that is to be looked at first; None when there is none."""
        return self._connection.execute(_waits_since).scalar()

    def paused_keys(self, now: datetime) -> int:
        """How many keys of the limits a platform has asked to pause."""
        return self._connection.execute(_paused, {"micros": int(now.timestamp() * 1_000_000)}).scalar_one()
