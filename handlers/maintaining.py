"""The clock's handler: what is no longer needed goes."""

from datetime import timedelta

from flows.confirmations import GOOD_FOR
from handlers.calculating import SHOWN
from handlers.kit import Kit
from storage.store import Store

REPEATS = timedelta(days=7)
"""A platform repeats a gesture within hours; its key is kept for a week."""
WORDS = timedelta(days=7)
"""The words of a message that was sent, or that did not arrive, are dropped after that; what became of it stays."""
CALCULATIONS = timedelta(days=7)
"""What came of them stands elsewhere."""
REVIEWS = timedelta(hours=1)
"""What was worked out for a coordinator tells of many people at once, who is left over and why: once it has arrived it
stands in their chat, and in rows that say less."""


def maintain(kit: Kit) -> None:
    """Forget old gestures, the words of old messages and those that will not arrive, confirmations that nobody gave,
    tables among them, codes that nobody typed, calculations that ended and pacing that is over."""
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        store.inbox.forget(before=(now - REPEATS).date())
        store.outbox.forget_words(before=now - WORDS)
        store.outbox.forget_words(before=now - REVIEWS, keys_like=SHOWN)
        store.deliveries.forget_words(before=now - WORDS)
        store.relays.forget(before=now - WORDS)
        store.confirmations.forget(before=now)
        store.imports.forget(before=now - GOOD_FOR)
        store.accounts.forget_codes(before=now)
        store.calculations.forget(before=now - CALCULATIONS)
        store.limits.forget(before=now)
