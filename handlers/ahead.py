"""What a gesture brings that takes long to read: read before its turn, aside, so that no other turn waits for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.coordinating import importing
from handlers.inbound import Inbound, Pressed, Submitted
from handlers.kit import Kit
from storage.store import Store

AHEAD: Mapping[str, Callable[[Inbound, Store], object]] = {
    "people.table": importing.look_ahead,
    "people.import.confirm": importing.look_again,
}
"""By the action of the dialog or button. The turn finds it as `Inbound.ahead`, sees whether it still holds, and reads
by itself what does not."""


def takes_long(inbound: Inbound) -> bool:
    """Whether it is worth a thread."""
    return isinstance(inbound.what, Pressed | Submitted) and inbound.what.action.name in AHEAD


def read_ahead(inbound: Inbound, kit: Kit) -> Inbound:
    """The gesture with what was read of it, in a thread that is none of the database's."""
    if not (isinstance(inbound.what, Pressed | Submitted) and inbound.what.action.name in AHEAD):
        return inbound
    with kit.database.aside() as connection:
        found = AHEAD[inbound.what.action.name](inbound, Store(connection, kit.keyring))
    return replace(inbound, ahead=found)
