"""Tables that somebody gave and has not confirmed yet: sealed, and gone once they did."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.sealing import Keyring
from storage.tables import imports


class Imports:
    """By the id that a confirmation carries."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def keep(self, id_: str, table: str, *, home: str, whole: bool, by: str, at: datetime) -> None:
        """Seal the table as it was given, with what reading it takes; `by` is the person who gave it."""
        words = {"table": table, "home": home, "whole": whole}
        sealed = self._keyring.seal(words, table="imports", column="sealed", row=id_)
        self._connection.execute(insert(imports), {"id": id_, "person": by, "sealed": sealed, "at": at})

    def open(self, id_: str) -> tuple[str, str, bool]:
        """Table, home and whether it is the whole company. Raises LookupError once it is gone,
        storage.sealing.Unreadable."""
        sealed = self._connection.execute(select(imports.c.sealed).where(imports.c.id == id_)).scalar()
        if sealed is None:
            raise LookupError(f"no import {id_}")
        words = self._keyring.open(sealed, table="imports", column="sealed", row=id_)
        return str(words["table"]), str(words["home"]), bool(words["whole"])

    def remove(self, id_: str) -> None:
        """Delete the table."""
        self._connection.execute(delete(imports).where(imports.c.id == id_))

    def forget(self, *, before: datetime) -> None:
        """Delete what was given before that moment and never confirmed."""
        self._connection.execute(delete(imports).where(imports.c.at < before))
