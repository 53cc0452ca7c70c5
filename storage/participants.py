"""Participants and their answers. Nothing is overwritten: the newest answer counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from flows.people import Participant, Role, Standing
from flows.programme import CohortState
from flows.questionnaire import Answer, Answers
from storage.each import Which, among
from storage.sealing import Keyring
from storage.tables import answers, cohorts, outbox, participants, questions_put

_of_person = (
    select(participants)
    .join(cohorts, cohorts.c.id == participants.c.cohort)
    .where(participants.c.person == bindparam("person"), cohorts.c.state != CohortState.ARCHIVED)
    .order_by(participants.c.started_at.desc(), participants.c.id)
)
_get = select(participants).where(participants.c.id == bindparam("which"))
_in_cohort = select(participants).where(participants.c.cohort == bindparam("cohort")).order_by(participants.c.id)


def _in_order(which: Which) -> Select[Any]:
    """Every revision, the newest of a question last: few have several, and to look for it takes twice as long."""
    return (
        select(answers.c.participant, answers.c.question, answers.c.revision, answers.c.value, answers.c.sealed)
        .where(answers.c.participant.in_(which))
        .order_by(answers.c.participant, answers.c.question, answers.c.revision)
    )


_answers = among(_in_order)
_answers_to = among(
    lambda which: _in_order(which).where(answers.c.question.in_(bindparam("questions", expanding=True)))
)
_places = among(
    lambda which: (
        select(participants)
        .join(cohorts, cohorts.c.id == participants.c.cohort)
        .where(participants.c.person.in_(which), cohorts.c.state.not_in((CohortState.CLOSING, CohortState.ARCHIVED)))
        .order_by(participants.c.id)
    )
)
_save = update(participants).where(participants.c.id == bindparam("which"))
_FOR_EVER = frozenset({"id", "cohort", "person"})
"""Never written again: SQLite looks through every table that refers to a key which is written, even to the same."""
_UNDER_WAY = ("queued", "claimed", "sending")
_questions_put = (
    select(questions_put.c.question, questions_put.c.post, questions_put.c.at, outbox.c.sent_at, outbox.c.state)
    .outerjoin(outbox, outbox.c.key == questions_put.c.post)
    .where(questions_put.c.participant == bindparam("which"))
    .order_by(questions_put.c.number)
)


@dataclass(frozen=True, slots=True)
class Put:
    """A question (its id, "" is the last card) in the message of an outbox key. It is open from `at`, the moment
    at which the message was sent; None while it is under way."""

    question: str
    post: str
    at: datetime | None


class Participants:
    """People in cohorts, and what they answered there."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def add(self, participant: Participant, *, source: str, at: datetime) -> None:
        """Somebody begins to join; `source` is how they came: command, invitation or home."""
        self._connection.execute(insert(participants).values(started_at=at, source=source, **_values(participant)))

    def save(self, *changed: Participant) -> None:
        """Write what has changed."""
        if changed:
            self._connection.execute(_save, [{"which": one.id, **_changeable(one)} for one in changed])

    def end_skips(self, cohort: str) -> None:
        """The round that some skipped is over: they are in the next one."""
        skipping = (participants.c.cohort == cohort, participants.c.skips)
        self._connection.execute(update(participants).where(*skipping).values(skips=False))

    def wait_longer(self, participant: str) -> None:
        """One round more in which somebody stayed without a mentor, whatever else changes just now."""
        longer = update(participants).where(participants.c.id == participant)
        self._connection.execute(longer.values(waited=participants.c.waited + 1))

    def mark_left(self, participant: str, at: datetime) -> None:
        """When somebody left."""
        self._connection.execute(update(participants).where(participants.c.id == participant).values(left_at=at))

    def get(self, participant: str) -> Participant:
        """The participant with this id. Raises LookupError."""
        row = self._connection.execute(_get, {"which": participant}).mappings().first()
        if row is None:
            raise LookupError(f"no participant {participant}")
        return participant_of(row)

    def of_person(self, person: str) -> Sequence[Participant]:
        """Their places in cohorts that are not archived, the newest first."""
        return [participant_of(row) for row in self._connection.execute(_of_person, {"person": person}).mappings()]

    def of_people(self, people: Collection[str]) -> Sequence[Participant]:
        """The places of these people in cohorts that are not over."""
        rows = self._connection.execute(_places.of(people), {"which": list(people)}).mappings() if people else ()
        return [participant_of(row) for row in rows]

    def in_cohort(self, cohort: str) -> Sequence[Participant]:
        """Everybody in a cohort, whatever their standing."""
        return [participant_of(row) for row in self._connection.execute(_in_cohort, {"cohort": cohort}).mappings()]

    def answers(self, participant: str) -> Answers:
        """Question id → newest answer; a skipped question is there with None."""
        return self.answers_of([participant]).get(participant, {})

    def answers_of(self, ids: Sequence[str], questions: Collection[str] | None = None) -> Mapping[str, Answers]:
        """Participant id → their newest answers, to these questions or to all."""
        found: dict[str, dict[str, Answer]] = {}
        private: dict[tuple[str, str], tuple[int, bytes]] = {}
        statement = _answers.of(ids) if questions is None else _answers_to.of(ids)
        wanted = {"which": list(ids)} | ({} if questions is None else {"questions": list(questions)})
        rows = self._connection.execute(statement, wanted).all() if ids else ()
        for participant, question, revision, value, sealed in rows:
            found.setdefault(participant, {})[question] = _answer_of(value)
            if sealed is None:
                private.pop((participant, question), None)
            else:
                private[participant, question] = (revision, sealed)
        for (participant, question), (revision, sealed) in private.items():
            place = f"{participant}.{question}.{revision}"
            opened = self._keyring.open(sealed, table="answers", column="sealed", row=place)
            found[participant][question] = _answer_of(opened["value"])
        return found

    def answer(self, participant: str, question: str, value: Answer, *, private: bool, at: datetime) -> bool:
        """Add an answer. False when a newer one (by the platform's time) is there already: that one counts."""
        newest = self._connection.execute(
            select(answers.c.revision, answers.c.at)
            .where(answers.c.participant == participant, answers.c.question == question)
            .order_by(answers.c.revision.desc())
            .limit(1)
        ).first()
        if newest is not None and newest.at > at:
            return False
        revision = 1 if newest is None else newest.revision + 1
        sealed = None
        if private and value is not None:
            place = f"{participant}.{question}.{revision}"
            sealed = self._keyring.seal({"value": value}, table="answers", column="sealed", row=place)
        self._connection.execute(
            insert(answers).values(
                participant=participant,
                question=question,
                revision=revision,
                value=None if private else value,
                sealed=sealed,
                at=at,
            )
        )
        return True

    def put_question(self, participant: str, question: str, post: str, at: datetime) -> None:
        """Remember that a question was put, in the message of that outbox key; "" is the last card."""
        number = self._connection.execute(
            select(func.coalesce(func.max(questions_put.c.number), 0)).where(questions_put.c.participant == participant)
        ).scalar_one()
        self._connection.execute(
            insert(questions_put).values(
                participant=participant, number=number + 1, question=question, post=post, at=at
            )
        )

    def questions_put(self, participant: str) -> Sequence[Put]:
        """Every question that was put to them, in order."""
        return [
            Put(row.question, row.post, None if row.state in _UNDER_WAY else max(row.at, row.sent_at or row.at))
            for row in self._connection.execute(_questions_put, {"which": participant})
        ]


def participant_of(row: RowMapping | Mapping[str, Any]) -> Participant:
    """A row as the domain's value."""
    return Participant(
        id=row["id"],
        cohort=row["cohort"],
        person=row["person"],
        standing=Standing(row["standing"]),
        roles=frozenset(Role(role) for role in row["roles"].split(",") if role),
        capacity=row["capacity"],
        paused_until=row["paused_until"],
        hidden=frozenset(question for question in row["hidden"].split(",") if question),
        joined_at=row["joined_at"],
        waited=row["waited"],
        skips=row["skips"],
    )


def _answer_of(value: Any) -> Answer:
    return tuple(value) if isinstance(value, list) else value


def _values(participant: Participant) -> dict[str, Any]:
    return {
        "id": participant.id,
        "cohort": participant.cohort,
        "person": participant.person,
        "standing": participant.standing,
        "roles": ",".join(sorted(participant.roles)),
        "capacity": participant.capacity,
        "paused_until": participant.paused_until,
        "hidden": ",".join(sorted(participant.hidden)),
        "joined_at": participant.joined_at,
        "waited": participant.waited,
        "skips": participant.skips,
    }


def _changeable(participant: Participant) -> dict[str, Any]:
    return {name: value for name, value in _values(participant).items() if name not in _FOR_EVER}
