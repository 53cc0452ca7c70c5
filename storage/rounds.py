"""Rounds of matching with their proposals; participants hear nothing of them from here."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from flows.matching.drafting.drafted import Draft, Proof, Record, Shortage, Totals
from flows.matching.drafting.fairness import Group, Hidden
from flows.matching.drafting.recruiting import Wanted
from flows.matching.drafting.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.editing.edits import held
from flows.matching.locks import LockKind
from flows.matching.pairs import Contribution, Pair
from flows.matching.rules import Aim, Limit
from flows.people import Role
from flows.rounds import Round, RoundState
from storage.locks import STANDING, lock_of
from storage.tables import proposals, rounds, unmatched

# A round of gatherings has no proof; see storage.gatherings.
_drafted = select(rounds).where(
    rounds.c.cohort == bindparam("cohort"), rounds.c.state == RoundState.DRAFTED, rounds.c.proof.is_not(None)
)
_proposals = select(proposals).where(proposals.c.round == bindparam("round")).order_by(proposals.c.number)
_before = (
    select(proposals)
    .join(rounds, rounds.c.id == proposals.c.round)
    .where(
        rounds.c.cohort == bindparam("cohort"),
        rounds.c.number == bindparam("number"),
        rounds.c.state == RoundState.REPLACED,
    )
)
_unmatched = select(unmatched).where(unmatched.c.round == bindparam("round")).order_by(unmatched.c.participant)
_highest = select(func.coalesce(func.max(rounds.c.number), 0)).where(rounds.c.cohort == bindparam("cohort"))
_newest_proof = (
    select(rounds.c.proof)
    .where(rounds.c.cohort == bindparam("cohort"), rounds.c.proof.is_not(None))
    .order_by(rounds.c.number.desc())
    .limit(1)
)


class Rounds:
    """What a coordinator drafts, reviews and publishes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, cohort: str) -> int:
        """The number of a cohort's next round."""
        highest: int = self._connection.execute(_highest, {"cohort": cohort}).scalar_one()
        return highest + 1

    def add(self, round_: Round) -> None:
        """A new draft with its pairs and everybody who is left over."""
        self._connection.execute(
            insert(rounds).values(
                id=round_.id,
                cohort=round_.cohort,
                number=round_.number,
                state=round_.state,
                drafted_by=round_.drafted_by,
                drafted_at=round_.drafted_at,
                edited=round_.edited,
                totals=asdict(round_.draft.totals),
                proof=asdict(round_.draft.proof),
                record=asdict(round_.draft.record),
                groups=[asdict(group) for group in round_.draft.groups],
                wanted=[asdict(wanted) for wanted in round_.draft.wanted],
            )
        )
        self._add_people(round_)

    def change(self, round_: Round) -> None:
        """Write the draft anew, after a lock or a swap."""
        for table in (proposals, unmatched):
            self._connection.execute(delete(table).where(table.c.round == round_.id))
        where = rounds.c.id == round_.id
        self._connection.execute(
            update(rounds)
            .where(where)
            .values(
                totals=asdict(round_.draft.totals),
                groups=[asdict(group) for group in round_.draft.groups],
                wanted=[asdict(wanted) for wanted in round_.draft.wanted],
                edited=round_.edited,
            )
        )
        self._add_people(round_)

    def mark(self, round_id: str, state: RoundState, at: datetime | None = None) -> None:
        """Published at that moment, or replaced."""
        where = rounds.c.id == round_id
        self._connection.execute(update(rounds).where(where).values(state=state, published_at=at))

    def prices(self, cohort: str) -> Mapping[str, int]:
        """By mentor, of the newest draft that has a proof: who was sought by many is dear. Nothing before the first."""
        newest = self._connection.execute(_newest_proof, {"cohort": cohort}).scalar()
        return newest["prices"] if newest else {}

    def drafted(self, cohort: str) -> Round | None:
        """The draft that a cohort's coordinators are looking at."""
        row = self._connection.execute(_drafted, {"cohort": cohort}).first()
        if row is None:
            return None
        return Round(
            id=row.id,
            cohort=row.cohort,
            number=row.number,
            state=RoundState(row.state),
            drafted_by=row.drafted_by,
            drafted_at=row.drafted_at,
            draft=self._draft(row),
            published_at=row.published_at,
            edited=row.edited,
        )

    def before(self, round_: Round) -> tuple[Pair, ...] | None:
        """The pairs of the draft in whose place this one came, as they stood then; None when there was none."""
        where = {"cohort": round_.cohort, "number": round_.number - 1}
        rows = self._connection.execute(_before, where).all()
        return tuple(_pair_of(row, ()) for row in rows) or None

    def _draft(self, round_: Any) -> Draft:
        standing = tuple(lock_of(row) for row in self._connection.execute(STANDING, {"cohort": round_.cohort}))
        pins = {(one.mentee, one.mentor) for one in standing if one.kind is LockKind.PIN}
        pairs = [_pair_of(row, pins) for row in self._connection.execute(_proposals, {"round": round_.id})]
        left = self._connection.execute(_unmatched, {"round": round_.id}).all()
        waiting = [_unmatched_of(row) for row in left if row.role == Role.MENTEE]
        return Draft(
            pairs=tuple(pairs),
            unmatched=tuple(sorted(waiting, key=lambda one: one.queue)),
            idle=tuple(_idle_of(row) for row in left if row.role == Role.MENTOR),
            held=held(standing),
            locks=standing,
            totals=Totals(**round_.totals),
            proof=_proof_of(round_.proof),
            record=Record(**{**round_.record, "aim": Aim(round_.record["aim"])}),
            groups=tuple(_group_of(group) for group in round_.groups),
            wanted=tuple(Wanted(**{**one, "languages": tuple(one["languages"])}) for one in round_.wanted or ()),
        )

    def _add_people(self, round_: Round) -> None:
        pairs = [_pair_row(round_.id, number, pair) for number, pair in enumerate(round_.draft.pairs, start=1)]
        waiting = [
            _left_row(round_.id, Role.MENTEE, one.person, one.cause, _explained(one)) for one in round_.draft.unmatched
        ]
        idle = [
            _left_row(round_.id, Role.MENTOR, one.person, one.cause, _told(one.remedies)) for one in round_.draft.idle
        ]
        for table, rows in ((proposals, pairs), (unmatched, [*waiting, *idle])):
            if rows:
                self._connection.execute(insert(table), rows)


def _pair_row(round_id: str, number: int, pair: Pair) -> dict[str, Any]:
    return {
        "round": round_id,
        "mentee": pair.mentee,
        "mentor": pair.mentor,
        "number": number,
        "score": pair.score,
        "contributions": [[part.rule, part.points] for part in pair.contributions],
    }


def _left_row(round_id: str, role: Role, person: str, cause: str, explained: Mapping[str, Any]) -> dict[str, Any]:
    return {"round": round_id, "participant": person, "role": role, "cause": cause, "remedies": explained}


def _pair_of(row: Any, pins: Collection[tuple[str, str]]) -> Pair:
    parts = tuple(Contribution(rule, points) for rule, points in row.contributions)
    return Pair(row.mentee, row.mentor, row.score, parts, pinned=(row.mentee, row.mentor) in pins)


def _group_of(kept: Mapping[str, Any]) -> Group | Hidden:
    return Group(**kept) if "group" in kept else Hidden(**kept)


def _proof_of(kept: Mapping[str, Any]) -> Proof:
    shortage = kept["shortage"] and Shortage(
        mentees=tuple(kept["shortage"]["mentees"]),
        mentors=tuple(kept["shortage"]["mentors"]),
        places=kept["shortage"]["places"],
    )
    return Proof(**{**kept, "shortage": shortage})


def _explained(waiting: Unmatched) -> dict[str, Any]:
    return {
        "permitted": waiting.permitted,
        "limits": [[limit, count] for limit, count in waiting.limits],
        "queue": waiting.queue,
        **_told(waiting.remedies),
    }


def _told(remedies: tuple[Remedy, ...]) -> dict[str, Any]:
    return {"remedies": [[remedy.kind, remedy.detail, remedy.opens] for remedy in remedies]}


def _remedies_of(row: Any) -> tuple[Remedy, ...]:
    return tuple(Remedy(RemedyKind(kind), detail, opens) for kind, detail, opens in row.remedies["remedies"])


def _idle_of(row: Any) -> Idle:
    return Idle(row.participant, IdleCause(row.cause), _remedies_of(row))


def _unmatched_of(row: Any) -> Unmatched:
    return Unmatched(
        person=row.participant,
        cause=Cause(row.cause),
        permitted=row.remedies["permitted"],
        limits=tuple((Limit(limit), count) for limit, count in row.remedies["limits"]),
        remedies=_remedies_of(row),
        queue=row.remedies["queue"],
    )
