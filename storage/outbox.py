"""Messages for others: put once for ever, claimed under a lease, sent with the intent committed first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update

from flows.voice.message import Kind, Message, Post, To, ToChannel, ToMatch, ToPerson
from storage.codec import decode_message, encode
from storage.tables import outbox
from storage.upsert import insert


class State(StrEnum):
    """Where a post is. QUEUED → CLAIMED → SENDING (the intent is committed before the call) → SENT; the rest are ends.

    BLOCKED: refused because of the reader. UNKNOWN: the platform may or may not have taken it; it is listed and not
    sent again.
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A post in the hands of one owner; every later write names owner and epoch, so a lost lease changes nothing."""

    key: str
    to: To
    message: Message
    kind: Kind
    edits: str
    epoch: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history: which step of which subject a person was told, in which of their weeks, and when."""

    step: str
    subject: str
    person: str
    week: str
    at: datetime
    state: State


_put = insert(outbox).on_conflict_do_nothing()
_RANK = case({Kind.ANSWER: 0, Kind.MUST_ARRIVE: 1}, value=outbox.c.kind, else_=2)
_claimable = (
    select(
        outbox.c.key,
        outbox.c.kind,
        outbox.c.to_kind,
        outbox.c.to_id,
        outbox.c.platform,
        outbox.c.message,
        outbox.c.edits,
        outbox.c.epoch,
        outbox.c.attempts,
        outbox.c.not_after,
    )
    .where(outbox.c.state == State.QUEUED, outbox.c.due_at <= bindparam("now"))
    .order_by(_RANK, outbox.c.due_at, outbox.c.created_at, outbox.c.key)
    .limit(bindparam("most"))
)
_claim = (
    update(outbox)
    .where(outbox.c.key == bindparam("which"), outbox.c.state == State.QUEUED)
    .values(state=State.CLAIMED, owner=bindparam("by"), epoch=outbox.c.epoch + 1, lease_until=bindparam("until"))
)
_expire = update(outbox).where(outbox.c.key == bindparam("which")).values(state=State.EXPIRED, message=None)
_held = (outbox.c.key == bindparam("which")) & (outbox.c.owner == bindparam("by")) & (outbox.c.epoch == bindparam("e"))
_intend = (
    update(outbox).where(_held, outbox.c.state == State.CLAIMED).values(state=State.SENDING, intent_at=bindparam("now"))
)
_sending = select(outbox.c.key).where(outbox.c.state == State.SENDING, outbox.c.owner == bindparam("by"))
_sent = (
    update(outbox)
    .where(_held)
    .values(state=State.SENT, sent_at=bindparam("now"), conversation=bindparam("c"), receipt=bindparam("r"), owner=None)
)
_on_its_way = select(outbox.c.due_at).where(
    outbox.c.key == bindparam("which"), outbox.c.state.in_((State.QUEUED, State.CLAIMED, State.SENDING))
)
_later = (
    select(outbox.c.key)
    .where(
        outbox.c.edits == bindparam("edited"),
        outbox.c.created_at > select(outbox.c.created_at).where(outbox.c.key == bindparam("which")).scalar_subquery(),
        outbox.c.state.not_in((State.EXPIRED, State.CANCELLED, State.FAILED)),
    )
    .limit(1)
)
_history = select(
    outbox.c.step, outbox.c.subject, outbox.c.to_id, outbox.c.week, outbox.c.due_at, outbox.c.state
).where(outbox.c.subject == bindparam("subject"), outbox.c.step != "")


_place = select(outbox.c.conversation, outbox.c.receipt).where(
    outbox.c.key == bindparam("which"), outbox.c.state == State.SENT
)
_first_due = select(func.min(outbox.c.due_at)).where(outbox.c.state == State.QUEUED)
_back = (
    update(outbox)
    .where(_held)
    .values(
        state=State.QUEUED,
        owner=None,
        due_at=bindparam("due"),
        error=bindparam("why"),
        attempts=outbox.c.attempts + bindparam("counts"),
    )
)


class Outbox:
    """The posts of every turn, written in the turn's own transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, *posts: Post, now: datetime) -> None:
        """Queue posts; a key that was ever put changes nothing."""
        for post in posts:
            self._connection.execute(_put, _row(post, now))

    def claim(self, owner: str, now: datetime, *, most: int, lease: timedelta) -> Sequence[Claimed]:
        """Posts for this owner alone until the lease ends; what is past its `not_after` expires here."""
        rows = self._connection.execute(_claimable, {"now": now, "most": most}).all()
        late = [{"which": row.key} for row in rows if row.not_after is not None and row.not_after < now]
        if late:
            self._connection.execute(_expire, late)
        rows = [row for row in rows if row.not_after is None or row.not_after >= now]
        if rows:
            self._connection.execute(_claim, [{"which": row.key, "by": owner, "until": now + lease} for row in rows])
        return [claimed for row in rows if (claimed := self._claimed(row, owner)) is not None]

    def _claimed(self, row: Any, owner: str) -> Claimed | None:
        """None for a post that cannot be read any more, which ends here: nothing else may wait for it."""
        to, epoch = _to(row.to_kind, row.to_id, row.platform), row.epoch + 1
        try:
            message = decode_message(row.message)
        except (KeyError, TypeError, ValueError):
            values = {"state": State.FAILED, "error": "it cannot be read any more", "owner": None}
            self._change(row.key, owner, epoch, values)
            return None
        return Claimed(row.key, to, message, Kind(row.kind), row.edits, epoch, row.attempts)

    def intend(self, claims: Sequence[Claimed], owner: str, now: datetime) -> frozenset[str]:
        """Commit to sending these; the keys of those whose lease still holds."""
        if not claims:
            return frozenset()
        self._connection.execute(
            _intend, [{"which": one.key, "by": owner, "e": one.epoch, "now": now} for one in claims]
        )
        return frozenset(self._connection.execute(_sending, {"by": owner}).scalars())

    def mark_sent(self, sent: Sequence[tuple[Claimed, str, str]], owner: str, now: datetime) -> None:
        """The platform took these; conversation and receipt serve to change the message later."""
        rows = [
            {"which": one.key, "by": owner, "e": one.epoch, "now": now, "c": conversation, "r": receipt}
            for one, conversation, receipt in sent
        ]
        if rows:
            self._connection.execute(_sent, rows)

    def end(self, claimed: Claimed, owner: str, state: State, error: str) -> None:
        """Failed, unknown or cancelled, with the platform's reason."""
        self._change(claimed.key, owner, claimed.epoch, {"state": state, "error": error[:80], "owner": None})

    def try_later(self, claimed: Claimed, owner: str, at: datetime, error: str, *, counted: bool) -> None:
        """Back to the queue until then; `counted` as an attempt that failed, which no pause is."""
        held = {"which": claimed.key, "by": owner, "e": claimed.epoch}
        self._connection.execute(_back, held | {"due": at, "why": error[:80], "counts": int(counted)})

    def wait(self, claimed: Claimed, owner: str, until: datetime, week: str) -> None:
        """Back to the queue until its reader's working hours, and charged to the week of theirs in which these are."""
        charged = case((outbox.c.week != "", week), else_="")
        values = {"state": State.QUEUED, "due_at": until, "week": charged, "owner": None}
        self._change(claimed.key, owner, claimed.epoch, values)

    def _change(self, key: str, owner: str, epoch: int, values: Mapping[str, Any]) -> None:
        held = {"which": key, "by": owner, "e": epoch}
        self._connection.execute(update(outbox).where(_held).values(**values), held)

    def forget_words(self, *, before: datetime) -> None:
        """Drop the words of what was sent before that moment; the row stays, so its key is still taken."""
        old = (outbox.c.state == State.SENT) & (outbox.c.sent_at < before) & outbox.c.message.is_not(None)
        self._connection.execute(update(outbox).where(old).values(message=None))

    def free_expired(self, now: datetime) -> None:
        """Leases that ended: what was only claimed goes back to the queue, what was being sent becomes unknown."""
        over = outbox.c.lease_until < now
        self._connection.execute(
            update(outbox).where(outbox.c.state == State.CLAIMED, over).values(state=State.QUEUED, owner=None)
        )
        self._connection.execute(
            update(outbox)
            .where(outbox.c.state == State.SENDING, over)
            .values(state=State.UNKNOWN, error="lease ended while sending", owner=None)
        )

    def place_of(self, key: str) -> tuple[str, str] | None:
        """Conversation and receipt of a post that was sent."""
        row = self._connection.execute(_place, {"which": key}).first()
        return None if row is None or row.receipt is None else (row.conversation, row.receipt)

    def on_its_way(self, key: str) -> datetime | None:
        """When a post that was not sent yet may go; None for one that was sent, has ended or was never put."""
        return self._connection.execute(_on_its_way, {"which": key}).scalar()

    def is_outdated(self, change: Claimed) -> bool:
        """Whether the message that this post changes was changed again by a later turn."""
        return self._connection.execute(_later, {"which": change.key, "edited": change.edits}).first() is not None

    def history(self, subject: str) -> Sequence[Told]:
        """What was ever told about a subject, by step."""
        rows = self._connection.execute(_history, {"subject": subject})
        return [Told(row.step, row.subject, row.to_id, row.week, row.due_at, State(row.state)) for row in rows]

    def cancel(self, *, to_person: str = "", subject: str = "") -> None:
        """Take back what is still queued for a person, or about a subject."""
        waiting = outbox.c.state == State.QUEUED
        if to_person:
            waiting &= (outbox.c.to_kind == "person") & (outbox.c.to_id == to_person)
        if subject:
            waiting &= outbox.c.subject == subject
        self._connection.execute(update(outbox).where(waiting).values(state=State.CANCELLED, message=None))

    def hurry(self, key: str, now: datetime) -> None:
        """Let a post that is queued go at once, as the answer to an act."""
        queued = (outbox.c.key == key) & (outbox.c.state == State.QUEUED)
        self._connection.execute(update(outbox).where(queued).values(kind=Kind.ANSWER, due_at=now))

    def first_due(self) -> datetime | None:
        """When the next queued post may go."""
        return self._connection.execute(_first_due).scalar()

    def counts(self, keys_like: str) -> Mapping[State, int]:
        """How many posts are in each state, for keys that begin so."""
        query = (
            select(outbox.c.state, func.count()).where(outbox.c.key.startswith(keys_like, autoescape=True))
        ).group_by(outbox.c.state)
        return {State(row[0]): row[1] for row in self._connection.execute(query)}

    def ended(self, states: Iterable[State], *, most: int) -> Sequence[tuple[str, str, State, str]]:
        """Key, person or conversation, state and reason of posts that did not arrive, the newest first."""
        query = (
            select(outbox.c.key, outbox.c.to_id, outbox.c.state, outbox.c.error)
            .where(outbox.c.state.in_(tuple(states)))
            .order_by(outbox.c.created_at.desc(), outbox.c.key)
            .limit(most)
        )
        return [(row[0], row[1], State(row[2]), row[3]) for row in self._connection.execute(query)]


def _row(post: Post, now: datetime) -> dict[str, Any]:
    match post.to:
        case ToPerson(person):
            kind, which, platform = "person", person, ""
        case ToMatch(which_match):
            kind, which, platform = "match", which_match, ""
        case ToChannel(platform, channel):
            kind, which = "channel", channel
    return {
        "key": post.key,
        "kind": post.kind,
        "state": State.QUEUED,
        "to_kind": kind,
        "to_id": which,
        "platform": platform,
        "message": encode(post.message),
        "edits": post.edits,
        "week": post.week,
        "subject": post.subject,
        "step": post.step,
        "batch": post.batch,
        "rank": 2 if post.batch else {Kind.ANSWER: 0, Kind.MUST_ARRIVE: 1}.get(post.kind, 2),
        "workspace": "",
        "created_at": now,
        "due_at": post.not_before or now,
        "not_after": post.not_after,
        "attempts": 0,
        "epoch": 0,
        "error": "",
    }


def _to(kind: str, which: str, platform: str) -> To:
    if kind == "person":
        return ToPerson(which)
    return ToMatch(which) if kind == "match" else ToChannel(platform, which)
