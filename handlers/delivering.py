"""The clock's handler: outbox → messengers. Plain transactions; the calls themselves are made by bot/sender.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.calendar import iso_week, shared_working
from flows.people import Account, Person
from flows.voice.message import Kind, ToChannel, ToMatch, ToPerson
from handlers.kit import Kit
from storage.limits import Pace
from storage.outbox import Claimed, State
from storage.store import Store

LEASE = timedelta(seconds=60)
CONVERSATION = Pace(60, burst=3)
"""One message a second in one conversation, three at once after a pause: docs.slack.dev, chat.postMessage, "Rate
limiting" (a message a second, short bursts tolerated)."""
SOON = timedelta(seconds=2)
"""How long a change waits at least for the message that it changes."""
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; conversation and receipt name the message."""

    conversation: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Definitely refused: it will not work later either."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Refused because of the reader: their account is closed, or the platform keeps us from them."""

    reason: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Definitely not taken, but it may be later; `asked` when the platform named the seconds itself (a 429)."""

    seconds: float
    reason: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been taken."""

    reason: str


Outcome = Sent | Blocked | Unreachable | TryLater | Unknown


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed post and what a messenger needs: the conversation, or the accounts with whom to open it, and for an
    edit the receipt of the message that it replaces."""

    claimed: Claimed
    platform: str
    accounts: tuple[Account, ...]
    conversation: str = ""
    receipt: str = ""


def claim(kit: Kit, owner: str, *, most: int = 20) -> Sequence[Delivery]:
    """Posts that may go now. What is outside its reader's working hours, or too fast, waits; nothing is lost."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        found = store.outbox.claim(owner, now, most=most, lease=LEASE)
        readers = store.people.reached_at([one.to.person for one in found if isinstance(one.to, ToPerson)])
        addressed = [_address(claimed, store, readers, owner, now) for claimed in found]
        return [delivery for delivery in addressed if delivery is not None]


def free_expired(kit: Kit) -> None:
    """Take back what was claimed by a process that is gone; what it was sending just then is unknown from now on."""
    with kit.database.transaction() as connection:
        Store(connection, kit.keyring).outbox.free_expired(kit.now())


def _address(
    claimed: Claimed, store: Store, readers: Mapping[str, tuple[Person, str]], owner: str, now: datetime
) -> Delivery | None:
    """Where it goes; None when it was put back or ended."""
    match claimed.to:
        case ToPerson(person_id):
            person, conversation = readers.get(person_id, (None, ""))
            if person is None or not person.active:
                store.outbox.end(claimed, owner, State.FAILED, "account is closed" if person else "nobody is known so")
                return None
            hours = [person.hours]
            delivery = Delivery(claimed, person.account.platform, (person.account,), conversation)
        case ToMatch(match_id):
            people = store.matches.people_of(match_id)
            accounts = tuple(person.account for person in people)
            hours = [person.hours for person in people]
            delivery = Delivery(claimed, accounts[0].platform, accounts, store.matches.conversation(match_id) or "")
        case ToChannel(platform, channel):
            delivery, hours = Delivery(claimed, platform, (), channel), []
    free_at = shared_working(now, hours) if hours and claimed.kind is not Kind.ANSWER and not claimed.edits else now
    if free_at > now:
        store.outbox.wait(claimed, owner, free_at, iso_week(free_at, hours[0].zone))
        return None
    if claimed.edits:
        return _change(delivery, store, owner, now)
    key = f"conversation:{delivery.conversation or claimed.key}"
    if not store.limits.take(key, now, CONVERSATION):
        store.outbox.try_later(claimed, owner, store.limits.free_at(key, now, CONVERSATION), "", counted=False)
        return None
    return delivery


def _change(delivery: Delivery, store: Store, owner: str, now: datetime) -> Delivery | None:
    """A change of a message that was sent; while that is still on its way, the change waits for it."""
    claimed = delivery.claimed
    place = store.outbox.place_of(claimed.edits)
    going_at = store.outbox.on_its_way(claimed.edits) if place is None else None
    if going_at is not None:
        store.outbox.try_later(claimed, owner, max(going_at, now + SOON), "", counted=False)
    elif place is None:
        store.outbox.end(claimed, owner, State.CANCELLED, "the message to change was not sent")
    elif store.outbox.is_outdated(claimed):
        # Two changes of one message go out side by side or are tried again, so the older one could come last.
        store.outbox.end(claimed, owner, State.CANCELLED, "the message was changed again")
    else:
        return replace(delivery, conversation=place[0], receipt=place[1])
    return None


def intend(kit: Kit, owner: str, deliveries: Sequence[Delivery], opened: Sequence[Delivery]) -> Sequence[Delivery]:
    """Commit the intent, just before the calls; whose lease was lost is left out. `opened` are those of the deliveries
    whose conversation is new: it is remembered."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        for delivery in opened:
            match delivery.claimed.to:
                case ToPerson(person):
                    store.people.keep_conversation(person, delivery.conversation)
                case ToMatch(match):
                    store.matches.keep_conversation(match, delivery.conversation)
                case ToChannel():
                    pass
        held = store.outbox.intend([delivery.claimed for delivery in deliveries], owner, now)
        return [delivery for delivery in deliveries if delivery.claimed.key in held]


def settle(kit: Kit, owner: str, outcomes: Sequence[tuple[Delivery, Outcome]]) -> None:
    """Write down what became of each, in one transaction."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        sent = [
            (delivery.claimed, outcome.conversation, outcome.receipt)
            for delivery, outcome in outcomes
            if isinstance(outcome, Sent)
        ]
        store.outbox.mark_sent(sent, owner, now)
        for delivery, outcome in outcomes:
            _settle(delivery, outcome, store, owner, now)


def _settle(delivery: Delivery, outcome: Outcome, store: Store, owner: str, now: datetime) -> None:
    claimed = delivery.claimed
    match outcome:
        case Sent():
            pass  # written down together
        case Blocked(reason):
            store.outbox.end(claimed, owner, State.FAILED, reason)
        case Unreachable(reason):
            store.outbox.end(claimed, owner, State.FAILED, reason)
            if isinstance(claimed.to, ToPerson):
                store.people.mark_unreachable(claimed.to.person, reason)
        case Unknown(reason):
            store.outbox.end(claimed, owner, State.UNKNOWN, reason)
        case TryLater(seconds, reason, asked):
            if not asked and claimed.attempts + 1 >= ATTEMPTS:
                store.outbox.end(claimed, owner, State.FAILED, reason)
            else:
                wait = timedelta(seconds=seconds if asked else min(900.0, 2.0 * 2**claimed.attempts))
                store.outbox.try_later(claimed, owner, now + wait, reason, counted=not asked)
