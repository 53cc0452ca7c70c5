"""Whom coordinators keep apart."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select

from flows.apart import Block, ordered
from storage.tables import blocks

_all = select(blocks).order_by(blocks.c.at.desc(), blocks.c.id)


class Blocks:
    """Each coordinator has their own line for a pair: to take it back takes back nobody else's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pairs(self) -> Sequence[tuple[str, str]]:
        """Everybody's, ids of people. For matching."""
        query = select(blocks.c.one, blocks.c.other).distinct()
        return [(row.one, row.other) for row in self._connection.execute(query)]

    def all(self, *, by: str = "") -> Sequence[Block]:
        """The newest first; with `by` those of one coordinator."""
        query = _all.where(blocks.c.by == by) if by else _all
        return [_block(row) for row in self._connection.execute(query)]

    def get(self, block: str) -> Block | None:
        """The one with this id, while it holds."""
        row = self._connection.execute(select(blocks).where(blocks.c.id == block)).first()
        return None if row is None else _block(row)

    def of(self, one: str, other: str, *, by: str) -> Block | None:
        """What this coordinator said of these two."""
        row = self._connection.execute(select(blocks).where(*_is(one, other, by))).first()
        return None if row is None else _block(row)

    def add(self, block: Block) -> None:
        """They are kept apart from now on."""
        one, other = block.people
        self._connection.execute(insert(blocks).values(id=block.id, one=one, other=other, by=block.by, at=block.at))

    def drop(self, block: str) -> None:
        """No longer, as far as its coordinator is concerned."""
        self._connection.execute(delete(blocks).where(blocks.c.id == block))

    def fold(self, stray: str, *, to: str) -> None:
        """What holds for one account, or was said with it, holds for the person whose it turned out to be; with both
        the same may have been said."""
        touched = select(blocks).where(or_(blocks.c.one == stray, blocks.c.other == stray, blocks.c.by == stray))
        for block in [_block(row) for row in self._connection.execute(touched)]:
            one, other, by = (to if person == stray else person for person in (*block.people, block.by))
            self.drop(block.id)
            if one != other and self.of(one, other, by=by) is None:
                self.add(Block(block.id, ordered(one, other), by, block.at))


def _is(one: str, other: str, by: str) -> list[ColumnElement[bool]]:
    first, second = ordered(one, other)
    return [blocks.c.one == first, blocks.c.other == second, blocks.c.by == by]


def _block(row: Row[tuple[object, ...]]) -> Block:
    return Block(row.id, (row.one, row.other), row.by, row.at)
