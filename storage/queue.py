"""The outbox as those see it who look for work: whose turn it is, and what may go now.

The transactions may be of the weaker kind (`Database.guarded`): rows that two replicas want are locked by one and
skipped by the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, BindParameter, Connection, Select, bindparam, case, or_, select, union_all, update

from storage.outbox import MANY, State
from storage.posts import ALONE, WHOLE, Claimed, Waiting, claimed_of, waiting_of
from storage.tables import outbox

RANKS = range(MANY + 1)
"""Answers, prompts, what many get."""

_now: BindParameter[datetime] = bindparam("now")
_which: BindParameter[str] = bindparam("which")


def _workspaces() -> Select[tuple[str]]:
    """Workspaces with something that may go now, each found by a few steps in the index, however much is queued."""
    queued = select(outbox.c.workspace).where(outbox.c.state == State.QUEUED).order_by(outbox.c.workspace).limit(1)
    found = select(queued.scalar_subquery().label("name")).cte("found", recursive=True)
    following = queued.where(outbox.c.workspace > found.c.name).scalar_subquery()
    found = found.union_all(select(following).where(found.c.name.is_not(None)))
    # The first of each rank and not "whether there is any": for that PostgreSQL would rather read all that is queued.
    firsts = (
        select(outbox.c.key)
        .where(outbox.c.state == State.QUEUED, outbox.c.workspace == found.c.name, outbox.c.rank == rank)
        .where(outbox.c.due_at <= _now)
        .order_by(outbox.c.due_at)
        .limit(1)
        .scalar_subquery()
        for rank in RANKS
    )
    has_work = or_(*(first.is_not(None) for first in firsts))
    return select(found.c.name).where(found.c.name.is_not(None), has_work).order_by(found.c.name)


_with_work = _workspaces()


def _first_of(rank: int) -> CTE:
    """In the order of the index, so that the first ten of fifty thousand cost ten; those that another replica has
    locked are passed over, and the ones behind them taken."""
    return (
        select(*WHOLE, outbox.c.due_at, outbox.c.created_at)
        .where(
            outbox.c.state == State.QUEUED,
            outbox.c.workspace == bindparam("home"),
            outbox.c.rank == rank,
            outbox.c.due_at <= _now,
        )
        .order_by(outbox.c.due_at, outbox.c.created_at, outbox.c.key)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte(f"rank_{rank}")
    )


_first = union_all(*(select(_first_of(rank)) for rank in RANKS)).subquery()
_due = (
    select(_first).order_by(_first.c.rank, _first.c.due_at, _first.c.created_at, _first.c.key).limit(bindparam("most"))
)
_claim = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
    .values(state=State.CLAIMED, owner=bindparam("by"), epoch=outbox.c.epoch + 1, lease_until=bindparam("until"))
)
_expire = (
    update(outbox).where(outbox.c.key.in_(bindparam("keys", expanding=True))).values(state=State.EXPIRED, message=None)
)
_place = select(outbox.c.state, outbox.c.due_at, outbox.c.workspace, outbox.c.conversation, outbox.c.receipt).where(
    outbox.c.key == _which
)
_later = (
    select(outbox.c.key)
    .where(
        outbox.c.edits == bindparam("edited"),
        outbox.c.created_at > select(outbox.c.created_at).where(outbox.c.key == _which).scalar_subquery(),
        outbox.c.state.not_in((State.EXPIRED, State.CANCELLED, State.FAILED, State.BLOCKED)),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Stands:
    """How far a post is, and the place of its message: its workspace, conversation and receipt, as far as there are
    any."""

    state: State
    due_at: datetime
    workspace: str
    conversation: str
    receipt: str


class Queue:
    """Posts whose moment has come."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def workspaces(self, now: datetime) -> Sequence[str]:
        """Whose turn it is: "platform:workspace", and "" for readers whom nobody knows."""
        return [row.name for row in self._connection.execute(_with_work, {"now": now})]

    def due(self, workspace: str, now: datetime, most: int) -> Sequence[Waiting]:
        """What may go in a workspace: answers, then prompts, then what many get, the longest waiting first of each;
        nobody else gets these in this transaction."""
        asked = {"home": workspace, "now": now, "most": most}
        return [waiting_of(row) for row in self._connection.execute(_due, asked).all()]

    def claim(self, waiting: Sequence[Waiting], owner: str, until: datetime) -> Sequence[Claimed]:
        """Take these under a lease."""
        if waiting:
            keys = [one.key for one in waiting]
            self._connection.execute(_claim, {"keys": keys, "by": owner, "until": until})
        return [claimed_of(one, one.message) for one in waiting if one.message is not None]

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

    def stand_alone(self, change: Waiting) -> None:
        """There is no message that it could change, so it is one itself, which goes at once."""
        self._connection.execute(update(outbox).where(outbox.c.key == change.key).values(**ALONE))

    def place_of(self, key: str) -> Stands | None:
        """Where a post stands; None when it was never put."""
        row = self._connection.execute(_place, {"which": key}).first()
        if row is None:
            return None
        return Stands(State(row.state), row.due_at, row.workspace, row.conversation or "", row.receipt or "")

    def move(self, waiting: Waiting, workspace: str) -> None:
        """Its turn comes with those of that workspace."""
        self._connection.execute(update(outbox).where(outbox.c.key == waiting.key).values(workspace=workspace))

    def is_outdated(self, change: Waiting) -> bool:
        """Whether the message that this post changes was changed again by a later turn."""
        return self._connection.execute(_later, {"which": change.key, "edited": change.edits}).first() is not None
