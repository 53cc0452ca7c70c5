"""What follows an acknowledgement is finished before a stop, or given up when there is no time left."""

import asyncio

from structlog.testing import capture_logs

from bot.afterwards import Afterwards


def kind(failure: BaseException) -> str:
    return type(failure).__name__


async def test_all_that_was_started_is_done() -> None:
    afterwards = Afterwards(kind)
    done: list[str] = []

    async def first() -> None:
        done.append("first")
        afterwards.start("do the second", second())

    async def second() -> None:
        done.append("second")

    afterwards.start("do the first", first())
    await afterwards.settled()
    assert done == ["first", "second"]


async def test_what_has_no_time_left_is_given_up_and_told() -> None:
    afterwards = Afterwards(kind)
    never = asyncio.Event()

    async def wait() -> None:
        await never.wait()

    afterwards.start("wait for ever", wait())
    with capture_logs() as logged:
        await afterwards.drain(0.01)
    assert [(entry["event"], entry["kind"]) for entry in logged] == [("no time was left", "wait for ever")]


async def test_a_failure_is_told_without_its_words() -> None:
    afterwards = Afterwards(kind)

    async def fail() -> None:
        raise ValueError("my private words")

    with capture_logs() as logged:
        afterwards.start("fail", fail())
        await afterwards.settled()
        await afterwards.drain(1)
    assert [(entry["kind"], entry["fault"]) for entry in logged] == [("fail", "ValueError")]
