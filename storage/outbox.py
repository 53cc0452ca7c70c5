"""Messages for others: put once for ever, in the transaction of the turn that wants them; what became of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, literal, select, update

from flows.voice.message import Kind, Message, Post, ToChannel, ToMatch, ToPerson
from storage.codec import decode_message, encode
from storage.each import among
from storage.tables import match_members, outbox, people
from storage.upsert import insert


class State(StrEnum):
    """Where a post is. QUEUED → CLAIMED → SENDING (the intent is committed before the call) → SENT; the rest are ends.

    A post that stays SENDING without an owner is in doubt: the platform may or may not have taken it, and is asked.
    BLOCKED: refused because of its reader. UNKNOWN: the platform could not tell; it is listed and not sent again.
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
class Told:
    """A line of the history: which step of which subject a person was told, in which of their weeks, and when."""

    step: str
    subject: str
    person: str
    week: str
    at: datetime
    state: State


_RANK = {Kind.ANSWER: 0, Kind.MUST_ARRIVE: 1, Kind.NUDGE: 2}
MANY = 2
"""The rank of what many get at once: after every answer and every prompt."""

_where = bindparam("where", type_=outbox.c.to_id.type)
_home = people.c.platform + literal(":") + people.c.workspace
_workspaces = {
    "person": select(_home).where(people.c.id == _where),
    "match": select(_home)
    .join(match_members, match_members.c.person == people.c.id)
    .where(match_members.c.match == _where)
    .order_by(match_members.c.person)
    .limit(1),
    "channel": select(func.min(_home)).where(people.c.platform == _where),
}
# A change goes where its message stands, though its reader may be written to elsewhere by now.
_originals = outbox.alias("originals")
_original = select(_originals.c.workspace).where(_originals.c.key == bindparam("original", type_=outbox.c.key.type))
_put = {
    (kind, changes): insert(outbox)
    .values(workspace=func.coalesce(*((_original.scalar_subquery(),) if changes else ()), home.scalar_subquery(), ""))
    .on_conflict_do_nothing()
    for kind, home in _workspaces.items()
    for changes in (False, True)
}
_history = select(
    outbox.c.step, outbox.c.subject, outbox.c.to_id, outbox.c.week, outbox.c.due_at, outbox.c.state
).where(outbox.c.subject == bindparam("subject"), outbox.c.step != "")
_told = select(outbox.c.step, outbox.c.to_id).where(
    outbox.c.subject == bindparam("subject"), outbox.c.step.in_(bindparam("steps", expanding=True))
)
_heard = among(
    lambda which: select(outbox.c.subject, outbox.c.to_id).where(
        outbox.c.subject.in_(which), outbox.c.step == bindparam("step")
    )
)
_cancel = (
    update(outbox)
    .where(outbox.c.state.in_((State.QUEUED, State.CLAIMED)))
    .values(state=State.CANCELLED, message=None, lease_until=None)
)
_cancel_about = among(lambda which: _cancel.where(outbox.c.subject.in_(which)))
_shown = outbox.alias("shown")
_on_the_way = (
    select(outbox.c.key)
    .join(_shown, _shown.c.key == outbox.c.edits)
    .where(
        _shown.c.to_kind == "person",
        _shown.c.to_id == bindparam("reader"),
        _shown.c.receipt == bindparam("receipt"),
        outbox.c.state.in_((State.QUEUED, State.CLAIMED, State.SENDING)),
        # A turn may change the message that it answers: both say the same, and the change is tried until it is there.
        outbox.c.created_at != bindparam("now", type_=outbox.c.created_at.type),
    )
)
_first_due = select(func.min(outbox.c.due_at)).where(outbox.c.state == State.QUEUED)


class Outbox:
    """The posts of every turn, written in the turn's own transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._doubted_since: datetime | None = None
        self.answered: set[str] = set()
        """People who get an answer by what was put in this transaction."""

    def put(self, *posts: Post, now: datetime) -> None:
        """Queue posts; a key that was ever put changes nothing."""
        rows: dict[tuple[str, bool], list[dict[str, Any]]] = {}
        written: dict[int, Any] = {}
        for post in posts:
            # What many get is mostly one message, and to write it out takes longer than all the rest of a row.
            if id(post.message) not in written:
                written[id(post.message)] = encode(post.message)
            row = _row(post, written[id(post.message)], now)
            if isinstance(post.to, ToPerson) and post.kind is Kind.ANSWER and not post.edits:
                self.answered.add(post.to.person)
            if self._doubted_since is not None:
                row |= {"state": State.SENDING, "intent_at": self._doubted_since, "lease_until": self._doubted_since}
            where = row["platform"] if row["to_kind"] == "channel" else row["to_id"]
            found = {"where": where, "original": post.edits} if post.edits else {"where": where}
            rows.setdefault((row["to_kind"], bool(post.edits)), []).append(row | found)
        for kind, of_that_kind in rows.items():
            # All at once: a word to thousands is one statement that is run with many values.
            self._connection.execute(_put[kind], of_that_kind)

    @contextmanager
    def doubting(self, since: datetime) -> Iterator[None]:
        """What is put inside may have been sent after that moment already: the platform is asked before it goes."""
        self._doubted_since = since
        try:
            yield
        finally:
            self._doubted_since = None

    def forget_words(self, *, before: datetime, keys_like: str = "") -> None:
        """Drop the words of what was sent before that moment, of keys that begin so; the row stays, so its key is still
        taken."""
        # When it was put says nothing more than when it was sent, but is in the index of what still has words.
        old = (outbox.c.created_at < before, outbox.c.message.is_not(None))
        sent = [outbox.c.state == State.SENT, outbox.c.sent_at < before]
        if keys_like:
            sent.append(outbox.c.key.startswith(keys_like, autoescape=True))
        self._connection.execute(update(outbox).where(*old, *sent).values(message=None))

    def history(self, subject: str) -> Sequence[Told]:
        """What was ever told about a subject, by step."""
        rows = self._connection.execute(_history, {"subject": subject}).all()
        return [Told(row.step, row.subject, row.to_id, row.week, row.due_at, State(row.state)) for row in rows]

    def told(self, subject: str, steps: Sequence[str]) -> Set[tuple[str, str]]:
        """(step, person) of what was ever put about a subject as one of these steps."""
        return {tuple(row) for row in self._connection.execute(_told, {"subject": subject, "steps": list(steps)})}

    def heard(self, subjects: Collection[str], step: str) -> Set[tuple[str, str]]:
        """(subject, person) of what was ever put as this step about one of these."""
        rows = (
            self._connection.execute(_heard.of(subjects), {"which": list(subjects), "step": step}) if subjects else ()
        )
        return {tuple(row) for row in rows}

    def cancel(self, *, to_person: str) -> None:
        """Take back what is not on the wire yet, for a person."""
        theirs = (outbox.c.to_kind == "person", outbox.c.to_id == to_person)
        self._connection.execute(_cancel.where(*theirs))

    def cancel_about(self, *subjects: str) -> None:
        """The same, about these."""
        if subjects:
            self._connection.execute(_cancel_about.of(subjects), {"which": list(subjects)})

    def overtake(self, receipt: str, *, to_person: str, now: datetime) -> None:
        """Something newer stands in the place of this message than its changes of before `now`: those that wait do not
        go, and those that are on the wire are not tried a second time."""
        found = {"receipt": receipt, "reader": to_person, "now": now}
        keys = self._connection.execute(_on_the_way, found).scalars().all()
        if not keys:
            return
        changes = outbox.c.key.in_(keys)
        self._connection.execute(_cancel.where(changes))
        self._connection.execute(update(outbox).where(changes, outbox.c.state == State.SENDING).values(not_after=now))

    def take_back(self, key: str) -> bool:
        """What waits under this key was never put; the key is free again. Whether anything waited."""
        waits = (outbox.c.key == key, outbox.c.state == State.QUEUED)
        return bool(self._connection.execute(delete(outbox).where(*waits)).rowcount)

    def move(self, person: str) -> None:
        """What waits for a person goes to where they are written to from now on; changes go where their message is."""
        waiting = (outbox.c.state == State.QUEUED, outbox.c.to_kind == "person", outbox.c.to_id == person)
        home = select(_home).where(people.c.id == person).scalar_subquery()
        self._connection.execute(update(outbox).where(*waiting, outbox.c.edits == "").values(workspace=home))

    def hurry(self, key: str, now: datetime) -> None:
        """Let a post that is queued go at once, as the answer to an act."""
        queued = (outbox.c.key == key) & (outbox.c.state == State.QUEUED)
        self._connection.execute(update(outbox).where(queued).values(kind=Kind.ANSWER, rank=0, due_at=now))

    def first_due(self) -> datetime | None:
        """When the next queued post may go."""
        return self._connection.execute(_first_due).scalar()

    def words(self, key: str, *, to_person: str) -> Message | None:
        """The message with this key, if it is for this person and its words are still kept."""
        theirs = (outbox.c.key == key, outbox.c.to_kind == "person", outbox.c.to_id == to_person)
        stored = self._connection.execute(select(outbox.c.message).where(*theirs)).scalar()
        return None if stored is None else decode_message(stored)

    def counts(self, keys_like: str) -> Mapping[State, int]:
        """How many posts are in each state, for keys that begin so."""
        query = (
            select(outbox.c.state, func.count()).where(outbox.c.key.startswith(keys_like, autoescape=True))
        ).group_by(outbox.c.state)
        return {State(row[0]): row[1] for row in self._connection.execute(query)}


def _row(post: Post, message: Any, now: datetime) -> dict[str, Any]:
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
        "message": message,
        "edits": post.edits,
        "week": post.week,
        "subject": post.subject,
        "step": post.step,
        "batch": post.batch,
        "rank": MANY if post.batch else _RANK[post.kind],
        "created_at": now,
        "due_at": post.not_before or now,
        "not_after": post.not_after,
        "attempts": 0,
        "epoch": 0,
        "error": "",
    }
