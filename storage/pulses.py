"""Anonymous answers: counters, and keyed hashes that say that somebody has answered, never who or what."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from storage.tables import pulse_counts, pulse_tokens
from storage.upsert import insert

# SQLAlchemy counts what an INSERT wrote only when it is asked to.
_take = insert(pulse_tokens).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_known = select(pulse_tokens.c.token).where(pulse_tokens.c.token.in_(bindparam("tokens", expanding=True)))
_count = insert(pulse_counts).on_conflict_do_update(
    index_elements=["cohort", "window", "question", "choice"], set_={"count": pulse_counts.c.count + 1}
)
_counts = (
    select(pulse_counts)
    .where(pulse_counts.c.cohort == bindparam("cohort"))
    .order_by(pulse_counts.c.window, pulse_counts.c.question, pulse_counts.c.choice)
)


class Pulses:
    """No person, no moment and no order stands beside a choice."""

    def __init__(self, connection: Connection, secret: bytes) -> None:
        self._connection = connection
        self._secret = secret

    def count(self, person: str, *, cohort: str, window: str, question: str, choice: str) -> bool:
        """Count a choice, once a person and question; False when this person has answered it before."""
        if not self.unanswered(person, cohort=cohort, window=window, questions=(question,)):
            return False
        token = self._token(person, cohort, window, question)
        if self._connection.execute(_take, {"token": token}).rowcount != 1:
            return False
        row = {"cohort": cohort, "window": window, "question": question, "choice": choice, "count": 1}
        self._connection.execute(_count, row)
        return True

    def stop(self, person: str, *, cohort: str, window: str, questions: Sequence[str]) -> None:
        """Treat these questions as asked and done for this person; nothing is counted."""
        for question in self.unanswered(person, cohort=cohort, window=window, questions=questions):
            self._connection.execute(_take, {"token": self._token(person, cohort, window, question)})

    def unanswered(self, person: str, *, cohort: str, window: str, questions: Sequence[str]) -> tuple[str, ...]:
        """Which of these questions this person has not answered in that window, in the order given."""
        tokens = {question: self._token(person, cohort, window, question) for question in questions}
        known = set(self._connection.execute(_known, {"tokens": list(tokens.values())}).scalars())
        return tuple(question for question in questions if tokens[question] not in known)

    def counts(self, cohort: str) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """(window, question) → choice → how many. Show them only through flows.pulses.shown."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for row in self._connection.execute(_counts, {"cohort": cohort}).mappings():
            found.setdefault((row["window"], row["question"]), {})[row["choice"]] = row["count"]
        return found

    def _token(self, person: str, cohort: str, window: str, question: str) -> str:
        words = "|".join((person, cohort, window, question)).encode()
        return hmac.new(self._secret, b"pulse|" + words, hashlib.sha256).hexdigest()
