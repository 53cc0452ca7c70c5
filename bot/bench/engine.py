"""`alongside bench engine`: messages a second through the whole path, beside two other queues on the same database; how
much of a permitted rate is used; what a tick costs."""

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from itertools import pairwise
from statistics import linear_regression

from bot.bench.child import Child, Json
from bot.bench.figures import LIBRARY, NAIVE, OURS, Figures, Speed, Use
from bot.bench.free import Free
from bot.bench.ground import Ground, grounds
from bot.bench.ticks import FEW, MANY, Ticks, measure_ticks
from bot.bench.workload import Share
from bot.migrating import migrate
from storage.database import open_database

PROCESSES = (1, 2, 3)
MODULES: Mapping[str, str] = {OURS: "bot.bench.replica", NAIVE: "bot.bench.naive", LIBRARY: "bot.bench.library"}
PATIENCE = 15.0
"""Seconds for one run; what did not arrive by then counts as not sent."""
PERMITTED = {"per_minute": 1200, "burst": 60}
"""With the limiter on. Six times the pace that Slack is held to, so that ten seconds say what a minute would."""
WINDOW = 10.0
"""Seconds over which the use of the permitted rate is counted, once the first burst is spent."""
SPENT = 2.0
"""Seconds of the permitted rate beyond the first burst, after which counting begins."""
LEFT_OUT = f"{LIBRARY} is left out: pip install '{LIBRARY}>=3.10' beside Alongside to see it"


async def measure(messages: int, pg_url: str | None) -> Figures:
    """Everything, one after the other. Raises LookupError when there is no PostgreSQL."""
    load = os.getloadavg()[0]
    notes = [] if find_spec(LIBRARY) else [LEFT_OUT]
    speeds: list[Speed] = []
    uses: list[Use] = []
    async with grounds(max(messages, enough(PERMITTED, WINDOW)), pg_url) as (postgres, sqlite):
        for processes in PROCESSES:
            for queue in MODULES:
                if queue != LIBRARY or not notes:
                    speeds.append(await race(queue, postgres, messages, processes))
        for queue in (OURS, NAIVE):
            speeds.append(await race(queue, sqlite, messages, 1))
        uses += [await use(postgres, 2, PERMITTED, WINDOW), await use(sqlite, 1, PERMITTED, WINDOW)]
        ticks = {ground.name: await asyncio.to_thread(tick, ground) for ground in (postgres, sqlite)}
    return Figures(messages, load, speeds, uses, ticks, notes)


async def race(queue: str, ground: Ground, messages: int, processes: int) -> Speed:
    """All letters written and all messages sent, by so many processes at once."""
    with ground.fresh(prepared=queue == OURS) as url:
        if queue != OURS:
            preparing = await Child.start(MODULES[queue], {"prepare": url})
            await preparing.end()
        async with Free.running({}) as free:
            children = await _started(MODULES[queue], Share(url, free.api_url, 0, messages), processes, {})
            begun = time.perf_counter()
            await _go(children)
            sent = (await free.until(messages, PATIENCE))["taken"]
            took = time.perf_counter() - begun
            cpu = await _stopped(children)
            last = await free.counts()
    return Speed(queue, ground.name, processes, sent / took, sent, last["doubled"], cpu * 1000 / max(1, last["taken"]))


async def use(ground: Ground, replicas: int, permitted: Json, seconds: float) -> Use:
    """The limiter is on, and the platform counts what is too much."""
    a_second = permitted["per_minute"] / 60
    with ground.fresh(prepared=True) as url:
        async with Free.running(permitted) as free:
            # No turns: with answers among them the share of the burst that is spared for these would count as unused.
            nothing = Share(url, free.api_url, 0, 0)
            children = await _started(MODULES[OURS], nothing, replicas, {"permitted": permitted})
            await _go(children)
            first = await free.until(permitted["burst"] + int(a_second * SPENT), PATIENCE)
            seen = [first]
            while seen[-1]["at"] - first["at"] < seconds:
                await asyncio.sleep(0.05)
                seen.append(await free.counts())
            await _stopped(children)
    # Not last less first: messages go out in handfuls, and a handful more or less at either end is a tenth of them.
    pace = linear_regression([one["at"] for one in seen], [one["taken"] for one in seen]).slope
    return Use(ground.name, replicas, permitted["per_minute"], pace / a_second, seen[-1]["refused"])


def enough(permitted: Json, seconds: float) -> int:
    """Messages of which the planned half keeps the limiter busy for so long."""
    return 2 * int(permitted["burst"] + permitted["per_minute"] / 60 * (seconds + SPENT + 3))


async def _started(module: str, whole: Share, processes: int, more: Json) -> list[Child]:
    """Processes that share the messages, each ready to go."""
    bounds = [whole.end * number // processes for number in range(processes + 1)]
    shares = [replace(whole, first=first, end=end) for first, end in pairwise(bounds)]
    children = await asyncio.gather(*(Child.start(module, asdict(share) | more) for share in shares))
    for child in children:
        await child.hear()
    return children


async def _go(children: Sequence[Child]) -> None:
    for child in children:
        await child.tell({"go": True})


async def _stopped(children: Sequence[Child]) -> float:
    """Each has written its letters, finishes what is under way and ends. The seconds of processor that they took."""
    for child in children:
        await child.hear()
        await child.tell({"enough": True})
    seconds = [(await child.hear())["cpu"] for child in children]
    await asyncio.gather(*(child.end() for child in children))
    return float(sum(seconds))


def tick(ground: Ground, few: int = FEW, many: int = MANY) -> Ticks:
    """In two empty databases with the newest tables."""
    with ground.fresh(prepared=False) as one, ground.fresh(prepared=False) as other:
        databases = [open_database(one), open_database(other)]
        for database in databases:
            migrate(database)
        found = measure_ticks(*databases, few=few, many=many)
        for database in databases:
            database.close()
    return found
