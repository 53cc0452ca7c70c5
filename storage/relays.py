"""What partners on different platforms write to each other: sealed until it has arrived, then gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from storage.each import among
from storage.outbox import State
from storage.sealing import Keyring
from storage.tables import outbox, relays

ENDED = (State.SENT, State.FAILED, State.BLOCKED, State.EXPIRED, State.CANCELLED, State.UNKNOWN)

_words = select(relays.c.sealed).where(relays.c.post == bindparam("which"))
_gone = delete(relays).where(relays.c.post.in_(bindparam("which", expanding=True)))
_over = among(lambda which: delete(relays).where(relays.c.match.in_(which)))
_waiting = select(func.count()).where(relays.c.match == bindparam("of"), relays.c.author == bindparam("author"))


class Relays:
    """Words on their way from one person to another; the key of their post names them."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def add(self, post: str, words: str, *, match: str, author: str, at: datetime) -> None:
        """Seal what was written for a post."""
        sealed = self._keyring.seal({"words": words}, table="relays", column="sealed", row=post)
        self._connection.execute(
            insert(relays), {"post": post, "match": match, "author": author, "sealed": sealed, "at": at}
        )

    def words(self, post: str) -> str:
        """What was written. Raises LookupError once it is gone, storage.sealing.Unreadable."""
        sealed = self._connection.execute(_words, {"which": post}).scalar()
        if sealed is None:
            raise LookupError(f"no words for {post}")
        return str(self._keyring.open(sealed, table="relays", column="sealed", row=post)["words"])

    def waiting(self, match: str, author: str) -> int:
        """How much of what somebody wrote in a match has not arrived yet."""
        return self._connection.execute(_waiting, {"of": match, "author": author}).scalar_one()

    def remove(self, posts: Sequence[str]) -> None:
        """Delete what has arrived."""
        if posts:
            self._connection.execute(_gone, {"which": list(posts)})

    def forget_matches(self, *over: str) -> None:
        """Delete what waits in matches that are over."""
        if over:
            self._connection.execute(_over.of(over), {"which": list(over)})

    def forget(self, *, before: datetime) -> None:
        """Delete what was written before that moment and will not arrive."""
        ended = select(outbox.c.key).where(outbox.c.state.in_(ENDED))
        self._connection.execute(delete(relays).where(relays.c.at < before, relays.c.post.in_(ended)))
