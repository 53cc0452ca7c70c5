"""A process may die at any moment: nothing is lost, no nudge comes twice, what was acknowledged is kept."""

import asyncio
import random

import pytest
from sqlalchemy import text

from bot.playground.deliver import deliver_event
from bot.playground.payloads import written
from storage.outbox import State
from tests.engine.company import PEOPLE, letters
from tests.engine.fleet import Fleet, until
from tests.engine.test_gestures import typed


async def die(fleet: Fleet, dice: random.Random, *, kills: int, replicas: int) -> None:
    """Kill a worker every 0.2 to 0.8 s while messages are put and people write, and start another in its place.

    Slack repeats what nobody took; each gesture that was taken has left its answer, at whichever attempt.
    """
    workers = await fleet.start_several(replicas)
    taken: set[str] = set()

    async def write(user: str) -> None:
        message = typed(fleet, user, "What now?")
        told = await deliver_event(fleet.workspace, written(fleet.workspace, message), who=user)
        if told.taken:
            taken.add(f"typed:{message.channel}:{message.ts}")

    async def replace() -> None:
        workers.append(await fleet.start())

    async with asyncio.TaskGroup() as others:
        for n in range(kills):
            fleet.put(letters(24, prefix=f"kill-{n:03}"))
            await fleet.wait(dice.uniform(0.1, 0.4))
            for user in dice.sample(PEOPLE, 3):
                others.create_task(write(user))
            await fleet.wait(dice.uniform(0.1, 0.4))
            workers.pop(dice.randrange(len(workers))).kill()
            others.create_task(replace())
            await until(lambda: workers, seconds=20, what="a worker")
    await fleet.workspace.settled()
    await fleet.finished(engine_seconds=400)

    # Only what is in flight to a shared conversation can be either: a seventh of the posts, so of ten at most two.
    figures = fleet.check(may_double=kills * 2, may_be_unknown=kills * 2)
    assert figures.lost == 0
    assert figures.states.keys() <= {State.SENT, State.UNKNOWN}
    assert taken
    assert taken <= {row.key for row in fleet.rows()}
    if not fleet.replicated:
        with fleet.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


async def test_25_deaths_lose_nothing(fleet: Fleet, dice: random.Random) -> None:
    await die(fleet, dice, kills=25, replicas=2 if fleet.replicated else 1)


@pytest.mark.long
async def test_200_deaths_lose_nothing(fleet: Fleet, dice: random.Random) -> None:
    await die(fleet, dice, kills=200, replicas=3 if fleet.replicated else 1)
