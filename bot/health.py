"""Whether this process should get work: checks by name, for probes; nothing private is in what they say."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.database_thread import run
from bot.platform import Platform
from handlers.kit import Kit
from storage.sealing import Keyring
from storage.vitals import Vitals

PATIENCE = 2.0
"""Seconds after which the database counts as silent."""
FRESH = 1.0
"""Seconds for which an answer of the database is good for all who ask."""
KEYS_FRESH = 300.0
"""Seconds between two looks at every sealed row."""
PLANNED = timedelta(seconds=30)
"""After which the planner counts as stuck; it looks every five seconds."""
CLOCKS = timedelta(seconds=2)
"""How far our clock may be from the database's: leases and limits of all replicas are counted with theirs."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every check by name, with what is wrong or an empty word."""

    checks: dict[str, str]

    @property
    def ready(self) -> bool:
        """Whether all checks are passed."""
        return not any(self.checks.values())

    def shown(self) -> dict[str, object]:
        """As JSON: {"ready": …, "checks": {"database": "ok", …}}."""
        return {"ready": self.ready, "checks": {name: wrong or "ok" for name, wrong in self.checks.items()}}


class Health:
    """One per process. `planned_at` says when the planner last came through."""

    def __init__(self, kit: Kit, platforms: Sequence[Platform], planned_at: Callable[[], datetime | None]) -> None:
        self._kit = kit
        self._platforms = platforms
        self._planned_at = planned_at
        self.draining = False
        """Whether the process is ending and wants no more work."""
        self.revision = ""
        """The newest revision that this version knows."""
        self._looking: asyncio.Task[dict[str, str]] | None = None
        self._looked = float("-inf")
        self._keys = ""
        self._keys_looked = float("-inf")

    async def readiness(self) -> Readiness:
        """All checks; the database is asked at most once a second, however many ask."""
        return Readiness(
            {
                **await self._database(),
                "planner": self._planner(),
                "draining": "the process is ending" if self.draining else "",
                **{one.name: "it is not connected" if one.connected == 0 else "" for one in self._platforms},
            }
        )

    def _planner(self) -> str:
        planned = self._planned_at()
        if planned is None:
            return "it has not planned yet"
        ago = self._kit.now() - planned
        return f"it planned last {ago.total_seconds():.0f} seconds ago" if ago > PLANNED else ""

    async def _database(self) -> dict[str, str]:
        # A silent database gets one question, not one from every probe.
        now = asyncio.get_running_loop().time()
        if self._looking is None or (self._looking.done() and now - self._looked > FRESH):
            self._looked = now
            self._looking = asyncio.create_task(self._look(now))
        done, _ = await asyncio.wait({self._looking}, timeout=PATIENCE)
        return self._looking.result() if done else unasked("it does not answer")

    async def _look(self, at: float) -> dict[str, str]:
        with_keys = at - self._keys_looked > KEYS_FRESH
        try:
            found, keys = await run(self._kit.database, partial(self._ask, with_keys=with_keys))
        except Exception as failure:
            return unasked(type(failure).__name__)
        if keys is not None:
            self._keys, self._keys_looked = keys, at
        return {**found, "keys": self._keys}

    def _ask(self, *, with_keys: bool) -> tuple[dict[str, str], str | None]:
        with self._kit.database.guarded() as connection:
            vitals = Vitals(connection)
            revision, clock = vitals.revision(), vitals.clock()
            keys = missing_keys(vitals, self._kit.keyring) if with_keys else None
        apart = abs(clock - self._kit.now()) if clock is not None else timedelta()
        return {
            "database": "",
            "migrations": "" if revision == self.revision else f"it is at {revision}, not at {self.revision}",
            "clock": f"it is {apart.total_seconds():.1f} seconds from the database's" if apart > CLOCKS else "",
        }, keys


def missing_keys(vitals: Vitals, keyring: Keyring) -> str:
    """What is wrong when words are sealed under keys that MENTOR_KEYS does not hold; else an empty word."""
    unknown = sorted(vitals.key_ids() - keyring.ids)
    return f"MENTOR_KEYS lacks {', '.join(unknown)}" if unknown else ""


def unasked(why: str) -> dict[str, str]:
    """The checks for which the database is needed, when it cannot be asked."""
    return {"database": why, "migrations": "unknown", "clock": "unknown", "keys": "unknown"}
