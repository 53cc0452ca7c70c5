"""Pacing: how many may go now, reserved for a key inside the transaction of who needs it, for all replicas at once."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, case, delete, literal, select, update

from storage.each import each_of
from storage.tables import limits
from storage.upsert import insert

SLOWEST = 0.15
"""Share of the permitted rate below which refusals slow nobody down: 30 of 200 a minute."""
RECOVERS = 1.05
"""A key that is not refused gets so much faster every minute, until it is at its permitted rate again."""
LONGEST_KEY = 200
"""Characters that the table keeps."""
_MINUTE = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """`per_minute` in the long run, and up to `burst` at once after a pause. `spare` of that burst is left to answers
    by everything else."""

    per_minute: float
    burst: int
    spare: float = 0.0


def _moment(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger)


# What a key owes counts from now on, when it is paid for already.
_from = case((limits.c.free_at > _moment("now"), limits.c.free_at), else_=_moment("now"))
_put = insert(limits).values(paused_until=0, slowed=1.0, slowed_at=0)
# One statement, so that of two replicas which saw the same room only one gets it.
_more = {"free_at": _from + _moment("cost")}
_room = (_from + _moment("cost") <= _moment("most")) & (limits.c.paused_until <= _moment("now"))
_take = _put.on_conflict_do_update(index_elements=["key"], set_=_more, where=_room).execution_options(
    preserve_rowcount=True  # else nobody counts what an INSERT wrote
)
# In order, so that two replicas which want the same ones never wait for each other.
_keys = each_of("keys")
_idle = (_moment("free_at"), literal(0), literal(1.0), literal(0))
_put_each = insert(limits).from_select(
    ["key", "free_at", "paused_until", "slowed", "slowed_at"], select(_keys, *_idle).order_by(_keys)
)
_take_each = _put_each.on_conflict_do_update(index_elements=["key"], set_=_more, where=_room).returning(limits.c.key)
_row = select(limits.c.free_at, limits.c.paused_until, limits.c.slowed, limits.c.slowed_at).where(
    limits.c.key == bindparam("which")
)
_less = update(limits).where(limits.c.key == bindparam("which")).values(free_at=limits.c.free_at - _moment("cost"))
_pause = _put.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "paused_until": case(
            (limits.c.paused_until > _put.excluded.paused_until, limits.c.paused_until),
            else_=_put.excluded.paused_until,
        ),
        "slowed": _put.excluded.slowed,
        "slowed_at": _put.excluded.slowed_at,
    },
)


class Limits:
    """One row a key, such as "chat:T1:post" or "chat:T1:D1"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, key: str, now: datetime, pace: Pace, *, wanted: int = 1, spare: bool = False) -> int:
        """Take up to so many slots; how many were free. With `spare` the share that is kept for answers may be used.

        The row holds the moment at which all slots taken so far are paid for (the theoretical arrival time of GCRA).
        """
        at = _micros(now)
        row = self._connection.execute(_row, {"which": _kept(key)}).first()
        owed = max(row.free_at, at) if row else at
        if row and row.paused_until > at:
            return 0
        every = int(_MINUTE / (pace.per_minute * (_share(row.slowed, row.slowed_at, at) if row else 1.0)))
        burst = pace.burst if spare else pace.burst - int(pace.burst * pace.spare)
        granted = min(wanted, (at + every * burst - owed) // every)
        if granted < 1:
            return 0
        cost = every * granted
        taken = {"key": _kept(key), "free_at": at + cost, "now": at, "cost": cost, "most": at + every * burst}
        return granted if self._connection.execute(_take, taken).rowcount == 1 else 0

    def take_each(self, keys: Collection[str], now: datetime, pace: Pace) -> set[str]:
        """Take a slot of each of these different keys, which are never paused, in one statement; those that had one."""
        if not keys:
            return set()
        at, every = _micros(now), int(_MINUTE / pace.per_minute)
        wanted = {_kept(key): key for key in keys}
        asked = {
            "keys": list(wanted),
            "free_at": at + every,
            "now": at,
            "cost": every,
            "most": at + every * pace.burst,
        }
        return {wanted[key] for key in self._connection.execute(_take_each, asked).scalars()}

    def give_back(self, key: str, now: datetime, pace: Pace, unused: int) -> None:
        """Slots that were taken in this transaction and not needed."""
        row = self._connection.execute(_row, {"which": _kept(key)}).one()
        every = int(_MINUTE / (pace.per_minute * _share(row.slowed, row.slowed_at, _micros(now))))
        self._connection.execute(_less, {"which": _kept(key), "cost": every * unused})

    def free_at(self, key: str, now: datetime, pace: Pace) -> datetime:
        """When a slot of the key will be free, its pause included."""
        at = _micros(now)
        row = self._connection.execute(_row, {"which": _kept(key)}).first()
        if row is None:
            return now
        every = int(_MINUTE / (pace.per_minute * _share(row.slowed, row.slowed_at, at)))
        return _EPOCH + timedelta(microseconds=max(at, row.paused_until, row.free_at - every * (pace.burst - 1)))

    def pause(self, key: str, now: datetime, until: datetime) -> None:
        """The platform refused: nothing of that key goes before then, from any replica, and half as fast afterwards.

        Several calls that were under way are refused together; they slow it down once.
        """
        at = _micros(now)
        row = self._connection.execute(_row, {"which": _kept(key)}).first()
        share = _share(row.slowed, row.slowed_at, at) if row else 1.0
        slower = share if row and row.paused_until > at else max(SLOWEST, share / 2)
        self._connection.execute(
            _pause,
            {
                "key": _kept(key),
                "free_at": at,
                "paused_until": _micros(until),
                "slowed": slower,
                "slowed_at": _micros(until),
            },
        )

    def paused(self, now: datetime) -> dict[str, datetime]:
        """The keys that are paused, and until when."""
        query = select(limits.c.key, limits.c.paused_until).where(limits.c.paused_until > _micros(now))
        return {row[0]: _EPOCH + timedelta(microseconds=row[1]) for row in self._connection.execute(query)}

    def forget(self, *, before: datetime) -> None:
        """Drop the keys that hold nobody up: paid for, not paused, and at full speed again."""
        at = _micros(before)
        idle = (limits.c.free_at < at) & (limits.c.paused_until < at) & (limits.c.slowed_at < at - 60 * _MINUTE)
        self._connection.execute(delete(limits).where(idle))


def _kept(key: str) -> str:
    """The key as the table keeps it: a platform may give its conversations names that are longer."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 65]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _share(slowed: float, slowed_at: int, now: int) -> float:
    """What part of its rate a key has, so long after it was slowed down."""
    minutes = min(60.0, max(0, now - slowed_at) / _MINUTE)
    return min(1.0, float(slowed * RECOVERS**minutes))


def _micros(moment: datetime) -> int:
    return int((moment - _EPOCH) / timedelta(microseconds=1))
