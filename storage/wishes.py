"""Whom mentees wish for. Nobody but the mentee is told in which order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from flows.wishes import Wishes as Wished
from storage.tables import participants, wishes

_of = select(wishes).where(wishes.c.mentee == bindparam("mentee")).order_by(wishes.c.number)
_mentee = participants.alias("wishing")
_in_cohort = (
    select(wishes.c.mentee, wishes.c.mentor)
    .join(_mentee, _mentee.c.id == wishes.c.mentee)
    .where(_mentee.c.cohort == bindparam("cohort"))
    .order_by(wishes.c.mentee, wishes.c.number)
)
_for_mentor = select(wishes.c.mentee).where(wishes.c.mentor == bindparam("mentor")).order_by(wishes.c.mentee)


class Wishes:
    """By participant."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, mentee: str) -> Wished:
        """What one mentee said; nothing where they have said nothing."""
        rows = self._connection.execute(_of, {"mentee": mentee}).all()
        return Wished(tuple(row.mentor for row in rows), rows[0].at if rows else None)

    def in_cohort(self, cohort: str) -> Mapping[str, tuple[str, ...]]:
        """Mentee → mentors, dearest first."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._connection.execute(_in_cohort, {"cohort": cohort}):
            found[row.mentee] = (*found.get(row.mentee, ()), row.mentor)
        return found

    def for_mentor(self, mentor: str) -> Sequence[str]:
        """Who named this mentor, in no order of theirs."""
        return self._connection.execute(_for_mentor, {"mentor": mentor}).scalars().all()

    def keep(self, mentee: str, mentors: Sequence[str], at: datetime) -> None:
        """The list in place of the former one."""
        self._connection.execute(delete(wishes).where(wishes.c.mentee == mentee))
        rows = [
            {"mentee": mentee, "number": number, "mentor": mentor, "at": at}
            for number, mentor in enumerate(mentors, start=1)
        ]
        if rows:
            self._connection.execute(insert(wishes), rows)
