"""Check-ins: one word a person, match and calendar week."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from storage.tables import check_ins
from storage.upsert import insert

_insert = insert(check_ins)
_answer = _insert.on_conflict_do_update(
    index_elements=["match", "person", "week"], set_={"answer": _insert.excluded.answer}
)
_of = select(check_ins).where(check_ins.c.match == bindparam("which")).order_by(check_ins.c.week)
_of_person = select(check_ins.c.match, check_ins.c.answer).where(
    check_ins.c.person == bindparam("person"), check_ins.c.week == bindparam("week")
)


class CheckIns:
    """Answers: fine, slow, stuck, or shared (stuck, and a coordinator may know)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answer(self, match: str, person: str, week: str, answer: str) -> None:
        """Keep the word of that ISO week (such as 2026-W12); the newest counts, and what stands already is not
        written."""
        known = self._connection.execute(_of_person, {"person": person, "week": week})
        if (match, answer) in {(row.match, row.answer) for row in known}:
            return
        self._connection.execute(_answer, {"match": match, "person": person, "week": week, "answer": answer})

    def answered(self, person: str, week: str) -> frozenset[str]:
        """The matches of which this person has said in that week how it goes."""
        return frozenset(self._connection.execute(_of_person, {"person": person, "week": week}).scalars())

    def of(self, match: str) -> Sequence[tuple[str, str]]:
        """(ISO week, word) of everybody in a match, in order, for trends: without saying whose."""
        return [(row.week, row.answer) for row in self._connection.execute(_of, {"which": match})]
