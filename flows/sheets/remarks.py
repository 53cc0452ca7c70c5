"""What there is to say about the files that somebody gave, each remark with its file, row and column."""

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

MOST_TOLD = 200
LONGEST_VALUE = 200
CONTRADICTIONS = frozenset({"L03", "L04", "L05", "L06"})
"""Locks that the file allows and the people do not."""


@dataclass(frozen=True, slots=True)
class Remark:
    """An error, or a warning when its code begins with W."""

    file: str
    row: int
    """As a spreadsheet counts: the header is 1. 0: about the file."""
    column: str
    """Empty: about the row."""
    code: str
    message: str
    value: str = ""
    """As it was written."""

    @property
    def warns(self) -> bool:
        """Whether the work goes on in spite of it."""
        return self.code.startswith("W")


def told(errors: Sequence[Remark]) -> tuple[Remark, ...]:
    """As many of them as anybody reads, with their values cut, then one more that carries the count."""
    shown = tuple(replace(one, value=one.value[:LONGEST_VALUE]) for one in errors[:MOST_TOLD])
    if len(errors) <= MOST_TOLD:
        return shown
    rest = f"and {len(errors) - MOST_TOLD} more errors, {len(errors)} in all"
    return (*shown, Remark(errors[MOST_TOLD].file, 0, "", "", rest, str(len(errors))))


def in_order(remarks: Iterable[Remark], columns: Sequence[str]) -> tuple[Remark, ...]:
    """By row, then by column: first what is about the whole row, then in this order, then the others as they came."""
    place = {"": -1} | {column: nth for nth, column in enumerate(columns)}
    return tuple(sorted(remarks, key=lambda one: (one.row, place.get(one.column, len(columns)), one.code)))


def nearest(value: str, known: Collection[str]) -> str:
    """A hint at what may have been meant, to be put behind a sentence; empty when nothing is near."""
    found = closest(value, known)
    return f"; did you mean {found}?" if found else ""


def closest(value: str, known: Collection[str]) -> str:
    """Which of these is nearest; empty when none is near."""
    return _close(value.strip().casefold(), tuple(sorted(known)))


@lru_cache(maxsize=1_000)
def _close(value: str, known: tuple[str, ...]) -> str:
    """A mistake seldom comes alone: a whole column may have it."""
    folded = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(value, list(folded), n=1, cutoff=0.5)
    return folded[found[0]] if found else ""
