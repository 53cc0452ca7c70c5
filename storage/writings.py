"""Everything that a pair writes; the words rest sealed, each bound to its own row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from flows.activities import letter
from flows.activities.writing import Writing, WritingState
from storage.each import among
from storage.sealing import Keyring
from storage.tables import matches, writings

_of_match = (
    select(writings)
    .where(writings.c.match == bindparam("which"), writings.c.kind != letter.KIND)
    .order_by(writings.c.at, writings.c.id)
)
_get = select(writings).where(writings.c.id == bindparam("which"), writings.c.kind != letter.KIND)
_draft = select(writings).where(
    writings.c.match == bindparam("which"),
    writings.c.author == bindparam("author"),
    writings.c.kind == bindparam("kind"),
    writings.c.state == WritingState.DRAFT,
)
# Without the column `sealed`: what was not loaded cannot be opened.
_closed = [column for column in writings.c if column.name != "sealed"]
_letters = among(
    lambda which: (
        select(*_closed)
        .where(writings.c.match.in_(which), writings.c.kind == letter.KIND)
        .order_by(writings.c.at, writings.c.id)
    )
)
_these = select(*_closed).where(writings.c.id.in_(bindparam("which", expanding=True)), writings.c.kind == letter.KIND)
_opened = select(writings).where(
    writings.c.id == bindparam("which"),
    writings.c.kind == letter.KIND,
    writings.c.state == WritingState.SENT,
    writings.c.opens_on <= bindparam("today"),
)

_add = insert(writings)


class Writings:
    """Letters, spotlights, ratings, objectives, actions, reviews, wins.

    A letter that was sealed is opened by `open_letter` alone, and never before its day.
    """

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def add(self, writing: Writing) -> None:
        """Something new."""
        self._connection.execute(_add, {"id": writing.id, **self._values(writing)})

    def save(self, writing: Writing) -> None:
        """The same piece with other words or in another state."""
        self._connection.execute(update(writings).where(writings.c.id == writing.id).values(**self._values(writing)))

    def remove(self, writing: str) -> None:
        """Take a piece away for good."""
        self._connection.execute(delete(writings).where(writings.c.id == writing))

    def get(self, writing: str) -> Writing:
        """The piece with this id, opened; no letter. Raises LookupError, storage.sealing.Unreadable."""
        row = self._connection.execute(_get, {"which": writing}).first()
        if row is None:
            raise LookupError(f"no writing {writing}")
        return self._writing(row)

    def of_match(self, match: str) -> Sequence[Writing]:
        """All pieces of a match but its letters, opened, the oldest first."""
        return [self._writing(row) for row in self._connection.execute(_of_match, {"which": match}).all()]

    def states(self, match: str, kind: str) -> Sequence[WritingState]:
        """Where each piece of a kind stands, in a match; nothing is opened."""
        query = select(writings.c.state).where(writings.c.match == match, writings.c.kind == kind)
        return [WritingState(state) for state in self._connection.execute(query).scalars()]

    def draft(self, match: str, author: str, kind: str) -> Writing | None:
        """What somebody has begun and not sent, opened."""
        row = self._connection.execute(_draft, {"which": match, "author": author, "kind": kind}).first()
        return None if row is None else self._writing(row)

    def letters(self, *of: str) -> Sequence[Writing]:
        """The letters of these matches without their words, drafts among them."""
        rows = self._connection.execute(_letters.of(of), {"which": list(of)}).all() if of else ()
        return [_piece(row, {}) for row in rows]

    def letter(self, letter_id: str) -> Writing | None:
        """One letter without its words."""
        return self.these_letters([letter_id]).get(letter_id)

    def these_letters(self, ids: Sequence[str]) -> dict[str, Writing]:
        """Those of them that there are, without their words, by id."""
        return {row.id: _piece(row, {}) for row in self._connection.execute(_these, {"which": ids}).all()}

    def open_letter(self, letter_id: str, today: date) -> Writing:
        """A letter with its words, from its day on. Raises LookupError before it."""
        row = self._connection.execute(_opened, {"which": letter_id, "today": today}).first()
        if row is None:
            raise LookupError(f"no letter {letter_id} that is open")
        return self._writing(row)

    def set_opening_day(self, letter_id: str, day: date) -> None:
        """The day is known on which a letter opens that waited for the last conversation."""
        self._connection.execute(update(writings).where(writings.c.id == letter_id).values(opens_on=day))

    def counts(self, cohort: str) -> Mapping[tuple[str, WritingState], int]:
        """(kind, state) → how many pieces there are in a cohort; nothing is opened."""
        query = (
            select(writings.c.kind, writings.c.state, func.count())
            .join(matches, matches.c.id == writings.c.match)
            .where(matches.c.cohort == cohort)
            .group_by(writings.c.kind, writings.c.state)
        )
        return {(row[0], WritingState(row[1])): row[2] for row in self._connection.execute(query)}

    def _values(self, writing: Writing) -> dict[str, Any]:
        sealed = self._keyring.seal(writing.words, table="writings", column="sealed", row=writing.id)
        return {
            "match": writing.match,
            "author": writing.author,
            "kind": writing.kind,
            "session": writing.session,
            "state": writing.state,
            "sealed": sealed,
            "opens_on": writing.opens_on,
            "shared": writing.shared,
            "at": writing.at,
        }

    def _writing(self, row: Row[Any]) -> Writing:
        words = self._keyring.open(row.sealed, table="writings", column="sealed", row=row.id)
        return _piece(row, {key: str(value) for key, value in words.items()})


def _piece(row: Row[Any], words: Mapping[str, str]) -> Writing:
    return Writing(
        id=row.id,
        match=row.match,
        author=row.author,
        kind=row.kind,
        session=row.session,
        state=WritingState(row.state),
        at=row.at,
        words=words,
        opens_on=row.opens_on,
        shared=row.shared,
    )
