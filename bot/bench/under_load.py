"""`alongside bench ack --under-load`: how fast a command is acknowledged while messages go out as fast as a platform
takes them that does nothing else."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.bench import workload
from bot.bench.ack import IN_FLIGHT, PEOPLE, Result, load
from bot.bench.free import TEAM, Free
from bot.bench.ground import Ground, grounds
from bot.bench.lag import Lag, at
from bot.bench.replica import replica
from bot.bench.workload import Share
from bot.database_thread import run
from bot.memory import keep_what_stands

BACKLOG = 5_000
"""Messages in the outbox when it begins: more than go out before it ends."""
WARM = 100
"""Messages that go out before anybody asks."""
P99 = {"PostgreSQL": 500.0, "SQLite": 1000.0}
"""Milliseconds."""
WORST = 2000.0
LAG = 50.0
PACE = 20.0
"""Messages a second that go out at least, whoever asks meanwhile."""


@dataclass(frozen=True, slots=True)
class UnderLoad:
    """What askers and readers saw of one database: times of acknowledgements, milliseconds by which the event loop was
    late at the 99th percentile and at worst, messages a second, and how many waited at the end."""

    database: str
    ack: Result
    lag: float
    worst_lag: float
    pace: float
    left: int


async def measure(requests: int, backlog: int, pg_url: str | None) -> Sequence[UnderLoad]:
    """On both databases, one after the other. Raises LookupError when there is no PostgreSQL."""
    async with grounds(0, pg_url) as both:
        return [await under_load(ground, requests, backlog) for ground in both]


async def under_load(ground: Ground, requests: int, backlog: int) -> UnderLoad:
    """One bot, in this process; who asks and who takes its messages have processes of their own."""
    with ground.fresh(prepared=False) as url:
        async with Free.running({}) as free:
            app = replica(Share(url, free.api_url, 0, 0), permitted={})
            await app.open()
            database = app.kit.database
            people = max(backlog // workload.EACH, PEOPLE)
            await run(database, partial(workload.people_programme, app.kit, workload.on_slack(people, TEAM)))
            await run(database, partial(workload.fill_outbox, app.kit, backlog))
            keep_what_stands()  # as `alongside serve` does
            app.live()
            address = f"http://127.0.0.1:{app.server.port}/slack/events"
            # Whoever is first waits for statements to be compiled: that is the start's figure, not this one's.
            await load("warm", address, TEAM, IN_FLIGHT, 0)
            first = await free.until(min(WARM, backlog), 10)
            lag = Lag()
            ack = await load(ground.name, address, TEAM, requests, 1)
            late = await lag.stop()
            last = await free.counts()
            await app.stop()
    pace = (last["taken"] - first["taken"]) / (last["at"] - first["at"])
    return UnderLoad(ground.name, ack, at(late, 0.99), late[-1], pace, backlog - last["taken"])


def report(found: Sequence[UnderLoad]) -> str:
    """Each figure beside the one that is wanted."""
    load = os.getloadavg()[0]
    lines = [f"{IN_FLIGHT} requests in flight while the outbox is sent, one process; load of the machine: {load:.1f}"]
    for one in found:
        lines += [
            "",
            f"{one.database}: {one.ack.rate:.0f} requests/s, p50 {one.ack.p50:.0f} ms, {one.left} messages left",
            _judged("p99 of the acknowledgement, ms", one.ack.p99, one.ack.p99 < P99[one.database], P99[one.database]),
            _judged("the slowest of them, ms", one.ack.worst, one.ack.worst < WORST, WORST),
            _judged("not answered with 200", one.ack.wrong, one.ack.wrong == 0, 1),
            _judged(f"p99 of the loop's lag, ms (worst {one.worst_lag:.0f})", one.lag, one.lag < LAG, LAG),
            _judged("messages a second meanwhile", one.pace, one.pace >= PACE, PACE, below=False),
        ]
    return "\n".join(lines)


def _judged(name: str, value: float, fits: bool, bound: float, *, below: bool = True) -> str:
    wanted = f"wanted: {'below' if below else 'at least'} {bound:.0f}"
    return f"  {name:44}{value:8.0f}   {wanted:24}{'OK' if fits else 'short'}"
