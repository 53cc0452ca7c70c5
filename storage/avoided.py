"""Whom people never want to be matched with: sealed, and opened for them alone and for matching."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from storage.sealing import Keyring
from storage.tables import avoided

_all = select(avoided.c.id, avoided.c.sealed)
_put = insert(avoided)


class Avoided:
    """Nothing of it is ever shown to anybody but the one who asked; a coordinator's pages do not read it.

    Sealed and not hashed: a hash would be lost with the key under which it was made, and somebody would be matched
    whom they asked never to meet. Rows are read all together, for there is nothing on them to choose by.
    """

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def pairs(self) -> Sequence[tuple[str, str]]:
        """Everybody's: (who, whom), ids of people. For matching."""
        return [(who, whom) for _, who, whom in self._rows()]

    def by(self, person: str) -> Sequence[str]:
        """Whom this person avoids, by id."""
        return sorted({whom for _, who, whom in self._rows() if who == person})

    def add(self, new_id: str, *, by: str, of: str) -> None:
        """This person avoids that one from now on."""
        if of not in self.by(by):
            self._connection.execute(_put, {"id": new_id, "sealed": self._seal(new_id, by, of)})

    def drop(self, *, by: str, of: str) -> None:
        """No longer."""
        rows = [row for row, who, whom in self._rows() if (who, whom) == (by, of)]
        self._connection.execute(delete(avoided).where(avoided.c.id.in_(rows)))

    def fold(self, stray: str, *, to: str) -> None:
        """What one account asked for, or is asked of it, holds for the person whose it turned out to be."""
        known = {(who, whom) for _, who, whom in self._rows()}
        for row, who, whom in list(self._rows()):
            if stray not in (who, whom):
                continue
            by, of = (to if one == stray else one for one in (who, whom))
            if by == of or (by, of) in known:
                self._connection.execute(delete(avoided).where(avoided.c.id == row))
            else:
                known.add((by, of))
                sealed = self._seal(row, by, of)
                self._connection.execute(update(avoided).where(avoided.c.id == row).values(sealed=sealed))

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for row in self._connection.execute(_all):
            pair = self._keyring.open(row.sealed, table="avoided", column="sealed", row=row.id)
            yield row.id, str(pair["by"]), str(pair["of"])

    def _seal(self, row: str, by: str, of: str) -> bytes:
        return self._keyring.seal({"by": by, "of": of}, table="avoided", column="sealed", row=row)
