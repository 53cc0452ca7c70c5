"""A platform that is stricter than its tiers say: it counts a team's messages too, and refuses by chance."""

import random
from collections.abc import Callable

from bot.playground.refusals import RateLimited
from tests.engine.ledger import Call, WatchedLimits


class Storm(WatchedLimits):
    """Besides Slack's limits, this share of the messages is refused for 1 to `longest` seconds."""

    def __init__(self, clock: Callable[[], float], dice: random.Random, share: float, *, longest: int) -> None:
        super().__init__(clock)
        self._dice = dice
        self._share = share
        self._longest = longest

    def count(self, method: str, *, channel: str | None = None) -> None:
        """One call more; raises `RateLimited`."""
        if method == "chat.postMessage" and self._dice.random() < self._share:
            refused = RateLimited(self._dice.randint(1, self._longest))
            self.calls.append(Call(self._now(), method, channel, refused.retry_after))
            raise refused
        super().count(method, channel=channel)

    def pass_by(self) -> None:
        """No more refusals by chance."""
        self._share = 0
