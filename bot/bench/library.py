"""procrastinate, a queue on PostgreSQL that people use, on the same letters.

It is installed for this bench only; the product and its tests know nothing of it.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import procrastinate
import psycopg

from bot.bench import child
from bot.bench.contestant import ADD_LETTER, CONNECTIONS, LETTERS, WRITERS, Job, Jobs, jobs, plain
from bot.bench.workload import Share
from bot.sender import IN_FLIGHT

POLLS = 0.05
"""Seconds between two looks into the queue; notifications wake it too."""


async def prepare(url: str) -> None:
    """Its tables and ours, in an empty database."""
    async with await psycopg.AsyncConnection.connect(plain(url)) as connection:
        await connection.execute(LETTERS)
    async with procrastinate.App(connector=_connector(url, 1)).open_async() as app:
        await app.schema_manager.apply_schema_async()


def _connector(url: str, connections: int) -> procrastinate.PsycopgConnector:
    return procrastinate.PsycopgConnector(conninfo=plain(url), min_size=connections, max_size=connections)


async def _serve(share: Share) -> None:
    connector = _connector(share.url, CONNECTIONS)
    app = procrastinate.App(connector=connector)
    async with jobs(share.api_url) as given, app.open_async():

        async def send(number: int, conversation: str, message: Any) -> None:
            await given.send(Job(conversation, message), f"library {number}")

        task = app.task(name="send")(send)
        child.answer({"ready": True})
        await child.told()
        begun = time.process_time()
        working = asyncio.create_task(
            app.run_worker_async(concurrency=IN_FLIGHT, fetch_job_polling_interval=POLLS, install_signal_handlers=False)
        )
        numbers = iter(range(share.first, share.end))
        await asyncio.gather(*(_write(connector, task, given, numbers) for _ in range(WRITERS)))
        child.answer({"written": True})
        await child.told()
        working.cancel()
        await asyncio.wait([working])
        child.answer({"cpu": time.process_time() - begun})


async def _write(connector: procrastinate.PsycopgConnector, task: Any, given: Jobs, numbers: Iterator[int]) -> None:
    for number in numbers:
        job = given.job(number)
        async with connector.pool.connection() as connection:
            await connection.execute(ADD_LETTER, given.letter(number))
            deferring = task.configure(connection=connection)
            await deferring.defer_async(number=number, conversation=job.conversation, message=job.message)


def main() -> None:
    """A process of its own; asked to prepare a database, it does that alone."""
    asked = child.asked()
    asyncio.run(prepare(asked["prepare"]) if "prepare" in asked else _serve(Share(**asked)))
