"""Which gestures were taken: a repeat is known by its key, and the key tells nothing of the person."""

import hashlib
import hmac
from datetime import date

from sqlalchemy import Connection, delete

from storage.tables import inbox
from storage.upsert import insert

# SQLAlchemy counts what an INSERT wrote only when it is asked to.
_take = insert(inbox).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


class Inbox:
    """`secret` keys the hash, so that a row cannot be joined with a platform's log of what was pressed."""

    def __init__(self, connection: Connection, secret: bytes) -> None:
        self._connection = connection
        self._secret = secret

    def first_time(self, platform: str, gesture: str, today: date) -> bool:
        """Note the gesture in this transaction; False when it was noted before."""
        key = self._key(platform, gesture)
        return self._connection.execute(_take, {"key": key, "platform": platform, "day": today}).rowcount == 1

    def give_back(self, platform: str, gesture: str) -> None:
        """Nothing of the gesture was taken: delivered again, it is as good as new."""
        self._connection.execute(delete(inbox).where(inbox.c.key == self._key(platform, gesture)))

    def forget(self, *, before: date) -> None:
        """Drop the keys of gestures taken before that day."""
        self._connection.execute(delete(inbox).where(inbox.c.day < before))

    def _key(self, platform: str, gesture: str) -> str:
        return hmac.new(self._secret, f"{platform}:{gesture}".encode(), hashlib.sha256).hexdigest()
