"""What became of messages, for those who run mentoring: counted, listed, sent again by hand; never their words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, false, func, or_, select, true, update

from flows.deliveries import MANY, Batch, Lost, Tally, Undelivered, batch_of
from flows.people import Standing
from flows.voice.message import Kind
from storage.outbox import State
from storage.tables import cohorts, matches, outbox, participants, writings

FAILED = (State.FAILED, State.EXPIRED, State.UNKNOWN)
BLOCKED = (State.BLOCKED, State.CANCELLED)
NOT_ARRIVED = tuple(Lost)


@dataclass(frozen=True, slots=True)
class Within:
    """Whose messages are meant: all of them, or those about these cohorts and their people."""

    cohorts: tuple[str, ...] = ()
    everywhere: bool = False


EVERYTHING = Within(everywhere=True)


def _are(states: Iterable[State | Lost]) -> ColumnElement[bool]:
    return outbox.c.state.in_(tuple(states))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


# Each row falls into one of four, whatever its state: what is none of the first three has not ended.
_SENT, _FAILED, _BLOCKED = outbox.c.state == State.SENT, _are(FAILED), _are(BLOCKED)
_tallies = (
    select(
        outbox.c.batch,
        func.count().label("intended"),
        _how_many(_SENT).label("sent"),
        _how_many(_FAILED).label("failed"),
        _how_many(_BLOCKED).label("blocked"),
        _how_many(~or_(_SENT, _FAILED, _BLOCKED)).label("pending"),
    )
    .where(outbox.c.batch != "")
    .group_by(outbox.c.batch)
)
_counts = (
    select(outbox.c.kind, outbox.c.state, func.count().label("n"))
    .group_by(outbox.c.kind, outbox.c.state)
    .order_by(outbox.c.kind, outbox.c.state)
)
_letters = matches.alias("letters")
_cohort = func.coalesce(cohorts.c.id, matches.c.cohort, participants.c.cohort, _letters.c.cohort, "")
_lost = (
    select(
        outbox.c.key,
        outbox.c.state,
        outbox.c.error,
        outbox.c.to_kind,
        outbox.c.to_id,
        outbox.c.subject,
        outbox.c.week,
        outbox.c.due_at,
        outbox.c.kind,
        outbox.c.message.is_not(None).label("has_words"),
        _cohort.label("cohort"),
    )
    .outerjoin(cohorts, cohorts.c.id == outbox.c.subject)
    .outerjoin(matches, matches.c.id == outbox.c.subject)
    .outerjoin(participants, participants.c.id == outbox.c.subject)
    .outerjoin(writings, writings.c.id == outbox.c.subject)
    .outerjoin(_letters, _letters.c.id == writings.c.match)
    # A silent change of a message that arrived is none that anybody waits for. Said by its length: nearly every row
    # has none, and a database that took the index for it would read them all.
    .where(func.length(outbox.c.edits) == 0)
)


class Deliveries:
    """Reads over the outbox, and the one thing that a person may do with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def batches(self, within: Within, *, most: int, after: int = 0) -> Sequence[Batch]:
        """What many got at once, the newest first, each with its tally, from the one behind the first `after`."""
        tallies = _tallies.subquery()
        # All of a batch were put in one moment, so any of its rows tells it.
        put_at = select(outbox.c.created_at).where(outbox.c.batch == tallies.c.batch).limit(1).scalar_subquery()
        query = select(tallies, put_at.label("at")).where(_of(within, tallies.c.batch))
        query = query.order_by(put_at.desc(), tallies.c.batch).limit(most).offset(after)
        return [
            Batch(row.batch, row.at, Tally(row.intended, row.sent, row.failed, row.blocked, row.pending))
            for row in self._connection.execute(query)
        ]

    def lost(self, within: Within, *, since: datetime, most: int, after: int = 0) -> Sequence[Undelivered]:
        """What was due since then and did not arrive, the newest first, from the one behind the first `after`."""
        query = _lost.where(_are(NOT_ARRIVED), _about(within), outbox.c.due_at >= since)
        query = query.order_by(outbox.c.due_at.desc(), outbox.c.key)
        return self._undelivered(query.limit(most).offset(after))

    def lost_one(self, key: str, within: Within) -> Undelivered | None:
        """The message with this key, if it did not arrive."""
        query = _lost.where(_are(NOT_ARRIVED), _about(within), outbox.c.key == key)
        return next(iter(self._undelivered(query)), None)

    def how_many_lost(
        self, within: Within, *, since: datetime, before: datetime | None = None, states: Sequence[Lost] = NOT_ARRIVED
    ) -> int:
        """How many were due since then, and before then if that is said, and ended so."""
        query = _lost.where(_are(states), _about(within), outbox.c.due_at >= since)
        if before is not None:
            query = query.where(outbox.c.due_at < before)
        return self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()

    def send_again(self, key: str, now: datetime) -> bool:
        """Put what did not arrive back into the queue, from its start and under its old key; False when it has moved
        on since, or when its words are gone. Whoever still holds an old lease can write nothing any more."""
        values = {
            "state": State.QUEUED,
            "due_at": now,
            "not_after": None,
            "attempts": 0,
            "epoch": outbox.c.epoch + 1,
            "owner": None,
            "lease_until": None,
            "error": "",
        }
        lost = (outbox.c.key == key) & outbox.c.state.in_(NOT_ARRIVED) & outbox.c.message.is_not(None)
        return self._connection.execute(update(outbox).where(lost).values(**values)).rowcount == 1

    def forget_words(self, *, before: datetime) -> None:
        """Drop the words of what was due before that moment and did not arrive; the row stays."""
        # When it was put says nothing more than when it was due, but is in the index of what still has words.
        old = (outbox.c.created_at < before, outbox.c.message.is_not(None))
        lost = (outbox.c.state.in_(NOT_ARRIVED), outbox.c.due_at < before)
        self._connection.execute(update(outbox).where(*old, *lost).values(message=None))

    def counts(self) -> Mapping[tuple[Kind, str], int]:
        """How many messages of each kind are in each state."""
        found = self._connection.execute(_counts)
        return {(Kind(row.kind), row.state): row.n for row in found}

    def standing(self, one: Undelivered) -> Standing | None:
        """Where the reader stands in the message's cohort, and for one that is about no cohort the best that they have
        in any; None when they never joined."""
        where = participants.c.person == one.person
        if one.cohort:
            where &= participants.c.cohort == one.cohort
        found = [Standing(row[0]) for row in self._connection.execute(select(participants.c.standing).where(where))]
        return next((standing for standing in found if standing is not Standing.LEFT), found[0] if found else None)

    def _undelivered(self, query: Select[tuple[object, ...]]) -> Sequence[Undelivered]:
        return [
            Undelivered(
                key=row.key,
                lost=Lost(row.state),
                reason=row.error,
                person=row.to_id if row.to_kind == "person" else "",
                match=row.to_id if row.to_kind == "match" else "",
                subject=row.subject,
                cohort=row.cohort,
                week=row.week,
                at=row.due_at,
                has_words=bool(row.has_words),
                answers=row.kind == Kind.ANSWER,
            )
            for row in self._connection.execute(query)
        ]


def _of(within: Within, batch: ColumnElement[str]) -> ColumnElement[bool]:
    if within.everywhere:
        return true()
    begins = (batch_of(sort, cohort, "") for sort in MANY for cohort in within.cohorts)
    return or_(false(), *(batch.startswith(begin, autoescape=True) for begin in begins))


def _about(within: Within) -> ColumnElement[bool]:
    """About one of the cohorts; what is about none of any counts where its reader takes part."""
    if within.everywhere:
        return true()
    takes_part = exists(
        select(participants.c.id)
        .where(participants.c.person == outbox.c.to_id, participants.c.cohort.in_(within.cohorts))
        .correlate(outbox)
    )
    about_none = and_(_cohort == "", outbox.c.to_kind == "person", takes_part)
    return or_(_cohort.in_(within.cohorts), about_none)
