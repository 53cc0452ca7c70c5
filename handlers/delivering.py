"""The clock's handler: outbox → messengers. Plain transactions; the calls themselves are made by bot/sender.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from math import ceil

from flows.people import Account
from flows.voice.message import Kind, Message, Plain, Quote, Sealed, ToChannel, ToMatch, ToPerson
from handlers.addressing import Address, address_of, let_part
from handlers.kit import Kit
from handlers.outcomes import Blocked, NotTried, Outcome, Sent, Throttled, TryLater, Unknown, Unreachable
from handlers.pacing import Act, Allowance, Paces, slow_down
from storage.outbox import State
from storage.posts import Claimed, Waiting
from storage.sealing import Unreadable
from storage.store import Store

LEASE = timedelta(seconds=60)
"""How long a post belongs to the replica that claimed it."""
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed post and what a messenger needs: the conversation, or the accounts with whom to open it, and for an
    edit the receipt of the message that it replaces."""

    claimed: Claimed
    platform: str
    accounts: tuple[Account, ...]
    conversation: str = ""
    receipt: str = ""
    opened: Message | None = None
    """With the words that rest sealed elsewhere; in memory only."""

    @property
    def message(self) -> Message:
        """What is said."""
        return self.opened or self.claimed.message

    @property
    def act(self) -> Act:
        """What the call does."""
        return act_of(self.claimed)


def claim(kit: Kit, owner: str, paces: Mapping[str, Paces], *, most: int = 10, start: int = 0) -> Sequence[Delivery]:
    """Posts that may go now, at most so many, in turn from each workspace whose platform is connected (has `paces`).

    Within a workspace answers go before prompts before what many get. What is outside its reader's working hours, or
    too fast, waits; nothing is lost. `start` is the workspace with which this round begins.
    """
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        homes = store.queue.workspaces(now)
        if "" in homes:
            _refuse_strangers(store, now, most)
    hungry = [home for home in homes if home.split(":")[0] in paces]
    hungry = hungry[start % max(1, len(hungry)) :] + hungry[: start % max(1, len(hungry))]
    found: list[Delivery] = []
    while hungry and len(found) < most:
        share = ceil((most - len(found)) / len(hungry))
        for home in list(hungry):
            # A transaction each: two replicas that go round from different places would wait for each other for ever.
            with kit.database.guarded() as connection:
                allowance = Allowance(Store(connection, kit.keyring), home, paces[home.split(":")[0]], now)
                taken = _claim_of(allowance, owner, min(share, most - len(found)))
            found += taken
            if len(taken) < share:
                hungry.remove(home)
    return found


def _refuse_strangers(store: Store, now: datetime, most: int) -> None:
    """Posts to people whom nobody knows (any more) hold up nobody."""
    for waiting in store.queue.due("", now, most):
        store.queue.refuse(waiting, State.FAILED, "nobody is known so")


def _claim_of(allowance: Allowance, owner: str, most: int) -> Sequence[Delivery]:
    store, now = allowance.store, allowance.now
    due = store.queue.due(allowance.workspace, now, most)
    late = [one for one in due if one.not_after is not None and one.not_after < now]
    store.queue.expire(late)
    readers = store.people.reached_at([one.to.person for one in due if isinstance(one.to, ToPerson)])
    going: list[tuple[Waiting, Address]] = []
    for act, is_answer in product((Act.POST, Act.UPDATE), (True, False)):
        wanted = [one for one in due if one not in late and act_of(one) is act and (one.rank == 0) is is_answer]
        granted = allowance.ahead(len(wanted), act, answers=is_answer)
        ready = [(one, to) for one in wanted[:granted] if (to := address_of(one, readers, store, now)) is not None]
        if act is Act.POST:
            ready = _paced(ready, allowance)
        allowance.give_back(granted - len(ready), act)
        going += ready
    claimed = store.queue.claim([one for one, _ in going], owner, now + LEASE)
    return [
        Delivery(one, address.platform, address.accounts, address.conversation, address.receipt)
        for one, (_, address) in zip(claimed, going, strict=True)
    ]


def act_of(post: Waiting | Claimed) -> Act:
    """What the call does that sends it."""
    return Act.UPDATE if post.edits else Act.POST


def _paced(ready: Sequence[tuple[Waiting, Address]], allowance: Allowance) -> list[tuple[Waiting, Address]]:
    """Those that do not have to wait for the pace of their conversation, or for its opening."""
    going = []
    moments = allowance.speak([address.conversation or one.key for one, address in ready])
    for (one, address), free_at in zip(ready, moments, strict=True):
        if free_at is None and not address.conversation:
            free_at = allowance.opening()
        if free_at is None:
            going.append((one, address))
        else:
            allowance.store.queue.postpone(one, max(free_at, allowance.now + timedelta(milliseconds=1)))
    return going


def opens_once(kit: Kit, accounts: Sequence[Account]) -> bool:
    """Whether a conversation of these must not be opened twice: there would be two."""
    space = kit.spaces.get(accounts[0].platform) if len(accounts) > 1 else None
    return space is not None and not space.reopens


def intend_to_open(kit: Kit, owner: str, delivery: Delivery) -> bool:
    """Commit the intent before the conversation is opened: a process that dies in between leaves it in doubt, and
    nobody opens another one. Whether the lease still holds."""
    with kit.database.guarded() as connection:
        return bool(Store(connection, kit.keyring).claims.intend([delivery.claimed], owner, kit.now()))


def intend(kit: Kit, owner: str, deliveries: Sequence[Delivery], opened: Sequence[Delivery]) -> Sequence[Delivery]:
    """Commit the intent, just before the calls; whose lease was lost is left out. `opened` are those of the deliveries
    whose conversation is new: it is remembered."""
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        keep_opened(store, opened)
        held = store.claims.intend([delivery.claimed for delivery in deliveries], owner, now)
        going = (_open(delivery, store, owner) for delivery in deliveries if delivery.claimed.key in held)
        return [delivery for delivery in going if delivery is not None]


def sealed_in(message: Message) -> Sequence[str]:
    """What of a message rests sealed elsewhere."""
    return [block.item for block in message.blocks if isinstance(block, Sealed)]


def _open(delivery: Delivery, store: Store, owner: str) -> Delivery | None:
    """With the words that were sealed until now; None, and it has ended, when they are gone or cannot be opened."""
    said = delivery.claimed.message
    try:
        words = {item: store.relays.words(item) for item in sealed_in(said)}
    except (LookupError, Unreadable):
        store.claims.end(delivery.claimed, owner, State.CANCELLED, "its words cannot be opened")
        return None
    if not words:
        return delivery
    blocks = (Quote((Plain(words[one.item]),)) if isinstance(one, Sealed) else one for one in said.blocks)
    return replace(delivery, opened=replace(said, blocks=tuple(blocks)))


def keep_opened(store: Store, opened: Sequence[Delivery]) -> None:
    """Remember the conversations that are new."""
    for delivery in opened:
        match delivery.claimed.to:
            case ToPerson(person):
                store.people.keep_conversation(person, delivery.conversation, at=delivery.accounts[0])
            case ToMatch(match):
                store.matches.keep_conversation(match, delivery.conversation)
            case ToChannel():
                pass


def give_back(kit: Kit, owner: str, deliveries: Sequence[Delivery], opened: Sequence[Delivery] = ()) -> None:
    """What was claimed and surely not sent is anybody's again, at once; conversations that are new are remembered."""
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        keep_opened(store, opened)
        store.claims.release([delivery.claimed for delivery in deliveries], owner)


def throttle(kit: Kit, delivery: Delivery, outcome: Throttled) -> None:
    """Let every replica know at once that the platform asked to wait."""
    now = kit.now()
    with kit.database.guarded() as connection:
        acts = tuple(Act) if outcome.everything else (outcome.act or delivery.act,)
        store = Store(connection, kit.keyring)
        slow_down(store, delivery.claimed.workspace, acts, now, now + timedelta(seconds=outcome.seconds))


def settle(kit: Kit, owner: str, outcomes: Sequence[tuple[Delivery, Outcome]]) -> None:
    """Write down what became of each, in one transaction."""
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        sent = [
            (delivery.claimed, outcome.conversation, outcome.receipt)
            for delivery, outcome in outcomes
            if isinstance(outcome, Sent)
        ]
        arrived(store, sent, owner, now)
        store.people.mark_reached([claimed.to.person for claimed, _, _ in sent if isinstance(claimed.to, ToPerson)])
        untried = [one.claimed for one, outcome in outcomes if isinstance(outcome, NotTried | Throttled)]
        store.claims.release(untried, owner)
        for delivery, outcome in outcomes:
            _settle(delivery, outcome, store, owner, now)


def arrived(store: Store, sent: Sequence[tuple[Claimed, str, str]], owner: str, now: datetime) -> None:
    """The platform took these (post, conversation, receipt): what of their words was sealed is deleted."""
    store.claims.mark_sent(sent, owner, now)
    store.relays.remove([item for claimed, _, _ in sent for item in sealed_in(claimed.message)])


def _settle(delivery: Delivery, outcome: Outcome, store: Store, owner: str, now: datetime) -> None:
    claimed = delivery.claimed
    match outcome:
        case Sent() | NotTried() | Throttled():
            pass  # written down together
        case Blocked() if claimed.edits and claimed.kind is Kind.MUST_ARRIVE:
            store.claims.stand_alone(claimed, owner)
        case Blocked(reason):
            end_unsent(store, claimed, owner, State.FAILED, reason, now)
        case Unreachable(reason):
            end_unsent(store, claimed, owner, State.BLOCKED, reason, now)
            if isinstance(claimed.to, ToPerson) and delivery.accounts:
                store.people.mark_unreachable(claimed.to.person, reason, at=delivery.accounts[0])
        case Unknown(reason):
            store.claims.doubt(claimed, owner, now + LEASE, reason)
        case TryLater(seconds, reason, counted):
            if counted and claimed.attempts + 1 >= ATTEMPTS:
                end_unsent(store, claimed, owner, State.FAILED, reason, now)
            else:
                wait = timedelta(seconds=min(900.0, max(seconds, 2.0 * 2**claimed.attempts)) if counted else seconds)
                store.claims.try_later(claimed, owner, now + wait, reason, counted=counted)


def end_unsent(store: Store, claimed: Claimed, owner: str, state: State, reason: str, now: datetime) -> None:
    """It has not arrived, and never will."""
    if store.claims.end(claimed, owner, state, reason):
        let_part(claimed.to, store, now)
