"""What a pack says of programmes: purposes, formats, rounds, rules of matching, a first conversation, evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flows.formats import Format
from flows.matching.gatherings.shapes import NUMBERS, Shape, parse_shape
from flows.matching.rule_table import RulesError, parse_rules
from flows.matching.rules import FOR_PROGRAMMES, Rules
from flows.pack_fault import PackFault

Table = Mapping[str, object]


class _Wrong(Exception):
    """A value that does not fit; `key` says where, `cause` why."""

    def __init__(self, key: str, cause: str) -> None:
        super().__init__(key)
        self.key = key
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Choice:
    """A purpose or a format: its id, and in English what is read; `formats` are the ids of those that suit a purpose
    first."""

    id: str
    label: str
    note: str
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact with its source; `purposes` are ids, none means that it suits every programme."""

    id: str
    says: str
    source: str
    year: int
    purposes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """`weeks_between` is from one round of matching to the next.
    `cadence_hours` is what the programme takes of each person in a month. `shapes` say how the formats are matched."""

    purposes: tuple[Choice, ...]
    formats: tuple[Choice, ...]
    starters: tuple[str, ...]
    rules: Rules
    weeks_between: int
    evidence: tuple[Figure, ...] = ()
    cadence_hours: int = 2
    shapes: Mapping[Format, Shape] = field(default_factory=dict)

    def shape(self, which: Format) -> Shape:
        """How a format is matched; one of which the pack says nothing has the rules of all."""
        return self.shapes.get(which) or Shape(self.rules)

    def suiting(self, purpose: str) -> tuple[Choice, ...]:
        """The formats that suit a purpose first, in the order in which the pack names them."""
        named = next((one.formats for one in self.purposes if one.id == purpose), ())
        by_id = {one.id: one for one in self.formats}
        return tuple(by_id[one] for one in named if one in by_id)

    def formats_for(self, purpose: str) -> tuple[Choice, ...]:
        """All formats, those that suit the purpose before the others."""
        first = self.suiting(purpose)
        return (*first, *(one for one in self.formats if one not in first))

    def figures_for(self, purpose: str, which: Format) -> tuple[Figure, ...]:
        """The figures that suit a purpose, those made for it first; none for a format that has no mentors."""
        if not which.has_mentors:
            return ()
        suiting = [one for one in self.evidence if not one.purposes or purpose in one.purposes]
        return tuple(sorted(suiting, key=lambda one: not one.purposes))


def parse_frame(table: Table) -> Frame:
    """`table` is a parsed programme.toml. Raises PackFault."""
    try:
        return _frame(table)
    except _Wrong as wrong:
        raise PackFault("programme.toml", wrong.key, wrong.cause) from wrong


def parse_evidence(table: Table, purposes: tuple[Choice, ...]) -> tuple[Figure, ...]:
    """`table` is a parsed evidence.toml. Raises PackFault: a figure without source or year is no evidence."""
    try:
        return _evidence(table, purposes)
    except _Wrong as wrong:
        raise PackFault("evidence.toml", wrong.key, wrong.cause) from wrong


def _frame(table: Table) -> Frame:
    _only(table, {"programme", "purpose", "format", "rounds", "kit", "matching"}, "")
    programme = _sub(table, "programme")
    _only(programme, {"cadence_hours"}, "programme.")
    rounds = _sub(table, "rounds")
    _only(rounds, {"weeks_between"}, "rounds.")
    starters = _sub(table, "kit").get("starters", [])
    if not isinstance(starters, list) or not starters or not all(isinstance(one, str) for one in starters):
        raise _Wrong("kit.starters", "write a list of questions")
    try:
        rules = parse_rules(_sub(table, "matching"), FOR_PROGRAMMES)
    except RulesError as fault:
        problem = fault.problems[0]
        raise _Wrong(f"matching.{problem.key}", problem.message) from fault
    formats, shapes = _formats(table, rules)
    return Frame(
        purposes=_purposes(table, formats),
        formats=formats,
        shapes=shapes,
        starters=tuple(starters),
        rules=rules,
        weeks_between=_whole(rounds, "weeks_between", "rounds.", least=1, most=52),
        cadence_hours=_whole(programme, "cadence_hours", "programme.", least=1, most=40),
    )


def _evidence(table: Table, purposes: tuple[Choice, ...]) -> tuple[Figure, ...]:
    _only(table, {"figure"}, "")
    known = {one.id for one in purposes}
    found = []
    for place, entry in enumerate(_list(table, "figure"), start=1):
        where = f"figure {entry.get('id', place)}: "
        _only(entry, {"id", "says", "source", "year", "purposes"}, where)
        suits = entry.get("purposes", [])
        if not isinstance(suits, list) or not known.issuperset(suits):
            raise _Wrong(f"{where}purposes", f"list ids of programme.toml: {', '.join(sorted(known))}")
        found.append(
            Figure(
                id=_text(entry, "id", where),
                says=_text(entry, "says", where),
                source=_text(entry, "source", where),
                year=_whole(entry, "year", where, least=1900, most=2200),
                purposes=frozenset(suits),
            )
        )
    return tuple(found)


def _purposes(table: Table, formats: tuple[Choice, ...]) -> tuple[Choice, ...]:
    known = [one.id for one in formats]
    found = _choices(table, "purpose", {"formats"})
    for one in found:
        if not set(known).issuperset(one.formats):
            raise _Wrong(f"purpose {one.id}: formats", f"list ids of formats: {', '.join(known)}")
    return found


def _formats(table: Table, rules: Rules) -> tuple[tuple[Choice, ...], Mapping[Format, Shape]]:
    shapes: dict[Format, Shape] = {}
    for entry in _list(table, "format"):
        where, which = f"format {entry.get('id')}: ", entry.get("id")
        if which not in list(Format):
            raise _Wrong(f"{where}id", f"must be one of {', '.join(Format)}")
        known = Format(str(which))
        _only(entry, {"id", "label", "note", "rules", *NUMBERS.get(known, {})}, where)
        shapes[known] = parse_shape(entry, known, rules)
    return _choices(table, "format", {"rules", *(name for numbers in NUMBERS.values() for name in numbers)}), shapes


def _choices(table: Table, kind: str, further: set[str]) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for place, entry in enumerate(_list(table, kind), start=1):
        where = f"{kind} {entry.get('id', place)}: "
        _only(entry, {"id", "label", "note", *further}, where)
        if len(str(entry.get("id"))) > 24:
            raise _Wrong(f"{where}id", "at most 24 characters")
        suits = entry.get("formats", [])
        if not isinstance(suits, list) or not all(isinstance(one, str) for one in suits):
            raise _Wrong(f"{where}formats", "write a list of ids of formats")
        texts = _text(entry, "id", where), _text(entry, "label", where), _text(entry, "note", where)
        choice = Choice(*texts, formats=tuple(suits))
        if choice.id in found:
            raise _Wrong(f"{where}id", "two entries have this id")
        found[choice.id] = choice
    if not found:
        raise _Wrong(kind, "at least one is needed")
    return tuple(found.values())


def _only(table: Table, known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise _Wrong(f"{where}{key}", f"unknown key; known are {', '.join(sorted(known))}")


def _sub(table: Table, key: str) -> Table:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise _Wrong(key, "must be a table")
    return value


def _list(table: Table, key: str) -> list[Table]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _Wrong(key, f"write it as [[{key}]]")
    return cast(list[Table], value)


def _text(table: Table, key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"{where}{key}", "a text is missing")
    return value


def _whole(table: Table, key: str, where: str, *, least: int, most: int) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _Wrong(f"{where}{key}", f"must be a whole number from {least} to {most}")
    return value
