"""Pacing: the moment from which a key is free again, reserved by one atomic upsert."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, select
from sqlalchemy.dialects.sqlite import insert

from storage.tables import limits

_put = insert(limits)
_reserve = _put.on_conflict_do_update(
    index_elements=["key"],
    set_={"free_at": bindparam("next", type_=limits.c.free_at.type)},
    where=limits.c.free_at <= bindparam("now", type_=limits.c.free_at.type),
)
_pause = _put.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "free_at": case(
            (limits.c.free_at > _put.excluded.free_at, limits.c.free_at),
            else_=_put.excluded.free_at,
        )
    },
)


class Limits:
    """One row a key, such as "conversation:D1" or "method:chat.postMessage"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reserve(self, key: str, now: datetime, every: timedelta) -> datetime | None:
        """Take the slot when the key is free: None. Otherwise the moment at which it will be."""
        slot = {"key": key, "free_at": now + every, "next": now + every, "now": now}
        if self._connection.execute(_reserve, slot).rowcount == 1:
            return None
        free_at: datetime = self._connection.execute(select(limits.c.free_at).where(limits.c.key == key)).scalar_one()
        return free_at

    def pause(self, key: str, until: datetime) -> None:
        """Nothing goes out under this key before then."""
        self._connection.execute(_pause, {"key": key, "free_at": until})
