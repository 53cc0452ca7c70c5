"""PEOPLE.csv: who could be matched with whom, and everything that is wrong or odd about the list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.matching.offline.cells import Cells
from flows.matching.people import Candidate, Mode
from flows.matching.week import hours_in
from flows.people import SIDES, Role
from flows.sheets.columns import LISTED, PERSON, REQUIRED, here, imported_as
from flows.sheets.remarks import Remark, in_order
from flows.sheets.sheet import SEGMENT, Sheet, read_sheet
from flows.sheets.spelling import Spellings, key

ROLES: Mapping[str, frozenset[Role]] = {
    "mentor": frozenset({Role.MENTOR}),
    "mentee": frozenset({Role.MENTEE}),
    "both": frozenset(SIDES),
}
MODES = {"any": Mode.EITHER, "online": Mode.ONLINE, "in_person": Mode.IN_PERSON}
FEW_HOURS = 3
SKILL, INTEREST, FUNCTION, OFFICE, LANGUAGE = "skill", "interest", "function", "office", "language"
"""Kinds of answers: within one of them the same words mean the same."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list."""

    row: int
    name: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class People:
    """The list as it was read; with an error among the remarks nobody is matched."""

    file: str
    listed: Mapping[str, Listed]
    """By id, in the order of the file."""
    spellings: Spellings
    rows: int
    remarks: tuple[Remark, ...]
    """Sorted by row and column."""
    shared: frozenset[str]
    """Names that more than one of them has, by their keys."""

    def name(self, person: str) -> str:
        """How somebody is called; whoever is not on the list, by their id."""
        return self.listed[person].name if person in self.listed else person

    def called(self, person: str) -> str:
        """The same, with their id where somebody else is called so too."""
        name = self.name(person)
        return f"{name} ({person})" if key(name) in self.shared else name

    def in_role(self, role: Role) -> tuple[Candidate, ...]:
        """Who takes part in this role, in the order of the file."""
        candidates = (one.candidate for one in self.listed.values())
        return tuple(one for one in candidates if one.available and role in one.roles)


def read_people(raw: bytes, file: str, *, week_of: date) -> People:
    """Everybody on the list. Cells that do not belong to a role are checked for form and ignored otherwise.

    Remarks: E01 to E14 and W01 to W07.
    """
    sheet = read_sheet(raw, file, known=LISTED, required=REQUIRED, segments=True)
    spellings = Spellings({(SEGMENT, column): name for column, name in sheet.segments.items()})
    remarks = list(_of_another_table(sheet))
    listed: dict[str, Listed] = {}
    everybody: list[tuple[Cells, Listed]] = []
    names: dict[str, int] = {}
    shared: set[str] = set()
    for row in sheet.rows:
        cells = Cells(file, row, spellings, remarks)
        one = _listed(cells, sheet, week_of=week_of)
        everybody.append((cells, one))
        first = listed.setdefault(one.candidate.id, one) if one.candidate.id else one
        if first is not one:
            cells.remark("id", "E03", f"this id stands in row {first.row} already")
        earlier = names.setdefault(key(one.name), row.number) if one.name else row.number
        if earlier != row.number:
            cells.remark("name", "W06", "somebody else on the list has this name")
            shared.add(key(one.name))
    _cross_check(everybody, listed)
    if without := _roles_without_anybody(one for _, one in everybody):
        remarks.append(Remark(file, 0, "", "E11", f"there is no {without} available"))
    remarked = in_order(remarks, LISTED)
    return People(file, listed, spellings, len(sheet.rows), remarked, frozenset(shared))


def _of_another_table(sheet: Sheet) -> Iterator[Remark]:
    """What is remarked of the sheet; whoever brings the table of `people import` is told what its columns are here."""
    named = {one.column for one in sheet.remarks if one.code == "W01"}
    missing = [one.column for one in sheet.remarks if one.code == "E01"]
    person = next((one for one in sorted(named) if imported_as(one) == PERSON), "")
    for one in sheet.remarks:
        told = one.message
        if one.code == "W01" and imported_as(one.column):
            same = here(one.column)
            told = "the column is ignored: it is one of people import in the chat"
            told += f"; here it is called {same}" if same and same not in sheet.columns else ""
        elif one.code == "E01":
            told += f"; is it the one called {person}?" if one.column == "id" and person and "?" not in told else ""
            told += f"; a list may have {', '.join(LISTED)}" if one.column == missing[-1] else ""
        yield replace(one, message=told)


def _listed(cells: Cells, sheet: Sheet, *, week_of: date) -> Listed:
    own = cells.id("id")
    name = " ".join(cells.required("name").split())
    role = cells.word("role", tuple(ROLES), "") if cells.required("role") else ""
    roles = ROLES.get(role, frozenset())
    available = cells.word("available", ("yes", "no"), "yes") == "yes"
    capacity, load = cells.whole("capacity", 0, 5), cells.whole("load", 0, 20) or 0
    goals, skills = cells.answers("goals", SKILL, 10), cells.answers("skills", SKILL, 30)
    teaches, interests = cells.answers("teaches", SKILL), cells.answers("interests", INTEREST)
    grade = cells.whole("grade", 1, 20)
    offset = cells.zone("timezone", week_of)
    free = cells.free("hours", offset)
    manager = cells.text("manager")
    if own and manager == own:
        cells.remark("manager", "E07", "manager names the person themselves")
    candidate = Candidate(
        id=own,
        roles=roles,
        capacity=load + (1 if capacity is None else capacity),
        load=load,
        available=available,
        met=frozenset(cells.ids("met", own)),
        blocked=frozenset(cells.ids("blocked", own)),
        manager=manager,
        offset=offset,
        free=free,
        languages=cells.answers("languages", LANGUAGE),
        mode=MODES[cells.word("mode", tuple(MODES), "any")],
        office=cells.answer("office", OFFICE),
        grade=grade,
        function=cells.answer("function", FUNCTION),
        moving_into=cells.answer("moving_into", FUNCTION),
        goals=goals,
        skills=skills,
        teaches=teaches,
        interests=interests,
        wishes=cells.ids("wishes", own, 5),
        waited=cells.whole("waited", 0, 20) or 0,
        segments=tuple((column, group) for column in sheet.segments if (group := cells.answer(column, column))),
    )
    _warn(cells, candidate)
    return Listed(cells.row.number, name, candidate)


def _warn(cells: Cells, one: Candidate) -> None:
    if one.available and Role.MENTEE in one.roles and not one.goals:
        cells.remark("goals", "W03", "this mentee names no goals")
    if one.available and Role.MENTOR in one.roles and not (one.skills or one.teaches):
        cells.remark("skills", "W04", "this mentor names no skills")
    if cells.text("hours") and not cells.text("timezone"):
        cells.remark("timezone", "W05", "no time zone is given: the hours are taken for UTC")
    if one.available and one.free and hours_in(one.free) < FEW_HOURS:
        cells.remark("hours", "W07", f"fewer than {FEW_HOURS} free hours a week leave little choice")


def _cross_check(everybody: Sequence[tuple[Cells, Listed]], listed: Mapping[str, Listed]) -> None:
    """What only the whole list can tell: whether the people who are named are in it."""
    mentors = {name for name, one in listed.items() if Role.MENTOR in one.candidate.roles}
    for cells, one in everybody:
        for column, named in (("blocked", one.candidate.blocked), ("met", one.candidate.met)):
            for stranger in sorted(other for other in named if other not in listed):
                cells.remark(column, "W02", f"nobody on the list has the id {stranger}", stranger)
        if Role.MENTEE in one.candidate.roles:
            for wish in one.candidate.wishes:
                if wish not in mentors:
                    cells.remark("wishes", "E14", f"{wish} is no mentor of this list", wish)


def _roles_without_anybody(everybody: Iterable[Listed]) -> str:
    there = frozenset[Role]().union(*(one.candidate.roles for one in everybody if one.candidate.available))
    return " and no ".join(role for role in (Role.MENTOR, Role.MENTEE) if role not in there)
