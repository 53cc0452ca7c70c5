"""What follows an acknowledgement: tasks that nobody awaits, and that a shutdown lets finish."""

import asyncio
from collections.abc import Callable, Coroutine

import structlog

log = structlog.get_logger()


class Afterwards:
    """Holds its tasks, so that none is lost, and logs what went wrong in one without its content. `name_of` is the
    platform's word for a failure, which quotes nothing of what was sent."""

    def __init__(self, name_of: Callable[[BaseException], str]) -> None:
        self._name_of = name_of
        self._running: set[asyncio.Task[None]] = set()

    def start(self, what: str, work: Coroutine[object, object, None]) -> None:
        """Do it when the acknowledgement is out; `what` names it in the log."""
        task = asyncio.get_running_loop().create_task(work, name=what)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def settled(self) -> None:
        """Wait until nothing is left to do."""
        while self._running:
            await asyncio.wait(self._running)

    async def drain(self, seconds: float) -> None:
        """Wait for all that was started, that long at most; what is left then is cancelled."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled():
            log.warning("no time was left", kind=task.get_name())
        elif failure := task.exception():
            log.error("an answer did not arrive", kind=task.get_name(), fault=self._name_of(failure))
