"""A mentor for something that is to be delivered: they have the skill, and both are there when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.matching.gatherings.barred import Barred
    from flows.matching.solving.worth import Worth


@dataclass(frozen=True, slots=True)
class Stay:
    """The days on which somebody is there, the first and the last among them; None: no bound."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What a mentee is to deliver, with the skill that it takes."""

    skill: str
    due: date
    stay: Stay
    """Of the mentee."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a mentor brings to deliverables."""

    skills: frozenset[str]
    stay: Stay


class Lack(StrEnum):
    """Why a mentor cannot help with a deliverable."""

    SKILL = "skill"
    MENTEE = "mentee_away"
    MENTOR = "mentor_away"


def lacks(wanted: Deliverable, offer: Offer) -> frozenset[Lack]:
    """Every reason against it; empty when the mentor can help."""
    reasons = {
        Lack.SKILL: wanted.skill not in offer.skills,
        Lack.MENTEE: wanted.due not in wanted.stay,
        Lack.MENTOR: wanted.due not in offer.stay,
    }
    return frozenset(reason for reason, holds in reasons.items() if holds)


def deliverable(worth: "Worth", wanted: Sequence[Deliverable], offers: Sequence[Offer]) -> "Barred":
    """The points of those pairs alone that can deliver; a row a mentee and a column a mentor, as in `worth`."""
    # Here and not above: with numpy they take a quarter of a second, and most starts of the program match nobody.
    import numpy as np

    from flows.matching.gatherings.barred import Barred

    barred = [[bool(lacks(one, offer)) for offer in offers] for one in wanted]
    return Barred(worth, np.array(barred, dtype=bool).reshape(worth.mentees, worth.mentors))
