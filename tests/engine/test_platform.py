"""The platform takes a message and says nothing, says no, or says something that cannot be read."""

import random

import pytest

from bot.playground.faults import Fault, Trouble
from flows.voice.message import Kind
from storage.outbox import State
from tests.engine.bad_luck import UNLUCKY, BadLuck
from tests.engine.company import letters
from tests.engine.fleet import Fleet


async def test_where_the_platform_can_be_asked_every_trouble_ends_in_one_message(
    fleet: Fleet, dice: random.Random
) -> None:
    luck = fleet.workspace.faults = BadLuck(dice, 0.4, UNLUCKY)
    fleet.put(letters(120, pairs=0))
    await fleet.start()
    await fleet.until(lambda: fleet.states().get(State.SENT, 0) > 60, engine_seconds=300, what="half of the messages")
    luck.clear()
    await fleet.finished(engine_seconds=300)

    assert {fault.trouble for _, fault in luck.taken} == {fault.trouble for fault in UNLUCKY}
    figures = fleet.check()
    assert figures.sent == figures.posts


async def test_where_it_cannot_be_asked_a_nudge_comes_once_at_most_and_a_letter_at_least_once(
    fleet: Fleet, dice: random.Random
) -> None:
    luck = fleet.workspace.faults = BadLuck(dice, 0.5, UNLUCKY)
    fleet.put(letters(20, prefix="letter", kinds=(Kind.MUST_ARRIVE,), pairs=1))
    await fleet.start()
    await fleet.until(lambda: len(luck.taken) >= 9, engine_seconds=300, what="trouble with letters")
    fleet.put(letters(30, prefix="nudge", kinds=(Kind.NUDGE,), pairs=1))
    await fleet.until(lambda: len(luck.taken) >= 18, engine_seconds=300, what="trouble with nudges")
    luck.clear()
    await fleet.finished(engine_seconds=300)

    ambiguous = sum(fault.trouble is not Trouble.RATE_LIMITED for _, fault in luck.taken)
    figures = fleet.check(may_double=ambiguous, may_be_unknown=ambiguous)
    assert figures.lost == 0
    assert figures.unknown > 0


@pytest.mark.parametrize(("error", "state"), [("invalid_blocks", State.FAILED), ("user_disabled", State.BLOCKED)])
async def test_a_refusal_for_good_ends_the_post_with_its_reason(alone: Fleet, error: str, state: State) -> None:
    alone.workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.REFUSED, error=error), times=3)
    alone.put(letters(3, pairs=0))
    await alone.start()
    await alone.finished(engine_seconds=60)

    assert [(row.state, row.error) for row in alone.rows()] == [(state, error)] * 3
    alone.check()


async def test_what_was_taken_back_before_it_was_claimed_never_arrives(fleet: Fleet) -> None:
    fleet.put(letters(300, kinds=(Kind.NUDGE,), pairs=0))
    await fleet.start()
    await fleet.until(lambda: fleet.states().get(State.SENT, 0) > 40, engine_seconds=60, what="some messages")
    for person in {row.to for row in fleet.rows()}:
        fleet.cancel(person)
    await fleet.finished(engine_seconds=120)

    assert fleet.cancelled
    fleet.check()
