"""APScheduler as a metronome in memory: it knows when to act, never what is due."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import place_of
from bot.silence import is_silence

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that is done every so many seconds. `name` is how logs speak of it."""

    name: str
    seconds: float
    act: Callable[[], Awaitable[object]]


class Metronome:
    """Every beat goes its own way: one that takes long or fails holds up no other, and comes again at its time.

    A beat that has not ended when its time comes again is left out once, without a word. APScheduler's own job store is
    not used: it loses, doubles and deletes jobs over restarts; what is due stands in our tables.
    """

    def __init__(self, beats: Sequence[Beat]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._under_way: dict[str, asyncio.Task[None]] = {}
        for beat in beats:
            self._scheduler.add_job(
                self._start,
                "interval",
                args=[beat],
                name=beat.name,
                seconds=beat.seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin, in the running loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """No further beat; those under way come to their end. Nothing happens when it was never started."""
        if self._scheduler.running:
            self._scheduler.pause()
            await asyncio.gather(*self._under_way.values())
            self._scheduler.shutdown(wait=False)

    async def _start(self, beat: Beat) -> None:
        # In a task of our own, for which APScheduler does not wait: it cancels those that it knows when it is shut
        # down, and warns of each beat that is left out, which while the database is away is every one.
        if beat.name not in self._under_way:
            task = self._under_way[beat.name] = asyncio.create_task(_act(beat))
            task.add_done_callback(lambda _: self._under_way.pop(beat.name))


async def _act(beat: Beat) -> None:
    try:
        await beat.act()
    except Exception as failure:
        # APScheduler would write down the words of the exception, and these may quote somebody.
        if not is_silence(failure):
            log.error("a beat failed", kind=beat.name, fault=type(failure).__name__, at=place_of(failure))
