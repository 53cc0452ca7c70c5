"""What a company says of its people: who leads them, where they work, how far they are, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEVELS = range(1, 21)
"""Levels, from the first job to the last."""


class Word(StrEnum):
    """What the person says of their own department, site and start."""

    NOT_ASKED = "not_asked"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Known:
    """What the company says of one person; each "" or None where it says nothing.

    `manager` is how the company names them (see `named`): somebody whom the bot may not have met; `managers` are the
    ids of the people who go by that name, as far as they were asked for. Private to matching, to the person, and to
    the coordinator who brought it.
    """

    manager: str = ""
    managers: tuple[str, ...] = ()
    department: str = ""
    site: str = ""
    level: int | None = None
    started_on: date | None = None
    word: Word = Word.NOT_ASKED
    brought_by: str = ""
    """The id of the coordinator from whom it came last."""


NOTHING = Known()
"""Of whom nothing is known."""


def together(told: Sequence[Known]) -> Known:
    """What is known of somebody whom the company names in two ways, older first: field by field the newer counts."""
    known = NOTHING
    for one in told:
        known = Known(
            manager=one.manager or known.manager,
            department=one.department or known.department,
            site=one.site or known.site,
            level=known.level if one.level is None else one.level,
            started_on=one.started_on or known.started_on,
            word=one.word,
            brought_by=one.brought_by,
        )
    return known
