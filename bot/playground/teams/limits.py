"""How often the connector may be called (learn.microsoft.com, platform/bots/how-to/rate-limit, as of 2026).

A bot sends and creates 7 times in a second, 8 in two, 60 in thirty, 1800 in an hour per conversation; it reads members
14, 16, 120 and 3600 times; and makes 50 requests a second in a tenant.
"""

import math
from collections import deque
from collections.abc import Callable, Mapping

from bot.playground.teams.refusals import Throttled

Windows = tuple[tuple[int, float], ...]
"""So many requests in so many seconds."""
SENDING: Windows = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
READING: Windows = ((14, 1.0), (16, 2.0), (120, 30.0), (3600, 3600.0))
TENANT: Windows = ((50, 1.0),)
PER_CONVERSATION: Mapping[str, Windows] = {
    "create": SENDING, "send": SENDING, "member": READING, "members": READING, "pagedmembers": READING,
}  # fmt: skip
"""Updating and deleting count for the tenant alone."""


class Limits:
    """Counts requests on the clock it is given."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._requests: dict[tuple[str, str], deque[float]] = {}

    def forget(self) -> None:
        """As if nobody had called yet."""
        self._requests.clear()

    def count(self, operation: str, *, conversation: str) -> None:
        """One request more; raises `Throttled` when that is one too many, and then it does not count."""
        now = self._clock()
        windows = PER_CONVERSATION.get(operation, ())
        there = self._requests.setdefault((operation, conversation), deque()) if windows else deque[float]()
        everywhere = self._requests.setdefault(("*", "*"), deque())
        wait = max(_wait(there, windows, now), _wait(everywhere, TENANT, now))
        if wait > 0:
            raise Throttled(max(1, math.ceil(wait)))
        there.append(now)
        everywhere.append(now)


def _wait(requests: deque[float], windows: Windows, now: float) -> float:
    longest = max((seconds for _, seconds in windows), default=0.0)
    while requests and requests[0] <= now - longest:
        requests.popleft()
    waits = [requests[-most] + seconds - now for most, seconds in windows if len(requests) >= most]
    return max(waits, default=0.0)
