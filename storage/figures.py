"""What a report counts of a cohort, read in a fixed number of statements; nothing sealed is opened here."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, func, select, union_all

from flows.feedback import Tap
from flows.nudge import Written
from flows.reports.records import CheckIn, Delivery
from flows.voice.message import Kind
from storage.outbox import State
from storage.tables import answers, check_ins, feedback, matches, outbox, participants, writings

_HERE = matches.c.cohort == bindparam("cohort")
_written = (
    select(
        writings.c.match, writings.c.kind, writings.c.session, writings.c.author, writings.c.state, writings.c.opens_on
    )
    .join(matches, matches.c.id == writings.c.match)
    .where(_HERE)
    .order_by(writings.c.at, writings.c.id)
)
_taps = (
    select(feedback)
    .join(matches, matches.c.id == feedback.c.match)
    .where(_HERE)
    .order_by(feedback.c.match, feedback.c.number, feedback.c.person, feedback.c.question)
)
_check_ins = (
    select(check_ins)
    .join(matches, matches.c.id == check_ins.c.match)
    .where(_HERE)
    .order_by(check_ins.c.week, check_ins.c.match, check_ins.c.person)
)
_hours = (
    select(answers.c.participant, answers.c.value)
    .join(participants, participants.c.id == answers.c.participant)
    .where(participants.c.cohort == bindparam("cohort"), answers.c.question == bindparam("question"))
    .order_by(answers.c.revision)
)
_subjects = union_all(
    select(matches.c.id).where(_HERE),
    select(participants.c.id).where(participants.c.cohort == bindparam("cohort")),
    select(participants.c.person).where(participants.c.cohort == bindparam("cohort")),
)
_delivery = (
    select(outbox.c.state, func.count())
    .where(
        (outbox.c.subject == bindparam("cohort")) | outbox.c.subject.in_(_subjects),
        outbox.c.kind != Kind.ANSWER,
        outbox.c.edits == "",
    )
    .group_by(outbox.c.state)
)
HOURS = "hours"
"""The question of the pack that asks for hours a month."""


class Figures:
    """Reads over a whole cohort."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def written(self, cohort: str) -> tuple[Written, ...]:
        """That something was written in its matches."""
        rows = self._connection.execute(_written, {"cohort": cohort})
        return tuple(Written(row.match, row.kind, row.session, row.author, row.state, row.opens_on) for row in rows)

    def taps(self, cohort: str) -> Mapping[str, tuple[Tap, ...]]:
        """Match → everything that was tapped in it. Show it only through flows.reports."""
        found: dict[str, list[Tap]] = {}
        for row in self._connection.execute(_taps, {"cohort": cohort}):
            found.setdefault(row.match, []).append(Tap(row.number, row.person, row.question, row.answer))
        return {match: tuple(taps) for match, taps in found.items()}

    def check_ins(self, cohort: str) -> tuple[CheckIn, ...]:
        """Everybody's words of every week. Show them only through flows.reports."""
        rows = self._connection.execute(_check_ins, {"cohort": cohort})
        return tuple(CheckIn(row.match, row.person, row.week, row.answer) for row in rows)

    def hours(self, cohort: str) -> Mapping[str, float]:
        """Participant → hours a month, as they answered last."""
        rows = self._connection.execute(_hours, {"cohort": cohort, "question": HOURS})
        newest = {row.participant: row.value for row in rows}
        return {one: float(value) for one, value in newest.items() if isinstance(value, int | float)}

    def delivery(self, cohort: str) -> Delivery:
        """What became of messages about the cohort, its matches and its people; answers and silent changes are left
        out. A weekly message to somebody who is in two cohorts counts in both."""
        counts = {State(row[0]): row[1] for row in self._connection.execute(_delivery, {"cohort": cohort})}

        def several(*states: State) -> int:
            return sum(counts.get(state, 0) for state in states)

        return Delivery(
            sent=several(State.SENT),
            waiting=several(State.QUEUED, State.CLAIMED, State.SENDING),
            failed=several(State.FAILED),
            blocked=several(State.BLOCKED),
            unsure=several(State.UNKNOWN),
            dropped=several(State.EXPIRED, State.CANCELLED),
        )
