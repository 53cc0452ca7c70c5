"""A process may die at any moment: nothing is lost, no nudge comes twice."""

import random

from tests.engine.company import letters
from tests.engine.fleet import Fleet

AT_ONCE = 20
"""Posts that one process has in its hands at most."""


async def die(fleet: Fleet, dice: random.Random, *, kills: int, replicas: int) -> None:
    """Kill a worker every 0.3 to 1 s while messages are put, and start another in its place."""
    workers = await fleet.start_several(replicas)
    for n in range(kills):
        fleet.put(letters(30, prefix=f"kill-{n:03}"))
        await fleet.wait(dice.uniform(0.3, 1.0))
        victim = workers.pop(dice.randrange(len(workers)))
        victim.kill()
        workers.append(await fleet.start())


async def test_25_deaths_lose_nothing_and_double_no_nudge(fleet: Fleet, dice: random.Random) -> None:
    await die(fleet, dice, kills=25, replicas=1)

    await fleet.finished(engine_seconds=400)
    figures = fleet.check(may_double=25 * AT_ONCE, may_be_unknown=25 * AT_ONCE)

    assert figures.lost == 0
