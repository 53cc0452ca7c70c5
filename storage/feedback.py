"""What people tapped after a meeting, linked to the match."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from flows.feedback import Tap
from storage.tables import feedback
from storage.upsert import insert

_insert = insert(feedback)
_give = _insert.on_conflict_do_update(
    index_elements=["match", "number", "person", "question"], set_={"answer": _insert.excluded.answer}
)
_of = (
    select(feedback)
    .where(feedback.c.match == bindparam("which"))
    .order_by(feedback.c.number, feedback.c.person, feedback.c.question)
)


class Feedback:
    """Answers that neither the partner nor a coordinator reads one by one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, match: str, tap: Tap) -> None:
        """Keep an answer; the newest to a question counts, and what stands already is not written."""
        if tap in self.of(match):
            return
        row = {"number": tap.number, "person": tap.person, "question": tap.question, "answer": tap.answer}
        self._connection.execute(_give, {"match": match, **row})

    def of(self, match: str) -> Sequence[Tap]:
        """Everything that was tapped in a match."""
        rows = self._connection.execute(_of, {"which": match}).all()
        return [Tap(row.number, row.person, row.question, row.answer) for row in rows]
