"""APScheduler as a metronome in memory: it knows when to look, never what is due."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


def metronome(
    *,
    plan: Callable[[], Awaitable[None]],
    ring: Callable[[], Awaitable[None]],
    maintain: Callable[[], Awaitable[None]],
) -> AsyncIOScheduler:
    """Plan every ten seconds, look into the outbox every second, tidy up every hour. Not started yet.

    Its own job store is not used: it loses, doubles and deletes jobs over restarts; what is due stands in our tables.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(plan, "interval", seconds=10, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.add_job(ring, "interval", seconds=1, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.add_job(maintain, "interval", hours=1, max_instances=1, coalesce=True, misfire_grace_time=None)
    return scheduler
