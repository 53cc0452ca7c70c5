"""The clock's handler: what is no longer needed goes."""

from datetime import timedelta

from flows.confirmations import GOOD_FOR
from handlers.kit import Kit
from storage.store import Store

REPEATS = timedelta(days=7)
"""A platform repeats a gesture within hours; its key is kept for a week."""
WORDS = timedelta(days=7)
"""The words of a message that was sent, or that did not arrive, are dropped after that; what became of it stays."""
CALCULATIONS = timedelta(days=7)
"""What came of them stands elsewhere."""


def maintain(kit: Kit) -> None:
    """Forget old gestures, the words of old messages and those that will not arrive, confirmations that nobody gave,
    tables among them, codes that nobody typed, calculations that ended and pacing that is over."""
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        store.inbox.forget(before=(now - REPEATS).date())
        store.outbox.forget_words(before=now - WORDS)
        store.deliveries.forget_words(before=now - WORDS)
        store.relays.forget(before=now - WORDS)
        store.confirmations.forget(before=now)
        store.imports.forget(before=now - GOOD_FOR)
        store.accounts.forget_codes(before=now)
        store.calculations.forget(before=now - CALCULATIONS)
        store.limits.forget(before=now)
