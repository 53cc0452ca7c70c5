"""What the columns of the two tables of people are called: the list that is matched from a file, and what a company
says of its people. Who brings one where the other is wanted is told so."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flows.sheets.spelling import key

REQUIRED = ("id", "name", "role")
LISTED = (
    *REQUIRED, "available", "capacity", "load", "goals", "skills", "teaches", "interests", "grade", "function",
    "moving_into", "office", "timezone", "hours", "languages", "mode", "manager", "blocked", "met", "wishes", "waited",
)  # fmt: skip
"""Columns of a list that is matched from a file."""
PERSON, MANAGER, DEPARTMENT, SITE, LEVEL, START = "person", "manager", "department", "site", "level", "start"
IMPORTED = (PERSON, MANAGER, DEPARTMENT, SITE, LEVEL, START)
"""Columns of what a company says of its people."""
_ALSO: Mapping[str, str] = {
    PERSON: "account, email, e mail, mail, email address, e mail address, work email, user, user id, member id, "
    "employee, upn, user principal name",
    MANAGER: "line manager, manager email, manager e mail, manager id, manager account, reports to, supervisor",
    DEPARTMENT: "dept, function, team, area, division, business unit",
    SITE: "office, location, work location, city, place",
    LEVEL: "grade, seniority, job level, career level, band",
    START: "start date, started, hire date, hired, date of hire, entry date, joined",
}
SYNONYMS = MappingProxyType({name: column for column, names in _ALSO.items() for name in names.split(", ")})
"""How else the columns of a company's table may be called, in any case, with spaces, hyphens or underscores."""
_HERE = MappingProxyType({PERSON: "id", MANAGER: "manager", DEPARTMENT: "function", SITE: "office", LEVEL: "grade"})
"""Which column of a list says the same."""


def plain(name: str) -> str:
    """A column's name as synonyms are written."""
    return " ".join(re.split(r"[\s_-]+", key(name)))


def imported_as(name: str) -> str:
    """The column of a company's table that this name means; empty for none."""
    found = plain(name)
    return found if found in IMPORTED else SYNONYMS.get(found, "")


def here(name: str) -> str:
    """The column of a list to be matched that says what this column of a company's table says; empty for none."""
    return _HERE.get(imported_as(name), "")


def of_a_list(names: Iterable[str]) -> tuple[str, ...]:
    """Those of these names that a list to be matched has and hardly another table; names and roles are everywhere."""
    return tuple(one for one in names if key(one) in LISTED and key(one) not in REQUIRED and not imported_as(one))
