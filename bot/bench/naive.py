"""The loop that anybody writes first: claim one row, send, mark it.

It loses or doubles whatever is in flight when it dies; it is here for its speed, and has what makes it fast: the driver
with nothing above it, prepared statements, a partial index.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import make_url

from bot.bench import child, naive_postgres, naive_sqlite
from bot.bench.contestant import WRITERS, Job, Jobs, jobs
from bot.bench.workload import Share
from bot.sender import IN_FLIGHT

IDLE = 0.005
"""Seconds between two looks when nothing was queued."""


class Rows(Protocol):
    """Letters and jobs in a database."""

    async def put(self, letter: tuple[object, ...], job: Job) -> None:
        """Letter and job in one transaction."""
        ...

    async def claim(self) -> tuple[int, Job] | None:
        """The next one, for the caller alone."""
        ...

    async def mark(self, number: int, receipt: str) -> None:
        """It was sent."""
        ...

    async def close(self) -> None:
        """Let the connections go."""
        ...


async def _prepare(url: str) -> None:
    if make_url(url).get_backend_name() == "sqlite":
        naive_sqlite.prepare(url)
    else:
        await naive_postgres.prepare(url)


async def _rows(url: str) -> Rows:
    if make_url(url).get_backend_name() == "sqlite":
        return naive_sqlite.File(url)
    return await naive_postgres.Pool.open(url)


async def _serve(share: Share) -> None:
    rows = await _rows(share.url)
    async with jobs(share.api_url) as given:
        child.answer({"ready": True})
        await child.told()
        begun = time.process_time()
        loops = [asyncio.create_task(_claim_send_mark(rows, given)) for _ in range(IN_FLIGHT)]
        numbers = iter(range(share.first, share.end))
        await asyncio.gather(*(_write(rows, given, numbers) for _ in range(WRITERS)))
        child.answer({"written": True})
        await child.told()
        for loop in loops:
            loop.cancel()
        await asyncio.wait(loops)
        child.answer({"cpu": time.process_time() - begun})
    await rows.close()


async def _write(rows: Rows, given: Jobs, numbers: Iterator[int]) -> None:
    for number in numbers:
        await rows.put(given.letter(number), given.job(number))


async def _claim_send_mark(rows: Rows, given: Jobs) -> None:
    while True:
        claimed = await rows.claim()
        if claimed is None:
            await asyncio.sleep(IDLE)
            continue
        number, job = claimed
        await rows.mark(number, await given.send(job, f"naive {number}"))


def main() -> None:
    """A process of its own; asked to prepare a database, it does that alone."""
    asked = child.asked()
    asyncio.run(_prepare(asked["prepare"]) if "prepare" in asked else _serve(Share(**asked)))
