"""What somebody asked for that takes long to work out: a row that waits, is in the hands of a process, and ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What can be worked out."""

    DRAFT = "draft"
    GATHERINGS = "gatherings"
    """The draft of a format that brings any number of people together."""
    WHY = "why"
    COMPARE = "compare"


class State(StrEnum):
    """WAITING → TAKEN → DONE; a process that dies or stops gives it back. FAILED: nothing came of it, and the one who
    asked was told."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Calculation:
    """`asked_by` is a person; `args` hold ids and choices, never facts, which are read when it begins. `epoch` counts
    how often it was taken: who holds an older one lost it."""

    id: str
    cohort: str
    kind: Kind
    asked_by: str
    asked_at: datetime
    args: Mapping[str, str] = field(default_factory=dict)
    state: State = State.WAITING
    epoch: int = 0
