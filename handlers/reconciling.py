"""The clock's handler: posts whose sender died, or whose call ended without an answer, are asked for before they are
sent again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.voice.message import Kind, ToPerson
from handlers.addressing import Readers, look_up
from handlers.delivering import (
    ATTEMPTS,
    LEASE,
    Delivery,
    arrived,
    end_unsent,
    keep_opened,
    opens_once,
)
from handlers.kit import Kit
from handlers.outcomes import Absent, CannotTell, Finding, Found, Throttled, TryLater
from handlers.pacing import Act, Allowance, Paces, slow_down
from storage.claims import Doubt
from storage.outbox import State
from storage.posts import Claimed
from storage.restores import Restore
from storage.store import Store

CALL = timedelta(seconds=10)
"""What a call may take: whoever held the lease has surely ended it by then."""
PATIENCE = timedelta(minutes=15)
"""How long a platform that does not answer is asked again, before the post counts as one that nobody can tell of."""
EARLIER = timedelta(minutes=2)
"""Clocks differ: the platform is asked for messages since so long before the intent."""


@dataclass(frozen=True, slots=True)
class Question:
    """A delivery that may have arrived, at the earliest at `since`; `stale` when it has been asked for long enough."""

    delivery: Delivery
    since: datetime
    stale: bool


def free_expired(kit: Kit) -> int:
    """What a replica claimed and never sent, because it is gone, is anybody's again; how many posts."""
    with kit.database.guarded() as connection:
        return Store(connection, kit.keyring).claims.free_expired(kit.now())


def next_question(store: Store) -> datetime | None:
    """When something will be in doubt for long enough to be asked for."""
    ended_at = store.claims.first_doubt()
    return None if ended_at is None else ended_at + CALL


def doubtful(kit: Kit, owner: str, paces: Mapping[str, Paces], *, most: int = 10) -> Sequence[Question]:
    """Posts in doubt, now in this replica's hands, as many as their platform may be asked for now (by its `paces`).

    A change of a message is repeatable, so it is simply made again.
    """
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        doubts = store.claims.doubtful(owner, now, now + LEASE, ended=now - CALL, most=most)
        people = [doubt.claimed.to.person for doubt in doubts if isinstance(doubt.claimed.to, ToPerson)]
        readers = store.people.reached_at(people)
        restored = store.restores.last() if doubts else None
        found = [_question(doubt, readers, kit, store, owner, now, restored) for doubt in doubts]
        questions = [question for question in found if question is not None]
        return [question for question in questions if _may_ask(question, paces, store, owner, now)]


def _question(
    doubt: Doubt, readers: Readers, kit: Kit, store: Store, owner: str, now: datetime, restored: Restore | None
) -> Question | None:
    claimed = doubt.claimed
    if claimed.edits:
        store.claims.send_again(claimed, owner, "")
        return None
    address = look_up(claimed.to, store, now, readers) if claimed.workspace else None
    if address is None:
        store.claims.end(claimed, owner, State.UNKNOWN, "account is closed")
        return None
    if address.home not in ("", claimed.workspace):
        _without_answer(claimed, "its reader is written to elsewhere now", store, owner)
        return None
    if not address.conversation and opens_once(kit, address.accounts):
        end_unsent(store, claimed, owner, State.UNKNOWN, "its chat may have been opened, and would be twice", now)
        return None
    delivery = Delivery(claimed, address.platform, address.accounts, address.conversation)
    # After a copy was put back there may be thousands to ask for: these wait for their turn, however long it takes.
    waits = restored is not None and doubt.since <= restored.restored_at and restored.doubts(now)
    return Question(delivery, doubt.since - EARLIER, stale=not waits and now - doubt.since > PATIENCE)


def _may_ask(question: Question, paces: Mapping[str, Paces], store: Store, owner: str, now: datetime) -> bool:
    """Whether its platform may be asked now; else the post stays in doubt until it may."""
    claimed, pace = question.delivery.claimed, paces.get(question.delivery.platform)
    free_at = None if pace is None else Allowance(store, claimed.workspace, pace, now).asking()
    if free_at is not None:
        store.claims.doubt(claimed, owner, free_at, "many are asked for")
    return free_at is None


def settle_doubts(kit: Kit, owner: str, findings: Sequence[tuple[Question, Delivery, Finding]]) -> None:
    """Write down what was found; each delivery as it was asked for, its conversation opened."""
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        keep_opened(store, [asked for question, asked, _ in findings if asked != question.delivery])
        for question, _, finding in findings:
            _settle(question, finding, store, owner, now)


def _settle(question: Question, finding: Finding, store: Store, owner: str, now: datetime) -> None:
    claimed = question.delivery.claimed
    match finding:
        case Found(conversation, receipt):
            arrived(store, [(claimed, conversation, receipt)], owner, now)
        case Absent() if claimed.attempts + 1 >= ATTEMPTS:
            store.claims.end(claimed, owner, State.FAILED, "it never arrived")
        case Absent():
            store.claims.send_again(claimed, owner, "it had not arrived")
        case CannotTell(reason):
            _without_answer(claimed, reason, store, owner)
        case TryLater(_, reason, _) | Throttled(_, reason, _, _) if question.stale:
            _without_answer(claimed, reason, store, owner)
        case TryLater(seconds, reason, _):
            store.claims.doubt(claimed, owner, now + timedelta(seconds=seconds), reason)
        case Throttled(seconds, reason, act, everything):
            until = now + timedelta(seconds=seconds)
            slow_down(store, claimed.workspace, tuple(Act) if everything else (act or Act.FIND,), now, until)
            store.claims.doubt(claimed, owner, until, reason)


def _without_answer(claimed: Claimed, reason: str, store: Store, owner: str) -> None:
    """A nudge is rather lost than doubled, everything else rather doubled than lost."""
    if claimed.kind is Kind.NUDGE or claimed.attempts + 1 >= ATTEMPTS:
        store.claims.end(claimed, owner, State.UNKNOWN, f"it may have arrived: {reason}")
    else:
        store.claims.send_again(claimed, owner, f"it may come twice: {reason}")
