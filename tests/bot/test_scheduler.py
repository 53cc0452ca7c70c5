"""The metronome: every beat goes its own way."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.scheduler import Beat, Metronome

OFTEN = 0.01
PATIENCE = 10


class Counted:
    """A beat that is counted; `reached` is set with the third."""

    def __init__(self) -> None:
        self.times = 0
        self.reached = asyncio.Event()

    async def act(self) -> None:
        self.times += 1
        if self.times == 3:
            self.reached.set()


async def test_a_beat_that_takes_long_holds_up_no_other_and_is_not_begun_twice(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun: list[str] = []
    end = asyncio.Event()

    async def long() -> None:
        begun.append("long")
        await end.wait()

    quick = Counted()
    metronome = Metronome([Beat("long", OFTEN, long), Beat("quick", OFTEN, quick.act)])
    metronome.start()
    async with asyncio.timeout(PATIENCE):
        await quick.reached.wait()
        assert begun == ["long"]
        end.set()
        await metronome.stop()
    assert [record.getMessage() for record in caplog.records] == []


async def test_a_beat_that_fails_comes_again_and_its_words_are_not_written_down() -> None:
    async def fail() -> None:
        await counted.act()
        raise ValueError("what Ines wrote in private")

    counted = Counted()
    metronome = Metronome([Beat("plan", OFTEN, fail)])
    with capture_logs() as logs:
        metronome.start()
        async with asyncio.timeout(PATIENCE):
            await counted.reached.wait()
            await metronome.stop()
    assert len(logs) == counted.times
    assert {(line["event"], line["kind"], line["fault"]) for line in logs} == {("a beat failed", "plan", "ValueError")}
    assert "Ines" not in repr(logs)


async def test_stopping_waits_for_what_is_under_way() -> None:
    begun, end = asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def act() -> None:
        begun.set()
        await end.wait()
        ended.append("act")

    metronome = Metronome([Beat("plan", OFTEN, act)])
    metronome.start()
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        stopping = asyncio.ensure_future(metronome.stop())
        await asyncio.wait([stopping], timeout=OFTEN)
        assert not stopping.done()
        end.set()
        await stopping
    assert ended == ["act"]


async def test_a_metronome_that_was_never_started_stops_at_once() -> None:
    await Metronome([Beat("plan", OFTEN, asyncio.Event().wait)]).stop()
