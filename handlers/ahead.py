"""What a gesture brings that takes long to read: read before its turn, aside, so that no other turn waits for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.roles import may
from handlers.coordinating import importing
from handlers.coordinating.desk import held_by
from handlers.inbound import Inbound, Pressed, Submitted
from handlers.kit import Kit
from storage.store import Store

Look = Callable[[Inbound, Store], object]

AHEAD: Mapping[str, tuple[str, Look]] = {
    "people.table": (importing.VERB, importing.look_ahead),
    "people.import.confirm": (importing.VERB, importing.look_again),
}
"""By the action of the dialog or button, the word whose role it asks for, and what is read. The turn finds it as
`Inbound.ahead`, sees whether it still holds, and reads by itself what does not."""


def takes_long(inbound: Inbound) -> bool:
    """Whether it is worth a thread."""
    return _wanted(inbound) is not None


def read_ahead(inbound: Inbound, kit: Kit) -> Inbound:
    """The gesture with what was read of it, in a thread that is none of the database's; as it was where nothing takes
    long, and where the turn will refuse whoever sent it."""
    wanted = _wanted(inbound)
    if wanted is None:
        return inbound
    verb, look = wanted
    with kit.database.aside() as connection:
        store = Store(connection, kit.keyring)
        me = store.people.of(inbound.who)
        if me is None or not may(verb, held_by(me, store, kit.owners)):
            return inbound
        return replace(inbound, ahead=look(inbound, store))


def _wanted(inbound: Inbound) -> tuple[str, Look] | None:
    return AHEAD.get(inbound.what.action.name) if isinstance(inbound.what, Pressed | Submitted) else None
