"""Who did or tried what, and when; never text."""

from datetime import datetime

from sqlalchemy import Connection, insert

from storage.tables import audit

_insert = insert(audit)


class Audit:
    """Append only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, new_id: str, *, person: str, verb: str, outcome: str, about: str = "", at: datetime) -> None:
        """One line; `outcome` is "done", "asked" (it is worked out, and "done", "failed" or "refused" follows), "shown"
        (a dry run), "dropped", "released" (what was done is taken back) or "refused"; `about` is an id."""
        row = {"id": new_id, "at": at, "person": person, "verb": verb, "outcome": outcome, "about": about}
        self._connection.execute(_insert, row)
