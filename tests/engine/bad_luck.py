"""Calls that go wrong by chance: which of them and how is drawn from a seed."""

import random
from collections.abc import Sequence

from bot.playground.faults import Fault, Faults, Trouble

UNLUCKY = (
    Fault(trouble=Trouble.DROPPED),
    Fault(trouble=Trouble.LOST),
    Fault(trouble=Trouble.SILENT),
    Fault(trouble=Trouble.LATE, seconds=15),
    Fault(trouble=Trouble.SERVER_ERROR),
    Fault(trouble=Trouble.BROKEN_AFTER),
    Fault(trouble=Trouble.GARBLED),
    Fault(trouble=Trouble.REFUSED, error="internal_error"),
    Fault(trouble=Trouble.RATE_LIMITED, retry_after=2),
)
"""Everything that may be better next time."""


class BadLuck(Faults):
    """Every call of the methods goes wrong with this probability, in each of these ways as often, until `clear`."""

    def __init__(
        self, dice: random.Random, share: float, faults: Sequence[Fault], methods: Sequence[str] = ("chat.postMessage",)
    ) -> None:
        super().__init__()
        self._dice = dice
        self._share = share
        self._faults = faults
        self._bag: list[Fault] = []
        self._methods = methods
        self.taken: list[tuple[str, Fault]] = []

    def take(self, method: str) -> Fault | None:
        """A fault that somebody asked for, else one that chance brings."""
        fault = super().take(method)
        if fault is None and method in self._methods and self._dice.random() < self._share:
            self._bag = self._bag or self._dice.sample(self._faults, len(self._faults))
            fault = self._bag.pop()
        if fault is not None:
            self.taken.append((method, fault))
        return fault

    def clear(self) -> None:
        """No more of it."""
        self._share = 0
        super().clear()
