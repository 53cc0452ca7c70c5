"""The outbox as those see it who send: whose turn it is, posts under a lease, intents, results, doubts.

Every write names owner and epoch, so whoever lost a lease changes nothing. The transactions may be of the weaker kind
(`Database.guarded`): rows that two replicas want are locked by one and skipped by the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, case, func, select, tuple_, union_all, update

from flows.voice.message import Kind, Message, To, ToChannel, ToMatch, ToPerson
from storage.codec import decode_message
from storage.outbox import MANY, State
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post whose moment has come, seen and locked by this transaction; `message` is None when this version of the
    program cannot read it."""

    key: str
    to: To
    message: Message | None
    kind: Kind
    rank: int
    workspace: str
    edits: str
    epoch: int
    attempts: int
    not_after: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A post in the hands of one owner."""

    key: str
    to: To
    message: Message
    kind: Kind
    workspace: str
    edits: str
    epoch: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A post that the platform may have taken since `since`, in the hands of who will ask."""

    claimed: Claimed
    since: datetime


RANKS = range(MANY + 1)
"""Answers, prompts, what many get."""
_now: BindParameter[datetime] = bindparam("now")
_which: BindParameter[str] = bindparam("which")
_by: BindParameter[str] = bindparam("by")
_whole = (
    outbox.c.key,
    outbox.c.kind,
    outbox.c.rank,
    outbox.c.workspace,
    outbox.c.to_kind,
    outbox.c.to_id,
    outbox.c.platform,
    outbox.c.message,
    outbox.c.edits,
    outbox.c.epoch,
    outbox.c.attempts,
    outbox.c.not_after,
    outbox.c.intent_at,
)


def _workspaces() -> Select[tuple[str]]:
    """Workspaces with something queued, each found by one step in the index, however much is queued."""
    first = select(func.min(outbox.c.workspace).label("name")).where(outbox.c.state == State.QUEUED)
    found = first.cte("found", recursive=True)
    following = (
        select(func.min(outbox.c.workspace))
        .where(outbox.c.state == State.QUEUED, outbox.c.workspace > found.c.name)
        .scalar_subquery()
    )
    found = found.union_all(select(following).where(found.c.name.is_not(None)))
    return select(found.c.name).where(found.c.name.is_not(None)).order_by(found.c.name)


_with_work = _workspaces()


def _first_of(rank: int) -> Select[tuple[str]]:
    """In the order of the index, so that the first ten of fifty thousand cost ten."""
    first = (
        select(outbox.c.key)
        .where(
            outbox.c.state == State.QUEUED,
            outbox.c.workspace == bindparam("home"),
            outbox.c.rank == rank,
            outbox.c.due_at <= _now,
        )
        .order_by(outbox.c.due_at, outbox.c.created_at, outbox.c.key)
        .limit(bindparam("most"))
        .subquery()
    )
    return select(first.c.key)


_first = union_all(*(_first_of(rank) for rank in RANKS)).subquery()
_due = (
    select(*_whole)
    .where(outbox.c.key.in_(select(_first.c.key)), outbox.c.state == State.QUEUED)
    .order_by(outbox.c.rank, outbox.c.due_at, outbox.c.created_at, outbox.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_claim = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
    .values(state=State.CLAIMED, owner=_by, epoch=outbox.c.epoch + 1, lease_until=bindparam("until"))
)
_expire = (
    update(outbox).where(outbox.c.key.in_(bindparam("keys", expanding=True))).values(state=State.EXPIRED, message=None)
)
# Who was overtaken, by another replica's lease or by a turn that took the post back, changes nothing.
# Two comparisons and no list: several are marked with one statement, which takes no list of values.
_under_way = (outbox.c.state == State.CLAIMED) | (outbox.c.state == State.SENDING)
_held = _under_way & (outbox.c.key == _which) & (outbox.c.owner == _by) & (outbox.c.epoch == bindparam("e"))
_these = (outbox.c.owner == _by) & tuple_(outbox.c.key, outbox.c.epoch).in_(bindparam("held", expanding=True))
_intend = (
    update(outbox)
    .where(_these, outbox.c.state == State.CLAIMED)
    .values(state=State.SENDING, intent_at=_now)
    .returning(outbox.c.key)
)
_release = update(outbox).where(_these, _under_way).values(state=State.QUEUED, owner=None, lease_until=None)
_sent = (
    update(outbox)
    .where(_held)
    .values(state=State.SENT, sent_at=_now, conversation=bindparam("c"), receipt=bindparam("r"), owner=None, error="")
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
    select(*_whole)
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
_place = select(outbox.c.state, outbox.c.due_at, outbox.c.conversation, outbox.c.receipt).where(outbox.c.key == _which)
_later = (
    select(outbox.c.key)
    .where(
        outbox.c.edits == bindparam("edited"),
        outbox.c.created_at > select(outbox.c.created_at).where(outbox.c.key == _which).scalar_subquery(),
        outbox.c.state.not_in((State.EXPIRED, State.CANCELLED, State.FAILED, State.BLOCKED)),
    )
    .limit(1)
)


class Claims:
    """Posts on their way out, for one replica (`owner`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def workspaces(self) -> Sequence[str]:
        """Whose turn it may be: "platform:workspace", and "" for readers whom nobody knows."""
        return [row.name for row in self._connection.execute(_with_work)]

    def due(self, workspace: str, now: datetime, most: int) -> Sequence[Waiting]:
        """What may go in a workspace: answers, then prompts, then what many get, the longest waiting first of each;
        nobody else gets these in this transaction."""
        asked = {"home": workspace, "now": now, "most": most}
        return [_waiting(row) for row in self._connection.execute(_due, asked)]

    def claim(self, waiting: Sequence[Waiting], owner: str, until: datetime) -> Sequence[Claimed]:
        """Take these under a lease."""
        if waiting:
            keys = [one.key for one in waiting]
            self._connection.execute(_claim, {"keys": keys, "by": owner, "until": until})
        return [_claimed(one, one.message) for one in waiting if one.message is not None]

    def expire(self, waiting: Sequence[Waiting]) -> None:
        """These came too late to be of use."""
        if waiting:
            self._connection.execute(_expire, {"keys": [one.key for one in waiting]})

    def postpone(self, waiting: Waiting, until: datetime, *, week: str = "", error: str = "") -> None:
        """Let it wait; when that is for its reader's working hours, it is charged to the week in which these are."""
        charged = case((outbox.c.week != "", week), else_="") if week else outbox.c.week
        values = {"due_at": until, "week": charged, "error": error[:80]}
        self._connection.execute(update(outbox).where(outbox.c.key == waiting.key).values(**values))

    def refuse(self, waiting: Waiting, state: State, error: str) -> None:
        """End it before it was sent."""
        values = {"state": state, "error": error[:80]}
        self._connection.execute(update(outbox).where(outbox.c.key == waiting.key).values(**values))

    def intend(self, claims: Sequence[Claimed], owner: str, now: datetime) -> frozenset[str]:
        """Commit to sending these; the keys of those whose lease still holds."""
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

    def end(self, claimed: Claimed, owner: str, state: State, error: str) -> None:
        """Failed, blocked, unknown or cancelled, with the platform's reason."""
        values = {"state": state, "error": error[:80], "owner": None}
        self._connection.execute(update(outbox).where(_held).values(**values), _hold(claimed, owner))

    def try_later(self, claimed: Claimed, owner: str, at: datetime, error: str, *, counted: bool) -> None:
        """Back to the queue until then; `counted` as an attempt that failed, which no pause is."""
        back = {"due": at, "why": error[:80], "counts": int(counted)}
        self._connection.execute(_back, _hold(claimed, owner) | back)

    def doubt(self, claimed: Claimed, owner: str, until: datetime, error: str) -> None:
        """The platform may have taken it: somebody asks from that moment on."""
        self._connection.execute(_doubt, _hold(claimed, owner) | {"until": until, "why": error[:80]})

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
        found = [(_waiting(row), row.intent_at or now) for row in rows]
        return [Doubt(_claimed(one, one.message), since) for one, since in found if one.message is not None]

    def first_doubt(self) -> datetime | None:
        """When the first lease of a post ends, or has ended, that is being sent."""
        return self._connection.execute(_first_doubt).scalar()

    def place_of(self, key: str) -> tuple[State, datetime, str, str] | None:
        """State, due moment, conversation and receipt of a post, whichever it has; None when it was never put."""
        row = self._connection.execute(_place, {"which": key}).first()
        return None if row is None else (State(row.state), row.due_at, row.conversation or "", row.receipt or "")

    def is_outdated(self, change: Waiting) -> bool:
        """Whether the message that this post changes was changed again by a later turn."""
        return self._connection.execute(_later, {"which": change.key, "edited": change.edits}).first() is not None


def _hold(claimed: Claimed, owner: str) -> dict[str, object]:
    return {"which": claimed.key, "by": owner, "e": claimed.epoch}


def _waiting(row: Any) -> Waiting:
    try:
        message = decode_message(row.message)
    except (KeyError, TypeError, ValueError):
        message = None
    to = _to(row.to_kind, row.to_id, row.platform)
    kind = Kind(row.kind)
    return Waiting(
        row.key, to, message, kind, row.rank, row.workspace, row.edits, row.epoch, row.attempts, row.not_after
    )


def _claimed(one: Waiting, message: Message) -> Claimed:
    return Claimed(one.key, one.to, message, one.kind, one.workspace, one.edits, one.epoch + 1, one.attempts)


def _to(kind: str, which: str, platform: str) -> To:
    if kind == "person":
        return ToPerson(which)
    return ToMatch(which) if kind == "match" else ToChannel(platform, which)
