"""A file that somebody wants to have after it was offered to them."""

from flows.people import Account
from flows.voice.message import File
from handlers.kit import Kit
from storage.store import Store


def find_file(kit: Kit, who: Account, *, delivery: str, name: str) -> str | None:
    """The text of a file in the message with this key, if it was sent to this person and still has its words."""
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        reader = store.people.of(who)
        message = None if reader is None else store.outbox.words(delivery, to_person=reader.id)
    blocks = () if message is None else message.blocks
    return next((block.text for block in blocks if isinstance(block, File) and block.name == name), None)
