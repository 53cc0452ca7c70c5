"""Who did or tried what, and when; never text."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from storage.tables import audit

_insert = insert(audit)


class Audit:
    """Append only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, new_id: str, *, person: str, verb: str, outcome: str, about: str = "", at: datetime) -> None:
        """One line; `outcome` is "done", "shown" (a dry run), "dropped" or "refused"; `about` is an id."""
        row = {"id": new_id, "at": at, "person": person, "verb": verb, "outcome": outcome, "about": about}
        self._connection.execute(_insert, row)

    def count(self, verb: str, outcome: str) -> int:
        """How often a verb ended so."""
        query = select(func.count()).where(audit.c.verb == verb, audit.c.outcome == outcome)
        return self._connection.execute(query).scalar_one()
