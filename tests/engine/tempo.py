"""Time that runs faster: the engine's minutes pass in seconds, on one clock for all processes."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.world import World

MONDAY_MORNING = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tempo:
    """`scale` seconds of the engine pass in one real second. `began` is the Unix time at which the engine's clock
    stood at MONDAY_MORNING; the system's clock is common to all processes, so theirs is too."""

    scale: float
    began: float

    def now(self) -> datetime:
        """The engine's time, aware UTC."""
        return MONDAY_MORNING + timedelta(seconds=(time.time() - self.began) * self.scale)

    def real(self, engine_seconds: float) -> float:
        """How many real seconds so many of the engine's take."""
        return engine_seconds / self.scale


class FastWorld(World):
    """A world at that tempo: leases, limits, waits and the boot clock follow it."""

    def __init__(self, tempo: Tempo) -> None:
        self._tempo = tempo

    def now(self) -> datetime:
        """The engine's time."""
        return self._tempo.now()

    async def sleep(self, seconds: float) -> None:
        """So many of the engine's seconds."""
        await asyncio.sleep(self._tempo.real(seconds))

    def boot_clock(self) -> float:
        """Seconds of the engine since some moment; they go on while the process is frozen."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) * self._tempo.scale
