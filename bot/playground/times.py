"""The clocks of the workspace: one that a demo may move, one that cannot be moved, one for the limits."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Where the workspace takes its time from; nothing in this package reads a clock of its own."""

    now: Callable[[], datetime]
    """What people see on their messages; aware, may jump forward."""
    real: Callable[[], float]
    """Unix seconds that nobody moves: signatures, trigger ids, response addresses, milliseconds."""
    limits: Callable[[], float]
    """Seconds on which the Web API's rate limits are counted."""
    sleep: Callable[[float], Awaitable[None]]
    """Waits between the repeats of an event that the app did not take."""
