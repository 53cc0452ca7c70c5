"""What a table would change in what is known of a company's people."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flows.facts import NOTHING, Known, Word
from flows.facts_table import Entry, Fault, Flaw, Table
from flows.sheets.columns import DEPARTMENT, LEVEL, MANAGER, SITE, START


@dataclass(frozen=True, slots=True)
class Change:
    """What is known under one name, before and afterwards."""

    before: Known
    after: Known

    @property
    def is_new(self) -> bool:
        """Whether nothing was known."""
        return _said(self.before) == _NOTHING

    @property
    def is_gone(self) -> bool:
        """Whether nothing is known any more."""
        return _said(self.after) == _NOTHING

    @property
    def asks_anew(self) -> bool:
        """Whether the person is told something new of what they can judge themselves."""
        return not self.is_gone and _of_their_own(self.before) != _of_their_own(self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change, by name, in the order of names; `same` counts the rows that change nothing."""

    changes: Mapping[str, Change]
    faults: tuple[Fault, ...]
    same: int
    strangers: int
    """Rows of people whom the bot has not met yet."""
    new: Mapping[str, Change] = field(init=False)
    """Of whom nothing was known."""
    gone: Mapping[str, Change] = field(init=False)
    """Of whom nothing is known any more."""
    changed: Mapping[str, Change] = field(init=False)
    """All the others."""

    def __post_init__(self) -> None:
        new = {named: one for named, one in self.changes.items() if one.is_new}
        gone = {named: one for named, one in self.changes.items() if one.is_gone}
        others = {named: one for named, one in self.changes.items() if named not in new and named not in gone}
        for name, kind in (("new", new), ("gone", gone), ("changed", others)):
            object.__setattr__(self, name, kind)

    @property
    def rows_left_out(self) -> int:
        """Rows with one fault or several."""
        return len({fault.row for fault in self.faults})

    @property
    def mark(self) -> str:
        """The same for the same changes: shows whether what was confirmed is what was seen."""
        said = [(named, _said(one.before), _said(one.after)) for named, one in self.changes.items()]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]


def compare(table: Table, known: Mapping[str, Known], people: Mapping[str, str], *, whole: bool) -> Difference:
    """The table against what is `known` by name. `people` maps every name to the person whom the bot has met: whoever
    is known under another name of theirs stays under it. With `whole`, who is not in the table is known no more."""
    kept = {people[named]: named for named in known if named in people}
    changes: dict[str, Change] = {}
    faults, rows, same, strangers = list(table.faults), dict[str, int](), 0, 0
    for entry in table.entries:
        person = people.get(entry.named, entry.named)
        if person in rows:
            faults.append(Fault(entry.row, Flaw.TWICE, entry.named.rpartition("/")[2], rows[person]))
            continue
        rows[person] = entry.row
        named = entry.named if entry.named in known else kept.get(person, entry.named)
        before = known.get(named, NOTHING)
        after = told(entry, before, table.columns)
        strangers += entry.named not in people
        if _said(after) == _said(before):
            same += 1
        else:
            changes[named] = Change(before, after)
    if whole:
        # A row that is left out says nothing of its person, so it takes nothing away either.
        unread = {fault.row for fault in faults}
        missing = () if unread else (named for named in known if people.get(named, named) not in rows)
        changes |= {named: Change(known[named], NOTHING) for named in missing}
    faults.sort(key=lambda fault: fault.row)
    return Difference(dict(sorted(changes.items())), tuple(faults), same, strangers)


def told(entry: Entry, before: Known, columns: frozenset[str]) -> Known:
    """What is known once the row counts: what the table has no column for stays."""
    after = Known(
        manager=entry.manager if MANAGER in columns else before.manager,
        managers=before.managers,
        department=entry.department if DEPARTMENT in columns else before.department,
        site=entry.site if SITE in columns else before.site,
        level=entry.level if LEVEL in columns else before.level,
        started_on=entry.started_on if START in columns else before.started_on,
        word=before.word,
        brought_by=before.brought_by,
    )
    return after if _of_their_own(after) == _of_their_own(before) else replace(after, word=Word.NOT_ASKED)


def _said(known: Known) -> tuple[object, ...]:
    """What the company says, without what became of it."""
    return (known.manager, known.managers, known.department, known.site, known.level, known.started_on)


def _of_their_own(known: Known) -> tuple[object, ...]:
    return (known.department, known.site, known.started_on)


_NOTHING = _said(NOTHING)
