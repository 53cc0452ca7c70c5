"""A platform that is stricter than its tiers say: it counts a team's messages too, and refuses by chance."""

import random
from collections.abc import Callable

from bot.playground.refusals import RateLimited
from tests.engine.ledger import Call, WatchedLimits


class Storm(WatchedLimits):
    """Besides Slack's limits, one of this many messages is refused for 1 to `longest` seconds.

    Which one of each `one_of` it is, is left to chance; that it is one is not, so no run passes without a refusal.
    """

    def __init__(self, clock: Callable[[], float], dice: random.Random, one_of: int, *, longest: int) -> None:
        super().__init__(clock)
        self._dice = dice
        self._one_of = one_of
        self._seen = 0
        self._chosen = dice.randrange(one_of)
        self._over = False
        self._longest = longest

    def count(self, method: str, *, channel: str | None = None) -> None:
        """One call more; raises `RateLimited`."""
        if method == "chat.postMessage" and not self._over and self._is_chosen():
            refused = RateLimited(self._dice.randint(1, self._longest))
            self.calls.append(Call(self._now(), method, channel, refused.retry_after))
            raise refused
        super().count(method, channel=channel)

    def pass_by(self) -> None:
        """No more refusals by chance."""
        self._over = True

    def _is_chosen(self) -> bool:
        """Whether this message is the one of its group; after the last of a group the next group's is drawn."""
        chosen = self._seen == self._chosen
        self._seen += 1
        if self._seen == self._one_of:
            self._seen, self._chosen = 0, self._dice.randrange(self._one_of)
        return chosen
