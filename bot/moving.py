"""`alongside db move`: the whole database into an empty one, and proof that nothing was lost."""

from sqlalchemy import Connection, make_url

from bot.schema import SchemaFault, head, revision_of, upgrade
from storage.copying import CopyFault, Tally, copy, is_empty
from storage.file_lock import file_of
from storage.standstill import refuse_others, replacing, shown, snapshot, standstill


def move(source: str, target: str) -> tuple[Tally, ...]:
    """Copy everything, read it back and compare; the source stays as it is. Both must stand still.

    A target without tables gets them. Raises CopyFault, SchemaFault, InUse: then the target is as it was.
    """
    if _same(source, target):
        raise CopyFault("source and target are the same database")
    with standstill(source, target), snapshot(source) as ours:
        newest = head()
        if revision_of(ours) != newest:
            raise SchemaFault(f"{shown(source)} is not at the newest revision: run `alongside migrate` first")
        with replacing(target) as theirs:
            _make_ready(theirs, target, newest)
            tallies = copy(ours, theirs)
            # Somebody may have started the bot meanwhile; what it stored since would be missing.
            refuse_others(source)
            refuse_others(target)
    return tallies


def _make_ready(target: Connection, url: str, newest: str) -> None:
    there = revision_of(target)
    if not is_empty(target):
        raise CopyFault(f"{shown(url)} is not empty; nothing was changed there")
    if there is None:
        upgrade(target)
    elif there != newest:
        raise SchemaFault(f"{shown(url)} is at revision {there} and not at {newest}: take an empty database")


def _same(source: str, target: str) -> bool:
    ours, theirs = file_of(source), file_of(target)
    if ours is not None and theirs is not None:
        return ours.resolve() == theirs.resolve()
    one, other = make_url(source), make_url(target)
    return (one.host, one.port or 5432, one.database, one.query) == (
        other.host,
        other.port or 5432,
        other.database,
        other.query,
    )
