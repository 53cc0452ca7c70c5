"""What was shown in a dry run and waits for its one confirmation."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from flows.confirmations import Confirmation
from storage.tables import confirmations


class Confirmations:
    """By token; a token is an unguessable id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, confirmation: Confirmation) -> None:
        """A new one, not used yet."""
        self._connection.execute(
            insert(confirmations).values(
                token=confirmation.token,
                person=confirmation.person,
                verb=confirmation.verb,
                args=dict(confirmation.args),
                expires=confirmation.expires,
            )
        )

    def get(self, token: str) -> Confirmation | None:
        """The one with this token."""
        row = self._connection.execute(select(confirmations).where(confirmations.c.token == token)).first()
        if row is None:
            return None
        return Confirmation(row.token, row.person, row.verb, row.args, row.expires, row.used_at)

    def save(self, confirmation: Confirmation) -> None:
        """Write that it was used."""
        where = confirmations.c.token == confirmation.token
        self._connection.execute(update(confirmations).where(where).values(used_at=confirmation.used_at, args={}))

    def forget(self, *, before: datetime) -> None:
        """Drop what ran out before that moment, used or not."""
        self._connection.execute(delete(confirmations).where(confirmations.c.expires < before))
