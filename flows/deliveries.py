"""What became of the messages that were put: how they are counted, what each was, and which may be sent again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from flows.calendar import iso_week
from flows.match import Match
from flows.people import Person, Standing
from flows.refusal import Refusal


class Sort(StrEnum):
    """What a message was, as a coordinator would call it; its words tell nothing more."""

    BROADCAST = "broadcast"
    INVITATION = "invitation"
    INTRODUCTION = "introduction"
    SHARED_CHAT = "shared_chat"
    RELAY = "relay"
    NOBODY_YET = "nobody_yet"
    ROUND = "round"
    PROGRAMME_END = "programme_end"
    MATCH_END = "match_end"
    CONVERSATION = "conversation"
    MEETING = "meeting"
    WEEKLY = "weekly"
    PULSE = "pulse"
    INTEREST = "interest"
    LETTER = "letter"
    WRITING = "writing"
    JOINING = "joining"
    REPORT = "report"
    ANSWER = "answer"
    FACTS = "facts"
    OTHER = "other"


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        "broadcast": Sort.BROADCAST,
        "invitation": Sort.INVITATION,
        "intro": Sort.INTRODUCTION,
        "intros": Sort.INTRODUCTION,
        "intro_request": Sort.INTRODUCTION,
        "intro_released": Sort.INTRODUCTION,
        "intro_next": Sort.INTRODUCTION,
        "intro_question": Sort.RELAY,
        "intro_answer": Sort.RELAY,
        "shared": Sort.SHARED_CHAT,
        "relay": Sort.RELAY,
        "unmatched": Sort.NOBODY_YET,
        "coming": Sort.ROUND,
        "due": Sort.ROUND,
        "closed": Sort.PROGRAMME_END,
        "ended": Sort.MATCH_END,
        "left": Sort.MATCH_END,
        "session": Sort.CONVERSATION,
        "met": Sort.MEETING,
        "nudge": Sort.WEEKLY,
        "pulse": Sort.PULSE,
        "interest": Sort.INTEREST,
        "letter": Sort.LETTER,
        "spotlight": Sort.WRITING,
        "ratings": Sort.WRITING,
        "review": Sort.WRITING,
        "expectations": Sort.WRITING,
        "closing": Sort.PROGRAMME_END,
        "question": Sort.JOINING,
        "report": Sort.REPORT,
        "tables": Sort.REPORT,
        "typed": Sort.ANSWER,
        "facts": Sort.FACTS,
    }
)
"""The first part of a key → what the message was; a step that a pack brings itself is OTHER."""

OF_A_MATCH = frozenset({Sort.INTRODUCTION, Sort.SHARED_CHAT, Sort.RELAY, Sort.CONVERSATION, Sort.MEETING, Sort.WRITING})
"""Of no use once the match is over."""


def sort_of(key: str) -> Sort:
    """What a message was, by the first part of its key (or of its batch)."""
    return SORTS.get(key.partition(":")[0], Sort.OTHER)


MANY = (Sort.BROADCAST, Sort.INVITATION, Sort.INTRODUCTION, Sort.PROGRAMME_END, Sort.INTEREST)
"""What many get at once, and is counted together."""


def batch_of(sort: Sort, cohort: str, which: str) -> str:
    """The name under which messages are counted together: what they are, of which cohort, and which one of these."""
    return f"{sort}:{cohort}:{which}"


def cohort_of_batch(batch: str) -> str:
    """The cohort's id in such a name."""
    return (*batch.split(":"), "", "")[1]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages were meant, and what became of them: `intended` is always the sum of the four others.

    `failed` are those that were refused, came too late, or of which nobody knows; `blocked` those whose reader cannot
    be written to, and those that were taken back; everything else that did not arrive yet is `pending`.
    """

    intended: int
    sent: int
    failed: int
    blocked: int
    pending: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What many got at once, put at that moment (UTC)."""

    id: str
    at: datetime
    tally: Tally

    @property
    def sort(self) -> Sort:
        """What it was."""
        return next((sort for sort in MANY if sort == self.id.partition(":")[0]), Sort.OTHER)

    @property
    def cohort(self) -> str:
        """The id of the cohort that it was for."""
        return cohort_of_batch(self.id)


_CODE = re.compile(r"[a-z]+(_[a-z]+)+|[A-Z][a-z]+([A-Z][a-z]+)+|HTTP \d+|not granted: [A-Za-z., ]+")


class Lost(StrEnum):
    """How a message came not to arrive. UNKNOWN: the platform may have taken it."""

    FAILED = "failed"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that did not arrive, without its words.

    `person` is its reader, or `match` the match in whose shared chat it should stand; both are empty for a channel.
    `subject` is what it was about, `cohort` the cohort of that ("" when it was about none), `week` the reader's week to
    which it was charged. `has_words`: they are still kept, so it could be sent once more. `answers`: it answered
    something that its reader did.
    """

    key: str
    lost: Lost
    reason: str
    person: str
    match: str
    subject: str
    cohort: str
    week: str
    at: datetime
    has_words: bool
    answers: bool

    @property
    def sort(self) -> Sort:
        """What it was."""
        return sort_of(self.key)

    @property
    def code(self) -> str:
        """The platform's word for the reason, such as `msg_blocked` or `MessageSizeTooBig`, or the permission that it
        lacks; "" when it is none."""
        return self.reason if _CODE.fullmatch(self.reason) else ""


def check_again(
    one: Undelivered,
    *,
    reader: Person | None,
    pair: Sequence[Person] = (),
    standing: Standing | None,
    match: Match | None,
    now: datetime,
) -> None:
    """Whether a message may be sent again, now (aware).

    `reader` is None for a chat or a channel, `pair` are those of a shared chat. `standing` is where the reader stands
    in its cohort, None when it is of no cohort or they never joined; `match` is the match that it is about, if any.
    Raises Refusal: `outbox.account` (name), `outbox.unreachable` (name), `outbox.gone`, `outbox.left` (name),
    `outbox.match_over`, `outbox.old_week`, `outbox.old_answer`, and `outbox.words_of_broadcast`,
    `.words_of_invitation` or `.words_gone` when nothing is left to send.
    """
    if reader is None and one.person:
        raise Refusal("outbox.gone")
    for person in (*pair, *([reader] if reader is not None else ())):
        if not person.active:
            raise Refusal("outbox.account", name=person.name)
        if not person.reachable:
            raise Refusal("outbox.unreachable", name=person.name)
    if reader is not None and standing is Standing.LEFT:
        raise Refusal("outbox.left", name=reader.name)
    if match is not None and not match.is_alive and one.sort in OF_A_MATCH:
        raise Refusal("outbox.match_over")
    if one.sort is Sort.WEEKLY and reader is not None and one.week != iso_week(now, reader.zone):
        raise Refusal("outbox.old_week", name=reader.first_name)
    if not one.has_words:
        raise Refusal(_GONE.get(one.sort, "outbox.words_gone"))
    if one.answers and one.sort is not Sort.INVITATION:
        raise Refusal("outbox.old_answer")


_GONE = {Sort.BROADCAST: "outbox.words_of_broadcast", Sort.INVITATION: "outbox.words_of_invitation"}
