"""Posts as they are read from the outbox: waiting for their moment, and in somebody's hands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.voice.message import Kind, Message, To, ToChannel, ToMatch, ToPerson
from storage.codec import decode_message
from storage.tables import outbox

ALONE = {"edits": "", "kind": Kind.ANSWER, "rank": 0}
"""What makes a message of its own of a change: the answer to an act, wherever the one that it would change has gone."""


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


WHOLE = (
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
"""All columns of which a post is read."""


def waiting_of(row: Any) -> Waiting:
    """The post of a row."""
    try:
        message = decode_message(row.message)
    except (KeyError, TypeError, ValueError):
        message = None
    to = _to(row.to_kind, row.to_id, row.platform)
    kind = Kind(row.kind)
    return Waiting(
        row.key, to, message, kind, row.rank, row.workspace, row.edits, row.epoch, row.attempts, row.not_after
    )


def claimed_of(one: Waiting, message: Message) -> Claimed:
    """The post as it is once it was claimed."""
    return Claimed(one.key, one.to, message, one.kind, one.workspace, one.edits, one.epoch + 1, one.attempts)


def _to(kind: str, which: str, platform: str) -> To:
    if kind == "person":
        return ToPerson(which)
    return ToMatch(which) if kind == "match" else ToChannel(platform, which)
