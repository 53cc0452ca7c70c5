"""Whether people would like mentoring: counters, and keyed hashes that say that somebody has answered, never what."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy import insert as plain_insert

from flows.interest import Survey
from storage.tables import interest_counts, pulse_tokens, surveys
from storage.upsert import insert

# SQLAlchemy counts what an INSERT wrote only when it is asked to.
_take = insert(pulse_tokens).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_known = select(pulse_tokens.c.token).where(pulse_tokens.c.token == bindparam("token"))
_count = insert(interest_counts).on_conflict_do_update(
    index_elements=["survey", "question", "choice"], set_={"count": interest_counts.c.count + 1}
)
_newest = select(surveys).order_by(surveys.c.asked_at.desc(), surveys.c.id).limit(1)


class Interest:
    """No person, no moment and no order stands beside a choice."""

    def __init__(self, connection: Connection, secret: bytes) -> None:
        self._connection = connection
        self._secret = secret

    def newest(self) -> Survey | None:
        """The last time of asking."""
        row = self._connection.execute(_newest).first()
        return None if row is None else Survey(row.id, row.asked_at, row.closes_at, row.closed_at)

    def add(self, survey: Survey) -> None:
        """It is asked from now on."""
        values = {"id": survey.id, "asked_at": survey.asked_at, "closes_at": survey.closes_at}
        self._connection.execute(plain_insert(surveys).values(**values, closed_at=survey.closed_at))

    def close(self, survey: str, at: datetime) -> None:
        """It takes no more answers."""
        self._connection.execute(update(surveys).where(surveys.c.id == survey).values(closed_at=at))

    def count(self, person: str, *, survey: str, question: str, choice: str) -> bool:
        """Count a choice, once a person and question; False when this person has answered it before."""
        if not self.stop(person, survey=survey, question=question):
            return False
        self._connection.execute(_count, {"survey": survey, "question": question, "choice": choice, "count": 1})
        return True

    def stop(self, person: str, *, survey: str, question: str) -> bool:
        """Treat a question as done for this person, and count nothing; False when it was done before."""
        token = self._token(person, survey, question)
        if self._connection.execute(_known, {"token": token}).first() is not None:
            return False
        return self._connection.execute(_take, {"token": token}).rowcount == 1

    def answered(self, person: str, *, survey: str, question: str) -> bool:
        """Whether it is done for this person."""
        token = self._token(person, survey, question)
        return self._connection.execute(_known, {"token": token}).first() is not None

    def counts(self, survey: str) -> Mapping[str, Mapping[str, int]]:
        """Question → choice → how many. Show them only through flows.interest.result."""
        found: dict[str, dict[str, int]] = {}
        query = select(interest_counts).where(interest_counts.c.survey == survey)
        for row in self._connection.execute(query).mappings():
            found.setdefault(row["question"], {})[row["choice"]] = row["count"]
        return found

    def _token(self, person: str, survey: str, question: str) -> str:
        words = "|".join((person, survey, question)).encode()
        return hmac.new(self._secret, b"interest|" + words, hashlib.sha256).hexdigest()
