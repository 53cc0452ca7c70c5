"""Where a post goes and when it may: whose account, which conversation, and whose working hours it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.calendar import iso_week, shared_working
from flows.people import Account, Person
from flows.voice.message import Kind, To, ToChannel, ToMatch, ToPerson
from storage.outbox import State
from storage.posts import Waiting
from storage.store import Store

SOON = timedelta(seconds=2)
"""How long a change waits at least for the message that it changes."""
NEWER = timedelta(minutes=10)
"""How long a post waits that this version cannot read: a newer one may be on its way."""

Readers = Mapping[str, tuple[Person, str]]
"""People by id, each with their private conversation, "" when it was never opened."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a post goes and whose working hours it waits for. `home` is "platform:workspace", "" for a channel."""

    platform: str
    accounts: tuple[Account, ...]
    conversation: str
    receipt: str = ""
    free_at: datetime | None = None
    week: str = ""
    home: str = ""
    reachable: bool = True
    """Whether nobody whom it needs was refused by their platform."""


def address_of(waiting: Waiting, readers: Readers, store: Store, now: datetime) -> Address | None:
    """Where it goes; None when it waits or has ended."""
    if waiting.message is None:
        store.queue.postpone(waiting, now + NEWER, error="this version cannot read it")
        return None
    address = look_up(waiting.to, store, now, readers)
    if address is None:
        store.queue.refuse(waiting, State.BLOCKED, "account is closed")
        let_part(waiting.to, store, now)
        return None
    if not address.reachable:
        # Their platform was asked once; it is not asked again before they come back.
        store.queue.refuse(waiting, State.BLOCKED, "not reachable")
        let_part(waiting.to, store, now)
        return None
    if waiting.edits:
        return _place_to_change(waiting, address, store, now)
    if address.home not in ("", waiting.workspace):
        # It was in somebody's hands while its reader chose another account.
        store.queue.move(waiting, address.home)
        return None
    if address.free_at is not None and waiting.kind is not Kind.ANSWER:
        store.queue.postpone(waiting, address.free_at, week=address.week)
        return None
    return address


def look_up(to: To, store: Store, now: datetime, readers: Readers) -> Address | None:
    """Where a post goes; None when its reader's account is closed, or when those who would share a conversation are in
    one workspace no more. `readers` holds the person, if it is for one."""
    match to:
        case ToPerson(person_id):
            person, conversation = readers.get(person_id, (None, ""))
            people = needed = [person] if person is not None else []
        case ToMatch(match_id):
            people, conversation = list(store.matches.people_of(match_id)), store.matches.conversation(match_id) or ""
            # In a chat that is there the others read it; one that is to be opened takes everybody.
            needed = [] if conversation else people
        case ToChannel(platform, channel):
            return Address(platform, (), channel)
    accounts = tuple(person.account for person in people)
    homes = {f"{account.platform}:{account.workspace}" for account in accounts}
    if len(homes) != 1 or not all(person.active for person in needed):
        return None
    hours = [person.hours for person in people]
    free_at = shared_working(now, hours)
    return Address(
        accounts[0].platform,
        accounts,
        conversation,
        free_at=free_at if free_at > now else None,
        week=iso_week(free_at, hours[0].zone) if free_at > now else "",
        home=homes.pop(),
        reachable=all(person.reachable for person in needed),
    )


def _place_to_change(waiting: Waiting, address: Address, store: Store, now: datetime) -> Address | None:
    """Where the message is that this one changes; while that is still on its way, the change waits for it."""
    place = store.queue.place_of(waiting.edits)
    if place is not None and place.state in (State.QUEUED, State.CLAIMED, State.SENDING):
        store.queue.postpone(waiting, max(place.due_at, now + SOON))
    elif place is None or place.state is not State.SENT or not place.receipt:
        if waiting.kind is Kind.MUST_ARRIVE:
            store.queue.stand_alone(waiting)
        else:
            store.queue.refuse(waiting, State.CANCELLED, "the message to change was not sent")
    elif store.queue.is_outdated(waiting):
        # Two changes of one message go out side by side or are tried again, so the older one could come last.
        store.queue.refuse(waiting, State.CANCELLED, "the message was changed again")
    elif place.workspace != waiting.workspace:
        store.queue.move(waiting, place.workspace)
    else:
        there = replace(address, conversation=place.conversation, receipt=place.receipt)
        if address.home in ("", place.workspace):
            return there
        # The message stays where it was sent; whoever is written to elsewhere by now is not out of reach over it.
        return replace(there, platform=place.workspace.split(":")[0], accounts=())
    return None


def let_part(to: To, store: Store, now: datetime) -> None:
    """People of a match for whom no conversation could be opened are told how else to reach each other: the planner
    looks at them."""
    if isinstance(to, ToMatch):
        store.matches.keep_apart(to.match)
        store.schedule.look_at(f"match:{to.match}", now)
