"""Death at the worst moments of a post's life, each once."""

from flows.voice.message import Kind
from tests.engine.company import letters
from tests.engine.failpoints import Failpoint, Point
from tests.engine.fleet import IN_FLIGHT, Fleet

SENDING = (Point.AFTER_CLAIM, Point.AFTER_INTENT, Point.AFTER_SEND, Point.BEFORE_RESULT)


async def test_what_a_process_held_when_it_died_is_done_by_the_next(fleet: Fleet) -> None:
    """In a private conversation the platform can be asked, so nothing is doubled and nothing stays unknown."""
    fleet.put(letters(80, pairs=0))
    for point in SENDING:
        doomed = await fleet.start(Failpoint(point))
        assert await doomed.ended(seconds=20) == -9

    await fleet.start()
    await fleet.finished(engine_seconds=200)

    figures = fleet.check()
    assert figures.sent == figures.posts == 80


async def test_where_the_platform_cannot_be_asked_a_nudge_is_rather_unknown_and_a_letter_rather_doubled(
    fleet: Fleet,
) -> None:
    fleet.put(letters(20, prefix="letter", kinds=(Kind.MUST_ARRIVE,), pairs=1))
    fleet.put(letters(40, prefix="nudge", kinds=(Kind.NUDGE,), pairs=1))
    for point in SENDING:
        doomed = await fleet.start(Failpoint(point))
        assert await doomed.ended(seconds=20) == -9

    await fleet.start()
    await fleet.finished(engine_seconds=200)

    # What died after its claim alone was surely not sent.
    figures = fleet.check(may_double=3 * IN_FLIGHT, may_be_unknown=3 * IN_FLIGHT)
    assert figures.lost == 0
    assert figures.unknown > 0
