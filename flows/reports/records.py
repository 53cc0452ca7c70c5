"""What a report is made from: who takes part, what took place, and that something was written, never what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.feedback import Attention, Tap
from flows.match import Match
from flows.meetings import Meeting
from flows.nudge import Written
from flows.people import Participant, Person
from flows.programme import Cohort, Design

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""(window, question) → choice → how often."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What one person said of one match in one of their ISO weeks, such as 2026-W12."""

    match: str
    person: str
    week: str
    answer: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of everything that the bot meant to say by itself; the parts add up to `intended`."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    blocked: int = 0
    """Refused because of the reader: the account is closed, or keeps the bot out."""
    unsure: int = 0
    """They may or may not have arrived, and are not sent again by themselves."""
    dropped: int = 0
    """Taken back, or no longer of use when their hour came."""

    @property
    def intended(self) -> int:
        """All of them."""
        return self.sent + self.waiting + self.failed + self.blocked + self.unsure + self.dropped


@dataclass(frozen=True, slots=True)
class Records:
    """One cohort, as it is stored.

    `people` are by id, `hours` maps a participant to the hours a month that they offer, `drafted` are participants who
    stand in a draft that is under review, `meetings`, `taps` and
    `attention` (of living ones) are by match, `unreachable` are people, by id, whom
    the bot cannot write to.
    """

    cohort: Cohort
    design: Design
    participants: tuple[Participant, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)
    drafted: frozenset[str] = frozenset()
    matches: tuple[Match, ...] = ()
    meetings: Mapping[str, tuple[Meeting, ...]] = field(default_factory=dict)
    written: tuple[Written, ...] = ()
    taps: Mapping[str, tuple[Tap, ...]] = field(default_factory=dict)
    check_ins: tuple[CheckIn, ...] = ()
    attention: Mapping[str, Attention] = field(default_factory=dict)
    pulses: Counts = field(default_factory=dict)
    delivery: Delivery = field(default_factory=Delivery)
    unreachable: frozenset[str] = frozenset()
