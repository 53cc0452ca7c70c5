"""The index of what must be looked at next; the plan itself is computed from the history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, or_, select

from storage.tables import schedule
from storage.upsert import insert

_put = insert(schedule)
_looked = _put.on_conflict_do_update(
    index_elements=["subject"], set_={"next_due": _put.excluded.next_due, "since": _put.excluded.since}
)
_sooner = _put.on_conflict_do_update(
    index_elements=["subject"],
    set_={"next_due": _put.excluded.next_due, "since": _put.excluded.since},
    where=_put.excluded.next_due < schedule.c.next_due,
)
_drop = delete(schedule).where(schedule.c.subject.in_(bindparam("which", expanding=True)))


@dataclass(frozen=True, slots=True)
class Due:
    """A subject whose moment `at` has come; what came before `since` was looked at."""

    subject: str
    at: datetime
    since: datetime


class Schedule:
    """A subject is its kind and an id, such as "match:ID", "person:ID" or "letter:ID"; there is one row each.

    Everything here speaks of some kinds only: a row of a kind that this version does not know was written by a newer
    one, beside which this one runs during an update. It stays as it is.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look_at(self, subject: str, at: datetime) -> None:
        """Look at the subject then at the latest, for what comes from then on. An earlier moment that is written down
        stays: a slot that has come and was not looked at yet is not lost over what somebody does just then."""
        self._connection.execute(_sooner, {"subject": subject, "next_due": at, "since": at})

    def look_at_all(self, subjects: Iterable[str], at: datetime) -> None:
        """The same for several."""
        rows = [{"subject": subject, "next_due": at, "since": at} for subject in sorted(subjects)]
        if rows:
            self._connection.execute(_sooner, rows)

    def forget(self, subject: str) -> None:
        """Never look at it again."""
        self._connection.execute(_drop, {"which": [subject]})

    def move(self, moments: Mapping[str, datetime | None], *, since: datetime) -> None:
        """For the planner, which has looked at what came before `since`: the next moment of each subject; None: never
        again."""
        over = [subject for subject, at in moments.items() if at is None]
        if over:
            self._connection.execute(_drop, {"which": over})
        moved = [{"subject": subject, "next_due": at, "since": since} for subject, at in moments.items() if at]
        if moved:
            self._connection.execute(_looked, moved)

    def claim(self, now: datetime, kinds: Collection[str], most: int) -> Sequence[Due]:
        """Subjects whose moment has come, the longest waiting first; this transaction's alone until it ends: on
        PostgreSQL by locks that others pass over, on SQLite there is one writer anyway."""
        rows = self._connection.execute(_due(frozenset(kinds)), {"now": now, "most": most}).all()
        return [Due(row.subject, row.next_due, row.since or row.next_due) for row in rows]

    def first_due(self, kinds: Collection[str]) -> datetime | None:
        """The earliest moment of all."""
        return self._connection.execute(_first(frozenset(kinds))).scalar()


@cache
def _due(kinds: frozenset[str]) -> Select[str, datetime, datetime | None]:
    return (
        select(schedule.c.subject, schedule.c.next_due, schedule.c.since)
        .where(schedule.c.next_due <= bindparam("now"), _is_one_of(kinds))
        .order_by(schedule.c.next_due, schedule.c.subject)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@cache
def _first(kinds: frozenset[str]) -> Select[datetime]:
    # Not min(): with a condition beside it SQLite would read the whole table.
    return select(schedule.c.next_due).where(_is_one_of(kinds)).order_by(schedule.c.next_due).limit(1)


def _is_one_of(kinds: frozenset[str]) -> ColumnElement[bool]:
    return or_(*(schedule.c.subject.startswith(f"{kind}:", autoescape=True) for kind in sorted(kinds)))
