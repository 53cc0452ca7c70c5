"""The platform's patience: every replica together stays below its rates, and leaves a key alone that was refused."""

import random

from sqlalchemy import text

from bot.playground.faults import Fault, Trouble
from bot.slack.limits import PACES
from handlers.pacing import Act
from storage.outbox import State
from tests.engine.company import letters
from tests.engine.fleet import IN_FLIGHT, Fleet
from tests.engine.invariants import ignored_refusals, over_the_pace, over_the_rate
from tests.engine.storm import Storm

ON_THE_WAY = 10.0
"""Seconds of the engine in which calls that had left before a refusal was told may still arrive: half a real one."""


PATIENT = 40.0
"""Seconds of the engine for a call, so that on a busy machine none ends in doubt; still shorter than a lease."""


def attempts(fleet: Fleet) -> int:
    """How many attempts were counted, over all posts."""
    with fleet.engine.connect() as connection:
        counted: int = connection.execute(text("SELECT sum(attempts) FROM outbox")).scalar_one()
    return counted


async def test_two_replicas_together_keep_to_the_rates(fleet: Fleet) -> None:
    replicas = 2 if fleet.replicated else 1
    fleet.timeout = PATIENT
    await fleet.start_several(replicas)
    fleet.put(letters(300, pairs=0))
    await fleet.finished(engine_seconds=400)

    calls, pace = fleet.limits.calls, PACES.acts[Act.POST]
    held = IN_FLIGHT * replicas
    assert [call for call in calls if call.put_off is not None] == []
    # What was claimed at its time may be called a moment later, together with what comes after it.
    assert over_the_rate(calls, method="chat.postMessage", per_minute=pace.per_minute, burst=pace.burst + held) == []
    assert over_the_pace(calls, burst=PACES.conversation.burst + 1) == []
    fleet.check()


async def test_a_storm_of_refusals_counts_no_attempt_and_everything_arrives(fleet: Fleet, dice: random.Random) -> None:
    fleet.timeout = PATIENT
    storm = Storm(fleet.workspace.times.limits, dice, 20, longest=30)
    fleet.limits = fleet.workspace.limits = storm
    fleet.workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.RATE_LIMITED, retry_after=None))
    await fleet.start_several(2 if fleet.replicated else 1)
    fleet.put(letters(120, pairs=0))
    await fleet.until(lambda: fleet.states().get(State.SENT, 0) > 60, engine_seconds=600, what="half of the messages")
    storm.pass_by()
    await fleet.finished(engine_seconds=400)

    assert [call for call in storm.calls if call.put_off is not None]
    assert ignored_refusals(storm.calls, on_the_way=ON_THE_WAY) == []
    assert attempts(fleet) == 0
    figures = fleet.check()
    assert figures.sent == figures.posts


async def test_many_doubts_are_asked_for_no_faster_than_permitted(fleet: Fleet) -> None:
    fleet.workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.DROPPED), times=60)
    replicas = 2 if fleet.replicated else 1
    await fleet.start_several(replicas)
    fleet.put(letters(60, pairs=0))
    await fleet.finished(engine_seconds=400)

    calls, pace = fleet.limits.calls, PACES.acts[Act.FIND]
    assert [call for call in calls if call.put_off is not None] == []
    asked = pace.burst + replicas * IN_FLIGHT
    assert over_the_rate(calls, method="conversations.history", per_minute=pace.per_minute, burst=asked) == []
    figures = fleet.check()
    assert figures.sent == figures.posts
