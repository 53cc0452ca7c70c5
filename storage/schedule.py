"""The index of what must be looked at next; the plan itself is computed from the history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from storage.tables import schedule
from storage.upsert import insert

_put = insert(schedule)
_upsert = _put.on_conflict_do_update(index_elements=["subject"], set_={"next_due": _put.excluded.next_due})
_first_only = _put.on_conflict_do_nothing()
_due = (
    select(schedule.c.subject, schedule.c.next_due)
    .where(schedule.c.next_due <= bindparam("now"))
    .order_by(schedule.c.next_due, schedule.c.subject)
    .limit(bindparam("most"))
)
_first = select(func.min(schedule.c.next_due))
_drop = delete(schedule).where(schedule.c.subject == bindparam("which"))


class Schedule:
    """A subject is "match:ID", "person:ID" or "cohort:ID"; there is one row each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look_at(self, subject: str, at: datetime | None) -> None:
        """Look at the subject at that moment and not before; None: never again."""
        if at is None:
            self._connection.execute(_drop, {"which": subject})
        else:
            self._connection.execute(_upsert, {"subject": subject, "next_due": at})

    def look_first(self, subject: str, at: datetime) -> None:
        """Look at the subject at that moment, unless another one is written down already."""
        self._connection.execute(_first_only, {"subject": subject, "next_due": at})

    def due(self, now: datetime, most: int) -> Sequence[tuple[str, datetime]]:
        """Subjects whose moment has come, each with that moment, the longest waiting first."""
        return [(row[0], row[1]) for row in self._connection.execute(_due, {"now": now, "most": most})]

    def first_due(self) -> datetime | None:
        """The earliest moment of all."""
        return self._connection.execute(_first).scalar()
