"""The impure facts: the clock, ids and dice, sleep. Nothing else in the program makes them."""

import secrets
import time
from datetime import UTC, datetime, timedelta


class World:
    """The real one. `now` is aware UTC."""

    def now(self) -> datetime:
        """The time that the programme lives in."""
        return datetime.now(UTC)

    def boot_clock(self) -> float:
        """Seconds since the machine started, suspended ones included: tells for how long the process stood still."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let that much of the programme's time pass."""
        # Here and not above: it takes a tenth of a second, and a verb that only asks for the time has no loop.
        import asyncio

        await asyncio.sleep(seconds)

    def new_id(self) -> str:
        """An unguessable id of 16 characters."""
        return secrets.token_hex(8)

    def nonce(self) -> bytes:
        """12 bytes for one sealing."""
        return secrets.token_bytes(12)

    def new_key(self) -> bytes:
        """32 bytes for a keyring that lives as long as a demo."""
        return secrets.token_bytes(32)


class MovableWorld(World):
    """A world whose time begins at a moment of choice, runs on, and can be set forward: the demo's. Real time stays
    real."""

    def __init__(self, begins: datetime) -> None:
        self._ahead = begins - super().now()

    def now(self) -> datetime:
        """Real time plus what was walked."""
        return super().now() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Set the time forward; a moment that has passed changes nothing."""
        self._ahead += max(timedelta(), moment - self.now())
