"""LOCKS.csv: the pairs that somebody decided beforehand, and those that contradict people, limits or each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from flows.matching.offline.cells import Cells
from flows.matching.offline.people_csv import Listed, People
from flows.matching.pairs import forbidding
from flows.matching.rules import Rules
from flows.people import Role
from flows.sheets.remarks import Remark, in_order
from flows.sheets.sheet import read_sheet
from flows.sheets.spelling import Spellings

COLUMNS = ("mentee", "mentor", "kind")
PIN, FORBID = "pin", "forbid"


@dataclass(frozen=True, slots=True)
class Locks:
    """What is decided."""

    pins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The mentor of a mentee."""
    forbidden: frozenset[tuple[str, str]] = frozenset()
    """Mentee and mentor."""
    remarks: tuple[Remark, ...] = ()


def read_locks(raw: bytes, file: str, people: People, rules: Rules, *, sound: bool) -> Locks:
    """The locks, checked against the people and, where nothing is wrong with list and rules, against limits and places.

    Remarks: those of a sheet, E02, E04 for another kind; L01 somebody who takes no part, L02 somebody in another role,
    L03 a pin that breaks a limit, L04 more pins than places, L05 pinned and forbidden, L06 a mentee pinned twice.
    """
    sheet = read_sheet(raw, file, known=COLUMNS, required=COLUMNS, segments=False)
    remarks = list(sheet.remarks)
    found = []
    for row in sheet.rows:
        cells = Cells(file, row, Spellings(), remarks)
        mentee = _person(cells, people, Role.MENTEE)
        mentor = _person(cells, people, Role.MENTOR)
        kind = cells.word("kind", (PIN, FORBID), "") if cells.required("kind") else ""
        if mentee and mentor and kind:
            found.append(_Lock(cells, mentee, mentor, kind))
    locks = _agreed(found, rules, sound=sound)
    return Locks(locks.pins, locks.forbidden, in_order(remarks, COLUMNS))


@dataclass(frozen=True, slots=True)
class _Lock:
    cells: Cells
    mentee: Listed
    mentor: Listed
    kind: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.mentee.candidate.id, self.mentor.candidate.id


def _person(cells: Cells, people: People, role: Role) -> Listed | None:
    written = cells.required(role)
    if not written:
        return None
    one = people.listed.get(written)
    if one is None:
        cells.remark(role, "L01", "nobody on the list has this id")
    elif not one.candidate.available:
        cells.remark(role, "L01", "this person takes no part")
    elif role not in one.candidate.roles:
        cells.remark(role, "L02", f"this person is no {role}")
    else:
        return one
    return None


def _agreed(locks: Sequence[_Lock], rules: Rules, *, sound: bool) -> Locks:
    """Each lock beside those before it: a contradiction is remarked at the later of two."""
    pins: dict[str, str] = {}
    kinds: dict[tuple[str, str], str] = {}
    taken: Counter[str] = Counter()
    for one in locks:
        mentee, mentor = one.pair
        if kinds.setdefault(one.pair, one.kind) != one.kind:
            one.cells.remark("kind", "L05", "this pair is both pinned and forbidden")
        if one.kind != PIN:
            continue
        if sound and (broken := forbidding(one.mentee.candidate, one.mentor.candidate, rules)):
            one.cells.remark("mentor", "L03", f"the pin breaks a limit: {', '.join(broken)}")
        if mentee in pins:
            one.cells.remark("mentee", "L06", f"this mentee is pinned already, to {pins[mentee]}")
            continue
        pins[mentee] = mentor
        taken[mentor] += 1
        if sound and taken[mentor] > one.mentor.candidate.places:
            one.cells.remark("mentor", "L04", f"more pins than places: {one.mentor.candidate.places}")
    return Locks(pins, frozenset(pair for pair, kind in kinds.items() if kind == FORBID))
