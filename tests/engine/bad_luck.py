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


DECK = 20
"""Of so many calls the share goes wrong exactly, in an order left to chance: no run has less bad luck than another."""


class BadLuck(Faults):
    """This share of the calls of the methods goes wrong, in each of these ways as often, until `clear`."""

    def __init__(
        self, dice: random.Random, share: float, faults: Sequence[Fault], methods: Sequence[str] = ("chat.postMessage",)
    ) -> None:
        super().__init__()
        self._dice = dice
        self._share = share
        self._faults = faults
        self._bag: list[Fault] = []
        self._deck: list[bool] = []
        self._methods = methods
        self.taken: list[tuple[str, Fault]] = []

    def take(self, method: str) -> Fault | None:
        """A fault that somebody asked for, else one that chance brings."""
        fault = super().take(method)
        if fault is None and method in self._methods and self._goes_wrong():
            self._bag = self._bag or self._dice.sample(self._faults, len(self._faults))
            fault = self._bag.pop()
        if fault is not None:
            self.taken.append((method, fault))
        return fault

    def clear(self) -> None:
        """No more of it."""
        self._share = 0
        self._deck = []
        super().clear()

    def _goes_wrong(self) -> bool:
        if not self._deck:
            wrong = round(DECK * self._share)
            self._deck = self._dice.sample([True] * wrong + [False] * (DECK - wrong), DECK)
        return self._deck.pop()
