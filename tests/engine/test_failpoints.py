"""Death at the worst moments of a post's life, each once."""

import pytest

from flows.voice.message import Kind
from tests.engine.company import letters
from tests.engine.failpoints import Failpoint, Point
from tests.engine.fleet import Fleet

SENDING = (Point.AFTER_CLAIM, Point.AFTER_INTENT, Point.AFTER_SEND, Point.BEFORE_RESULT)


@pytest.mark.parametrize("point", SENDING)
async def test_what_a_process_held_when_it_died_is_done_by_the_next(fleet: Fleet, point: Point) -> None:
    fleet.put(letters(40, pairs=0))
    first = await fleet.start(Failpoint(point))
    assert await first.ended(seconds=20) == -9

    await fleet.start()
    await fleet.finished(engine_seconds=200)

    # In a private conversation the platform can be asked, so nothing is sent twice and nothing stays unknown.
    figures = fleet.check()
    assert figures.sent == figures.posts == 40


@pytest.mark.parametrize("point", [Point.AFTER_INTENT, Point.AFTER_SEND])
async def test_where_the_platform_cannot_be_asked_a_post_may_double_and_a_nudge_may_stay_unknown(
    fleet: Fleet, point: Point
) -> None:
    fleet.put(letters(12, pairs=1))
    first = await fleet.start(Failpoint(point))
    assert await first.ended(seconds=20) == -9

    await fleet.start()
    await fleet.finished(engine_seconds=200)

    evidence = fleet.evidence()
    nudges = sum(kind is Kind.NUDGE for kind in evidence.put.values())
    figures = fleet.check(may_double=12 - nudges, may_be_unknown=nudges)
    assert figures.lost == 0
    assert figures.unknown > 0
