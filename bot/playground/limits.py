"""How often each Web API method may be called: Slack's tiers, and one message a second a channel.

https://docs.slack.dev/apis/web-api/rate-limits, as of 2026. The tiers are minimums ("50+ per minute"); here
they are exact.
"""

import math
from collections import deque
from collections.abc import Callable

from bot.playground.refusals import RateLimited

MINUTE = 60.0
TIERS = {
    "apps.connections.open": 50,
    "auth.test": 600,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "team.info": 50,
    "users.info": 100,
    "users.list": 20,
    "users.lookupByEmail": 50,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Calls a minute and method. For chat.postMessage Slack only says "several hundred" a workspace."""
BURST = 4
"""Messages that one channel takes at once; then one a second ("short bursts are tolerated")."""


class Limits:
    """Counts calls on the clock it is given."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._channels: dict[str, float] = {}

    def count(self, method: str, *, channel: str | None = None) -> None:
        """One call more; raises `RateLimited` with whole seconds when that is one too many."""
        now = self._clock()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= TIERS.get(method, 50):
            raise RateLimited(max(1, math.ceil(calls[0] + MINUTE - now)))
        if method == "chat.postMessage" and channel is not None:
            self._pace(channel, now)
        calls.append(now)

    def _pace(self, channel: str, now: float) -> None:
        # The generic cell rate: `free` is when the channel would be idle had its messages come once a second.
        free = max(self._channels.get(channel, now), now)
        early = free - now - (BURST - 1)
        if early > 0:
            raise RateLimited(math.ceil(early))
        self._channels[channel] = free + 1.0
