"""What there is to say about the files that somebody gave, each remark with its file, row and column."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

MOST_TOLD = 200
LONGEST_VALUE = 200
NEAR = 0.5
"""Of the letters of two words, the share that they must have in common, in the same order."""
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
    known: Collection[str] = ()
    """What could stand there. Which of it is nearest is looked for where the remark is told: that takes milliseconds,
    and a long list may have thousands of mistakes."""

    @property
    def warns(self) -> bool:
        """Whether the work goes on in spite of it."""
        return self.code.startswith("W")


def told(errors: Sequence[Remark]) -> tuple[Remark, ...]:
    """As many of them as anybody reads, with their values cut, then one more that carries the count."""
    shown = tuple(
        replace(one, value=one.value[:LONGEST_VALUE], message=one.message + nearest(one.value, one.known))
        for one in errors[:MOST_TOLD]
    )
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
    """Which of these is nearest; empty when none is near, and for what is longer than any word."""
    return _close(value.strip().casefold(), tuple(sorted(known))) if len(value) <= LONGEST_VALUE else ""


@lru_cache(maxsize=1_000)
def _close(value: str, known: tuple[str, ...]) -> str:
    """A mistake seldom comes alone: a whole column may have it.

    What `difflib.get_close_matches` finds, in a third of the time: the letters alone bound how near a word can be, so
    those that share the most go first, and the search ends where none can be nearer.
    """
    folded = {one.casefold(): one for one in known}
    matcher = SequenceMatcher()
    matcher.set_seq2(value)
    best = (NEAR, "")
    for bound, one in sorted(((_bound(matcher, one), one) for one in folded), reverse=True):
        if bound < best[0]:
            break
        matcher.set_seq1(one)
        best = max(best, (matcher.ratio(), one))
    return folded.get(best[1], "")


def _bound(matcher: SequenceMatcher[str], one: str) -> float:
    matcher.set_seq1(one)
    return matcher.quick_ratio()
