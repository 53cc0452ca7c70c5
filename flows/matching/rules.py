"""Every number that steers a round: weights, curves, limits and points, with what holds where none is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

TOTAL = 10_000
MOST_ROUNDS_COUNTED = 4


class Aim(StrEnum):
    """What a draft is to be best at."""

    PARTICIPATION = "participation"
    """As many people as possible; among such drafts, the best fit."""
    BEST_FIT = "best-fit"
    """The best fit altogether; a pair below the minimum does not exist."""
    STABLE = "stable"
    """That no two people would rather have each other: nobody can do better by agreeing privately. Of programmes only:
    a list is matched for people who have not said what they would rather have."""


class Limit(StrEnum):
    """What no score can make good, in the order in which it is named."""

    ONESELF = "oneself"
    CAPACITY = "capacity"
    AWAY = "away"
    LANGUAGE = "language"
    TIME = "time"
    SENIORITY = "seniority"
    OFFICE = "office"
    MANAGER = "manager"
    BLOCKED = "not_available"
    """Avoided, vetoed or blocked. What is stored and shown says only that the two are not available to each other."""
    MET = "met"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Curves:
    """Per cent of a rule's weight for 0, 1, 2, … of what it counts; the last value continues."""

    interests: tuple[int, ...] = (0, 45, 75, 100)
    language: tuple[int, ...] = (0, 60, 100)
    time: tuple[int, ...] = (0, 17, 33, 50, 67, 83, 100)
    """By shared hours a week."""
    unknown: int = 25
    """Where an answer is missing on either side: about the average, so that silence is no trick."""
    seniority: Mapping[int, int] = field(
        default_factory=lambda: MappingProxyType({0: 20, 1: 60, 2: 90, 3: 100, 4: 90, 5: 60, 6: 30})
    )
    """By how many grades the mentor is ahead; below 0 where mentees teach."""
    other: int = 0
    """For every distance in grades that `seniority` does not name."""


EIGHT: Mapping[str, int] = MappingProxyType(
    {
        "goals": 3_000,
        "teaches": 1_500,
        "interests": 1_000,
        "seniority": 1_000,
        "time": 1_500,
        "language": 500,
        "mode": 500,
        "mix": 1_000,
    }
)
"""Points of a perfect answer, by the name of the rule; a score is at most their sum, 10,000."""

SWITCHABLE = (Limit.LANGUAGE, Limit.TIME, Limit.SENIORITY, Limit.OFFICE, Limit.MANAGER, Limit.MET)
"""Limits that a programme may do without."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All points are whole, on the scale of a score (0 to 10,000)."""

    version: int = 1
    aim: Aim = Aim.PARTICIPATION
    minimum: int = 3_000
    """A pair that scores less is worse than none; only where the aim is the best fit. See `least`."""
    seed: str = "alongside"
    """Breaks ties; another seed gives other pairs of the same worth."""
    week_of: date = date(2026, 1, 5)
    """The week whose clocks turn local hours into UTC, so that a draft does not depend on the day it is made."""
    reasons: int = 3
    """How many a pair is told at most."""
    deadline: float = 60
    """Seconds until a draft is given with the gap that is left."""
    weights: Mapping[str, int] = field(default_factory=lambda: EIGHT)
    """A rule that is not named here does not exist; one of weight 0 adds nothing."""
    curves: Curves = field(default_factory=Curves)
    limits: Mapping[Limit, bool] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(SWITCHABLE, True)))
    """Whether each limit that can be switched holds; one that is not named here does not."""
    min_hours: int = 1
    """Hours a week that two people must share."""
    min_gap: int | None = 0
    """Grades by which the mentor must be ahead, at least and at most; None: no bound."""
    max_gap: int | None = None
    max_zone_gap: int = 6
    """Hours between two people's clocks, the shorter way round."""
    wishes: tuple[int, ...] = (1_500, 1_000, 500)
    """What a mentee's first, second, third wish is worth; later ones nothing."""
    waiting: int = 150
    """What each round waited is worth, up to four."""
    load: int = 600
    """What each mentee whom a mentor has already costs the next."""
    stability: int = 200
    """What keeping a pair of the previous draft is worth."""
    floor_loss: Fraction = Fraction(1, 2)
    """Per cent of the total that may go into lifting the lowest fit; 0: none."""

    @property
    def least(self) -> int:
        """The score below which a pair does not exist."""
        return self.minimum if self.aim is Aim.BEST_FIT else 0

    def waited(self, rounds: int) -> int:
        """What so many rounds without a mentor are worth."""
        return self.waiting * min(rounds, MOST_ROUNDS_COUNTED)

    def wish(self, nth: int) -> int:
        """What a mentee's nth wish is worth, from 0."""
        return self.wishes[nth] if nth < len(self.wishes) else 0

    @property
    def least_step(self) -> int:
        """The distance in grades nearest to none that the bounds allow."""
        up = 0 if self.min_gap is None else max(0, self.min_gap)
        return up if self.max_gap is None else min(up, self.max_gap)

    def hold(self, limit: Limit) -> bool:
        """Whether a limit holds; oneself, places, absence and what is blocked always do."""
        return self.limits.get(limit, limit not in _BY_PROGRAMME)


_BY_PROGRAMME = frozenset({*SWITCHABLE, Limit.ZONE})

FOR_PROGRAMMES = replace(
    Rules(),
    weights=MappingProxyType({**EIGHT, "type": 0, "newcomer": 0, "pace": 0}),
    limits=MappingProxyType({**dict.fromkeys(SWITCHABLE, True), Limit.ZONE: True}),
)
"""The same with what only the questionnaire asks: three more rules, without weight until a pack gives them one, and the
gap between two clocks."""
