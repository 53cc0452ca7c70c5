"""The planner's rounds: batch after batch, until nothing more is due."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot.database_thread import run
from bot.logs import place_of
from handlers.kit import Kit
from handlers.planning import MOST, plan

log = structlog.get_logger()


class Planner:
    """One per process; those of several processes share what is due among them."""

    def __init__(self, kit: Kit, ring: Callable[[], None]) -> None:
        self._kit = kit
        self._ring = ring
        self.succeeded_at: datetime | None = None
        """When a look at what is due last came to its end: a planner that stands still is seen by this."""
        self._is_ending = False

    def end(self) -> None:
        """Take no further batch: what is due stays due, for another replica or for the next start."""
        self._is_ending = True

    async def plan(self) -> None:
        """Look at everything that is due. Between two batches whoever waits for the database is let in."""
        while not self._is_ending:
            looked = await run(self._kit.database, partial(plan, self._kit))
            for failure in looked.failures:
                log.error("a look failed", fault=type(failure).__name__, at=place_of(failure))
            self.succeeded_at = self._kit.now()
            if looked.subjects:
                self._ring()
            if looked.subjects < MOST:
                return
