"""How late the event loop comes back to somebody who wanted to wait a moment."""

import asyncio
import time

EVERY = 0.01
"""Seconds between two looks."""


class Lag:
    """Looks on until `stop`."""

    def __init__(self) -> None:
        """Begin, in the loop that runs."""
        self._late: list[float] = []
        self._task = asyncio.create_task(self._look())

    async def stop(self) -> list[float]:
        """Milliseconds of each look, sorted."""
        self._task.cancel()
        await asyncio.wait([self._task])
        return sorted(self._late)

    async def _look(self) -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(EVERY)
            self._late.append((time.perf_counter() - begun - EVERY) * 1000)


def at(sorted_values: list[float], share: float) -> float:
    """The value below which that share of a sorted list lies; 0 for an empty one."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))] if sorted_values else 0.0
