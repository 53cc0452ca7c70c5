"""What coordinators decided about people in rounds, kept over all drafts; their reasons are sealed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from flows.decisions import Decision
from flows.matching.locks import Lock, LockKind
from flows.matching.rules import Limit
from storage.sealing import Keyring
from storage.tables import locks

STANDING = (
    select(locks)
    .where(locks.c.cohort == bindparam("cohort"), locks.c.ended_at.is_(None))
    .order_by(locks.c.at, locks.c.id)
)
"""The rows of what holds in the cohort `cohort`, the oldest first."""
_newest_pin = (
    select(locks.c.override)
    .where(locks.c.mentee == bindparam("mentee"), locks.c.mentor == bindparam("mentor"), locks.c.kind == LockKind.PIN)
    .order_by(locks.c.at.desc(), locks.c.id)
    .limit(1)
)
_forbidden = select(locks.c.mentor).where(
    locks.c.mentee == bindparam("mentee"), locks.c.kind == LockKind.FORBID, locks.c.ended_at.is_(None)
)
_let_go = (
    select(locks.c.id)
    .where(
        locks.c.cohort == bindparam("cohort"),
        locks.c.at <= bindparam("since"),
        locks.c.ended_at > bindparam("since"),
        or_(
            and_(locks.c.mentee == bindparam("mentee"), locks.c.mentor == bindparam("mentor")),
            and_(
                locks.c.kind != LockKind.FORBID,
                or_(locks.c.mentee == bindparam("mentee"), locks.c.mentor == bindparam("mentor")),
            ),
        ),
    )
    .limit(1)
)


class Locks:
    """By cohort. Nothing is deleted: what was decided, by whom and why, stays."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def in_cohort(self, cohort: str) -> tuple[Decision, ...]:
        """What holds now, the oldest first."""
        return tuple(self._decision_of(row) for row in self._connection.execute(STANDING, {"cohort": cohort}))

    def overridden(self, mentee: str, mentor: str) -> frozenset[Limit]:
        """What the last decision for these two stands against, fulfilled or not."""
        found = self._connection.execute(_newest_pin, {"mentee": mentee, "mentor": mentor}).scalar()
        return Lock(LockKind.PIN, mentee, mentor, found or "").overridden

    def forbidden(self, mentee: str) -> frozenset[str]:
        """Mentors from whom coordinators keep this mentee."""
        return frozenset(self._connection.execute(_forbidden, {"mentee": mentee}).scalars())

    def let_go(self, cohort: str, mentee: str, mentor: str, *, since: datetime) -> bool:
        """Whether something that held at that time, and stood between these two or bound one of them, holds no
        longer."""
        asked = {"cohort": cohort, "mentee": mentee, "mentor": mentor, "since": since}
        return self._connection.execute(_let_go, asked).scalar() is not None

    def add(self, decision: Decision) -> None:
        """It holds from now on."""
        lock = decision.lock
        self._connection.execute(
            insert(locks).values(
                id=decision.id,
                cohort=decision.cohort,
                kind=lock.kind,
                mentee=lock.mentee or None,
                mentor=lock.mentor or None,
                override=lock.override,
                by=decision.by,
                at=decision.at,
                sealed=self._sealed(decision),
                ended_at=None,
            )
        )

    def end(self, decisions: Iterable[Decision], at: datetime) -> None:
        """They hold no longer."""
        ids = [one.id for one in decisions]
        if ids:
            self._connection.execute(update(locks).where(locks.c.id.in_(ids)).values(ended_at=at))

    def _sealed(self, decision: Decision) -> bytes | None:
        if not decision.why:
            return None
        return self._keyring.seal({"why": decision.why}, table="locks", column="sealed", row=decision.id)

    def _decision_of(self, row: Any) -> Decision:
        why = ""
        if row.sealed is not None:
            why = str(self._keyring.open(row.sealed, table="locks", column="sealed", row=row.id)["why"])
        return Decision(row.id, row.cohort, lock_of(row), row.by, row.at, why)


def lock_of(row: Any) -> Lock:
    """What one of these rows locks, forbids or holds."""
    return Lock(LockKind(row.kind), row.mentee or "", row.mentor or "", row.override)
