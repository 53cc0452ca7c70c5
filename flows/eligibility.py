"""Whom a programme is for, where it is not for everybody."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.facts import Known, Word


@dataclass(frozen=True, slots=True)
class Rule:
    """All that is filled must hold: one of the departments, one of the sites, a level and the whole months since their
    first day within bounds, both included."""

    departments: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    level_from: int | None = None
    level_to: int | None = None
    months_from: int | None = None
    months_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everybody may join."""
        return self == EVERYBODY

    def covers(self, known: Known, today: date) -> bool:
        """Whether it is for somebody of whom the company says this.

        What is not known does not hold: a rule would be none if to be unknown were enough to pass it. What the person
        says is wrong counts as not known until it is put right.
        """
        doubtful = known.word is Word.WRONG
        return (
            _named(self.departments, "" if doubtful else known.department)
            and _named(self.sites, "" if doubtful else known.site)
            and _within(self.level_from, self.level_to, known.level)
            and _within(self.months_from, self.months_to, None if doubtful else months_since(known.started_on, today))
        )


EVERYBODY = Rule()


def months_since(started_on: date | None, today: date) -> int | None:
    """Whole months since a first day, 0 before it; None when it is not known."""
    if started_on is None:
        return None
    months = (today.year - started_on.year) * 12 + today.month - started_on.month
    return max(0, months - (today.day < started_on.day))


def key_of(name: str) -> str:
    """A department or site as a choice that every platform can carry, whatever signs it is written with."""
    return hashlib.sha256(_plain(name).encode()).hexdigest()[:16]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, whatever its case, in the order of the alphabet."""
    found: dict[str, str] = {}
    for name in sorted(names):
        if name.strip():
            found.setdefault(_plain(name), " ".join(name.split()))
    return tuple(found[plain] for plain in sorted(found))


def _named(wanted: tuple[str, ...], name: str) -> bool:
    return not wanted or _plain(name) in {_plain(one) for one in wanted}


def _within(least: int | None, most: int | None, value: int | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
