"""What is worked out beside the turns: put in a turn, taken by one process under a lease, ended once.

Every write of a process names owner and epoch, so whoever lost the lease changes nothing; the transactions may be of
the weaker kind (`Database.guarded`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from flows.calculations import Calculation, Kind, State
from storage.tables import calculations

_now = bindparam("now", type_=calculations.c.asked_at.type)
_open = calculations.c.state.in_((State.WAITING, State.TAKEN))
_under_way = (
    select(calculations)
    .where(calculations.c.cohort == bindparam("where"), calculations.c.kind == bindparam("what"), _open)
    .order_by(calculations.c.asked_at, calculations.c.id)
)
_next = (
    select(calculations)
    # A kind that this version does not know was wanted by a newer one, beside which this one runs during an update.
    .where(
        calculations.c.kind.in_(tuple(Kind)),
        or_(
            calculations.c.state == State.WAITING,
            and_(calculations.c.state == State.TAKEN, calculations.c.lease_until < _now),
        ),
    )
    .order_by(calculations.c.asked_at, calculations.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_held = (
    (calculations.c.id == bindparam("which"))
    & (calculations.c.state == State.TAKEN)
    & (calculations.c.owner == bindparam("by"))
    & (calculations.c.epoch == bindparam("e"))
)
_until = bindparam("until", type_=calculations.c.lease_until.type)
_take = (
    update(calculations)
    .where(calculations.c.id == bindparam("which"))
    .values(state=State.TAKEN, owner=bindparam("by"), epoch=bindparam("e"), lease_until=_until)
)
_renew = update(calculations).where(_held).values(lease_until=_until)
_give_back = update(calculations).where(_held).values(state=State.WAITING, owner=None, lease_until=None)
_take_back = (
    update(calculations)
    .where(calculations.c.state == State.TAKEN)
    .values(state=State.WAITING, owner=None, lease_until=None)
)
_first = select(func.min(calculations.c.asked_at)).where(_open)


class Calculations:
    """Who put one in this transaction is seen by `added`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.added = False

    def add(self, calculation: Calculation) -> None:
        """A new one, for whichever process has a hand free."""
        self._connection.execute(
            insert(calculations).values(
                id=calculation.id,
                cohort=calculation.cohort,
                kind=calculation.kind,
                args=dict(calculation.args),
                asked_by=calculation.asked_by,
                asked_at=calculation.asked_at,
                state=calculation.state,
                epoch=calculation.epoch,
            )
        )
        self.added = True

    def under_way(self, cohort: str, kind: Kind) -> Sequence[Calculation]:
        """Those of this kind that wait or are worked on, the oldest first."""
        return [_calculation_of(row) for row in self._connection.execute(_under_way, {"where": cohort, "what": kind})]

    def take(self, owner: str, now: datetime, until: datetime) -> Calculation | None:
        """The one that waits for longest, or whose lease ran out, for this process alone until then."""
        row = self._connection.execute(_next, {"now": now}).first()
        if row is None:
            return None
        self._connection.execute(_take, {"which": row.id, "by": owner, "e": row.epoch + 1, "until": until})
        return _calculation_of(row, epoch=row.epoch + 1)

    def renew(self, calculation: Calculation, owner: str, until: datetime) -> bool:
        """Hold it for longer; whether it was still held."""
        return self._connection.execute(_renew, _hold(calculation, owner) | {"until": until}).rowcount > 0

    def give_back(self, calculation: Calculation, owner: str) -> None:
        """It is done again from its beginning, by whoever is next."""
        self._connection.execute(_give_back, _hold(calculation, owner))

    def take_back(self) -> None:
        """Those that are taken are done again: for a process that is alone, and has taken none yet."""
        self._connection.execute(_take_back)

    def end(self, calculation: Calculation, owner: str, state: State, now: datetime) -> bool:
        """Done or failed; whether it was still held."""
        ended = update(calculations).where(_held).values(state=state, owner=None, lease_until=None, ended_at=now)
        return self._connection.execute(ended, _hold(calculation, owner)).rowcount > 0

    def longest_open(self) -> datetime | None:
        """When the one was asked for that is open for longest."""
        return self._connection.execute(_first).scalar()

    def forget(self, *, before: datetime) -> None:
        """Drop those that ended before that moment."""
        self._connection.execute(delete(calculations).where(calculations.c.ended_at < before))


def _hold(calculation: Calculation, owner: str) -> dict[str, object]:
    return {"which": calculation.id, "by": owner, "e": calculation.epoch}


def _calculation_of(row: Any, *, epoch: int | None = None) -> Calculation:
    return Calculation(
        id=row.id,
        cohort=row.cohort,
        kind=Kind(row.kind),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        args=row.args,
        state=State(row.state),
        epoch=row.epoch if epoch is None else epoch,
    )
