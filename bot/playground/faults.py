"""Bad luck on demand: the next calls of a method go wrong in a chosen way."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What goes wrong."""

    RATE_LIMITED = "rate_limited"
    """429 with Retry-After, or without it; nothing happens."""
    SERVER_ERROR = "server_error"
    """500 with a body that is not JSON; nothing happens."""
    BROKEN_AFTER = "broken_after"
    """It is done, but the answer is a 500."""
    GARBLED = "garbled"
    """It is done, but the answer is JSON that stops in the middle."""
    LATE = "late"
    """It is done only after the fault's `seconds`, and answered then, when nobody may be listening any more."""
    REFUSED = "refused"
    """The platform's own no, with the error given: `ok: false`, or the fault's status; nothing happens."""
    SILENT = "silent"
    """It is done, but the answer is held until `release`, or until the caller gives up."""
    DROPPED = "dropped"
    """It is done, but the connection is closed without an answer."""
    LOST = "lost"
    """The connection is closed and nothing happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of trouble, with its details."""

    trouble: Trouble
    error: str = "internal_error"
    status: int = 403
    """HTTP status of a refusal, where the platform does not answer 200 to everything."""
    retry_after: int | None = 1
    """Whole seconds; None: the 429 does not say how long."""
    seconds: float = 15.0


class Faults:
    """Which calls go wrong next; `*` stands for every method."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}
        self._released = asyncio.Event()

    def on(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """The next `times` calls of the method fail so."""
        self._waiting.setdefault(method, []).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault of this call, if there is one."""
        for name in (method, "*"):
            waiting = self._waiting.get(name)
            if waiting:
                return waiting.pop(0)
        return None

    def clear(self) -> None:
        """No more faults; held answers go out."""
        self._waiting.clear()
        self.release()

    def release(self) -> None:
        """Lets every held answer go."""
        self._released.set()
        self._released = asyncio.Event()

    async def held(self) -> None:
        """Waits until `release`."""
        await self._released.wait()
