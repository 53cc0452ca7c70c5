"""Pacing: the moment from which a key is free again, reserved inside the transaction of who needs it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.tables import limits

_put = insert(limits)
_upsert = _put.on_conflict_do_update(index_elements=["key"], set_={"free_at": _put.excluded.free_at})
# What is usual, a key that was not used lately, takes one statement.
_take_free = _put.on_conflict_do_update(
    index_elements=["key"],
    set_={"free_at": _put.excluded.free_at},
    where=limits.c.free_at <= bindparam("now", type_=limits.c.free_at.type),
)
_free_at = select(limits.c.free_at).where(limits.c.key == bindparam("which"))


class Limits:
    """One row a key, such as "conversation:D1"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reserve(self, key: str, now: datetime, every: timedelta, *, burst: int = 1) -> datetime | None:
        """Take a slot: None when one is free, otherwise the moment at which one will be.

        One slot every so often, and up to `burst` at once after a pause. The row holds the moment at which all slots
        taken so far are paid for.
        """
        if self._connection.execute(_take_free, {"key": key, "free_at": now + every, "now": now}).rowcount == 1:
            return None
        seen: datetime | None = self._connection.execute(_free_at, {"which": key}).scalar()
        paid = max(seen or now, now)
        if paid - now > every * (burst - 1):
            return paid - every * (burst - 1)
        self._connection.execute(_upsert, {"key": key, "free_at": paid + every})
        return None

    def forget(self, *, before: datetime) -> None:
        """Drop the keys that were all free again before that moment: they hold nobody up."""
        self._connection.execute(delete(limits).where(limits.c.free_at < before))
