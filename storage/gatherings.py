"""Rounds of gatherings; participants hear nothing of them from here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.gatherings import GatheringRound
from flows.matching.drafting.drafted import Record
from flows.matching.gatherings.gathering import Breach, Cause, Gathering, Left, Proposal, Seat
from flows.matching.rules import Aim
from flows.people import Role
from flows.rounds import RoundState
from storage.tables import cohorts, gatherings, participants, programmes, rounds, seats, sitting_out

_drafted = select(rounds).where(rounds.c.cohort == bindparam("cohort"), rounds.c.state == RoundState.DRAFTED)
_gatherings = select(gatherings).where(gatherings.c.round == bindparam("round")).order_by(gatherings.c.number)
_seats = select(seats).where(seats.c.round == bindparam("round")).order_by(seats.c.number, seats.c.place)
_left = (
    select(sitting_out)
    .where(sitting_out.c.round == bindparam("round"))
    .order_by(sitting_out.c.participant, sitting_out.c.subject)
)
_here = select(participants.c.id, participants.c.person).where(participants.c.cohort == bindparam("cohort")).subquery()
_format = (
    select(programmes.c.format)
    .join(cohorts, cohorts.c.programme == programmes.c.id)
    .where(cohorts.c.id == bindparam("cohort"))
    .scalar_subquery()
)
# Who takes part again is another participant in each cohort.
_before = (
    select(rounds.c.id.label("round"), seats.c.number, _here.c.id.label("participant"))
    .select_from(rounds)
    .join(cohorts, cohorts.c.id == rounds.c.cohort)
    .join(programmes, programmes.c.id == cohorts.c.programme)
    .join(seats, seats.c.round == rounds.c.id)
    .join(participants, participants.c.id == seats.c.participant)
    .join(_here, _here.c.person == participants.c.person)
    .where(
        rounds.c.state == RoundState.PUBLISHED,
        programmes.c.format == _format,
    )
    .order_by(rounds.c.published_at, rounds.c.id, seats.c.number, _here.c.id)
)


class Gatherings:
    """What a coordinator drafts, reviews and publishes in a format with gatherings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, round_: GatheringRound) -> None:
        """A new draft."""
        self._connection.execute(
            insert(rounds).values(
                id=round_.id,
                cohort=round_.cohort,
                number=round_.number,
                state=RoundState.DRAFTED,
                drafted_by=round_.drafted_by,
                drafted_at=round_.drafted_at,
                edited=False,
                totals={"gap": round_.proposal.gap},
                record=round_.proposal.record and asdict(round_.proposal.record),
            )
        )
        self._add_people(round_)

    def change(self, round_: GatheringRound) -> None:
        """Write the proposal anew: after a lock, or as it is published."""
        for table in (seats, gatherings, sitting_out):
            self._connection.execute(delete(table).where(table.c.round == round_.id))
        self._add_people(round_)

    def put_away(self, cohort: str) -> None:
        """A draft of this cohort, if there is one, is looked at no longer."""
        where = (rounds.c.cohort == cohort) & (rounds.c.state == RoundState.DRAFTED)
        self._connection.execute(update(rounds).where(where).values(state=RoundState.REPLACED))

    def publish(self, round_: GatheringRound, at: datetime) -> None:
        """Published at that moment, with these gatherings."""
        self.change(round_)
        where = rounds.c.id == round_.id
        self._connection.execute(update(rounds).where(where).values(state=RoundState.PUBLISHED, published_at=at))

    def drafted(self, cohort: str) -> GatheringRound | None:
        """The draft that a cohort's coordinators are looking at."""
        row = self._connection.execute(_drafted, {"cohort": cohort}).first()
        if row is None:
            return None
        proposal = Proposal(self._of(row.id), self._left_of(row.id), _gap_of(row.totals), _record_of(row.record))
        return GatheringRound(row.id, row.cohort, row.number, row.drafted_by, row.drafted_at, proposal)

    def before(self, cohort: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Who of this cohort was together in each published round of its format, the oldest round first, in whichever
        programme that was: who had coffee together in autumn looks for somebody new in spring."""
        found: dict[str, dict[int, list[str]]] = {}
        for row in self._connection.execute(_before, {"cohort": cohort}):
            found.setdefault(row.round, {}).setdefault(row.number, []).append(row.participant)
        return tuple(tuple(tuple(group) for group in groups.values()) for groups in found.values())

    def _of(self, round_id: str) -> tuple[Gathering, ...]:
        members: dict[int, list[Seat]] = {}
        for row in self._connection.execute(_seats, {"round": round_id}):
            members.setdefault(row.number, []).append(Seat(row.participant, Role(row.role)))
        rows = self._connection.execute(_gatherings, {"round": round_id}).all()
        return tuple(_gathering_of(row, members[row.number]) for row in rows)

    def _left_of(self, round_id: str) -> tuple[Left, ...]:
        rows = self._connection.execute(_left, {"round": round_id})
        return tuple(Left(row.participant, Cause(row.cause), row.subject) for row in rows)

    def _add_people(self, round_: GatheringRound) -> None:
        every = list(enumerate(round_.proposal.gatherings, start=1))
        self._insert(gatherings, [_row(one, number) | {"round": round_.id} for number, one in every])
        self._insert(
            seats,
            [
                {
                    "round": round_.id,
                    "number": number,
                    "participant": seat.participant,
                    "place": place,
                    "role": seat.role,
                }
                for number, one in every
                for place, seat in enumerate(one.seats)
            ],
        )
        self._insert(
            sitting_out,
            [
                {"round": round_.id, "participant": one.person, "subject": one.subject, "cause": one.cause}
                for one in round_.proposal.left
            ],
        )

    def _insert(self, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)


def _gap_of(totals: Mapping[str, Any]) -> int | None:
    """Drafts of an older version say only whether they are the best."""
    gap: int | None = totals["gap"] if "gap" in totals else 0 if totals["exact"] else None
    return gap


def _record_of(kept: Mapping[str, Any] | None) -> Record | None:
    return Record(**{**kept, "aim": Aim(kept["aim"])}) if kept else None


def _row(one: Gathering, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "score": one.score,
        "subject": one.subject,
        "turn": one.turn,
        "broken": [[breach.one, breach.other, *breach.limits] for breach in one.broken],
        "reasons": [list(reason) for reason in one.reasons],
        "locked": one.locked,
    }


def _gathering_of(row: Any, members: Sequence[Seat]) -> Gathering:
    return Gathering(
        seats=tuple(members),
        score=row.score,
        subject=row.subject,
        turn=row.turn,
        broken=tuple(Breach(one, other, tuple(limits)) for one, other, *limits in row.broken),
        reasons=tuple(tuple(reason) for reason in row.reasons),
        locked=row.locked,
    )
