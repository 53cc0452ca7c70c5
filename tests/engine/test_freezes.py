"""A process that stands still for longer than its lease, and then goes on as if nothing had happened."""

from bot.slack.send import opaque
from storage.outbox import State
from tests.engine.company import letters
from tests.engine.failpoints import Failpoint, Point
from tests.engine.fleet import Fleet, Worker
from tests.engine.ledger import copies

LEASE = 60.0
"""Seconds of the engine."""


async def freeze(fleet: Fleet, worker: Worker) -> None:
    """Stop the worker while it holds something, past its lease, and let it go on."""
    while True:
        worker.freeze()
        if {State.CLAIMED, State.SENDING} & set(fleet.states()):
            break
        worker.thaw()
        await fleet.wait(0.01)
    await fleet.wait(fleet.tempo.real(LEASE + 30))
    worker.thaw()


async def test_a_process_that_was_frozen_past_its_lease_sends_nothing_that_others_have_taken_over(
    replicas: Fleet,
) -> None:
    frozen, _ = await replicas.start_several(2)
    for n in range(2):
        replicas.put(letters(100, prefix=f"freeze-{n}", pairs=0))
        await freeze(replicas, frozen)
    await replicas.finished(engine_seconds=300)

    figures = replicas.check()
    assert figures.sent == figures.posts


async def test_who_stalls_between_intent_and_call_does_not_call_any_more(fleet: Fleet) -> None:
    """The other replica has the time to ask the platform and to send; on SQLite the same process does it later."""
    fleet.put(letters(12, pairs=0))
    stall = fleet.tempo.real(LEASE + 60)
    await fleet.start(Failpoint(Point.AFTER_INTENT, stalls=stall))
    await fleet.until(lambda: State.SENDING in fleet.states(), engine_seconds=60, what="a message on its way")
    held = [row.key for row in fleet.rows() if row.state is State.SENDING]
    if fleet.replicated:
        await fleet.start()
    await fleet.wait(stall)
    await fleet.finished(engine_seconds=300)

    assert held
    assert {copies(fleet.workspace)[opaque(key)] for key in held} == {1}
    figures = fleet.check()
    assert figures.sent == figures.posts
