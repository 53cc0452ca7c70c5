"""The outbox as those see it who send: posts under a lease, intents, results, doubts.

Every write names owner and epoch, so whoever lost a lease changes nothing; the transactions may be of the weaker kind
(`Database.guarded`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, func, select, tuple_, update

from storage.outbox import State
from storage.posts import ALONE, WHOLE, Claimed, claimed_of, waiting_of
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Doubt:
    """A post that the platform may have taken since `since`, in the hands of who will ask."""

    claimed: Claimed
    since: datetime


_now: BindParameter[datetime] = bindparam("now")
_which: BindParameter[str] = bindparam("which")
_by: BindParameter[str] = bindparam("by")
# Who was overtaken, by another replica's lease or by a turn that took the post back, changes nothing.
# Two comparisons and no list: several are marked with one statement, which takes no list of values.
_under_way = (outbox.c.state == State.CLAIMED) | (outbox.c.state == State.SENDING)
_held = _under_way & (outbox.c.key == _which) & (outbox.c.owner == _by) & (outbox.c.epoch == bindparam("e"))
_these = (outbox.c.owner == _by) & tuple_(outbox.c.key, outbox.c.epoch).in_(bindparam("held", expanding=True))
_intend = update(outbox).where(_these, _under_way).values(state=State.SENDING, intent_at=_now).returning(outbox.c.key)
_release = update(outbox).where(_these, _under_way).values(state=State.QUEUED, owner=None, lease_until=None)
_sent = (
    update(outbox)
    .where(_held)
    .values(
        state=State.SENT,
        sent_at=_now,
        conversation=bindparam("c"),
        receipt=bindparam("r"),
        owner=None,
        lease_until=None,
        error="",
    )
)
_back = (
    update(outbox)
    .where(_held)
    .values(
        state=State.QUEUED,
        owner=None,
        lease_until=None,
        due_at=bindparam("due"),
        error=bindparam("why"),
        attempts=outbox.c.attempts + bindparam("counts"),
    )
)
_again = (
    update(outbox)
    .where(_held)
    .values(state=State.QUEUED, owner=None, lease_until=None, error=bindparam("why"), attempts=outbox.c.attempts + 1)
)
_doubt = (
    update(outbox)
    .where(_held, outbox.c.state == State.SENDING)
    .values(owner=None, lease_until=bindparam("until"), error=bindparam("why"))
)
_free = (
    update(outbox)
    .where(outbox.c.state == State.CLAIMED, outbox.c.lease_until < _now)
    .values(state=State.QUEUED, owner=None, lease_until=None)
)
_doubtful = (
    select(*WHOLE)
    .where(outbox.c.state == State.SENDING, outbox.c.lease_until <= _now)
    .order_by(outbox.c.lease_until, outbox.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_take_doubt = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
    .values(owner=_by, epoch=outbox.c.epoch + 1, lease_until=bindparam("until"))
)
_first_doubt = select(func.min(outbox.c.lease_until)).where(outbox.c.state == State.SENDING)


class Claims:
    """Posts on their way out, for one replica (`owner`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def intend(self, claims: Sequence[Claimed], owner: str, now: datetime) -> frozenset[str]:
        """Commit to sending these, or once more where a conversation was opened first; the keys of those whose lease
        still holds."""
        if not claims:
            return frozenset()
        held = [(one.key, one.epoch) for one in claims]
        return frozenset(self._connection.execute(_intend, {"held": held, "by": owner, "now": now}).scalars())

    def release(self, claims: Sequence[Claimed], owner: str) -> None:
        """Give back what was surely not sent, for anybody and at once."""
        if claims:
            self._connection.execute(_release, {"held": [(one.key, one.epoch) for one in claims], "by": owner})

    def mark_sent(self, sent: Sequence[tuple[Claimed, str, str]], owner: str, now: datetime) -> None:
        """The platform took these; conversation and receipt serve to change the message later."""
        rows = [
            {"which": one.key, "by": owner, "e": one.epoch, "now": now, "c": conversation, "r": receipt}
            for one, conversation, receipt in sent
        ]
        if rows:
            self._connection.execute(_sent, rows)

    def end(self, claimed: Claimed, owner: str, state: State, error: str) -> bool:
        """Failed, blocked, unknown or cancelled, with the platform's reason; whether the lease still held."""
        values = {"state": state, "error": error[:80], "owner": None, "lease_until": None}
        ended = self._connection.execute(update(outbox).where(_held).values(**values), _hold(claimed, owner))
        return ended.rowcount > 0

    def try_later(self, claimed: Claimed, owner: str, at: datetime, error: str, *, counted: bool) -> None:
        """Back to the queue until then; `counted` as an attempt that failed, which no pause is."""
        back = {"due": at, "why": error[:80], "counts": int(counted)}
        self._connection.execute(_back, _hold(claimed, owner) | back)

    def doubt(self, claimed: Claimed, owner: str, until: datetime, error: str) -> None:
        """The platform may have taken it: somebody asks from that moment on."""
        self._connection.execute(_doubt, _hold(claimed, owner) | {"until": until, "why": error[:80]})

    def stand_alone(self, change: Claimed, owner: str) -> None:
        """There is no message any more that it could change, so it is one itself, which goes at once."""
        values = {"state": State.QUEUED, "owner": None, "lease_until": None, **ALONE}
        self._connection.execute(update(outbox).where(_held).values(**values), _hold(change, owner))

    def send_again(self, claimed: Claimed, owner: str, error: str) -> None:
        """Back to the queue after a doubt, for the moment that it had."""
        self._connection.execute(_again, _hold(claimed, owner) | {"why": error[:80]})

    def free_expired(self, now: datetime) -> int:
        """What was claimed and not sent under a lease that ended goes back to the queue; how many posts."""
        return self._connection.execute(_free, {"now": now}).rowcount

    def doubtful(self, owner: str, now: datetime, until: datetime, *, ended: datetime, most: int) -> Sequence[Doubt]:
        """Take, under a new lease, what was being sent under one that ended before `ended`."""
        rows = self._connection.execute(_doubtful, {"now": ended, "most": most}).all()
        if rows:
            keys = [row.key for row in rows]
            self._connection.execute(_take_doubt, {"keys": keys, "by": owner, "until": until})
        found = [(waiting_of(row), row.intent_at or now) for row in rows]
        return [Doubt(claimed_of(one, one.message), since) for one, since in found if one.message is not None]

    def first_doubt(self) -> datetime | None:
        """When the first lease of a post ends, or has ended, that is being sent."""
        return self._connection.execute(_first_doubt).scalar()


def _hold(claimed: Claimed, owner: str) -> dict[str, object]:
    return {"which": claimed.key, "by": owner, "e": claimed.epoch}
