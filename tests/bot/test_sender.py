"""Sending goes on: past a failure nobody expected, and to the end of the call that a stop finds under way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.database_thread import run
from bot.sender import FRESH, Sender
from bot.world import World
from flows.people import Account
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from handlers.outcomes import Absent, Finding, Outcome, Sent, Throttled
from handlers.pacing import Paces
from storage.outbox import State
from tests.handlers.stage import PACES, Stage


class SlowMessenger:
    """Takes a message when it is told to, a quick one at once, and breaks on one that says so."""

    def __init__(self) -> None:
        self.called = asyncio.Event()
        self.go_on = asyncio.Event()
        self.calls: list[str] = []

    @property
    def paces(self) -> Paces:
        return PACES["slack"]

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        return Absent()

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        return "D1"

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        self.called.set()
        self.calls.append(message.summary)
        if message.summary != "Quick":
            await self.go_on.wait()
        if message.summary == "Break":
            raise RuntimeError("nobody expected this")
        return Throttled(60, "wait") if message.summary == "Too fast" else Sent(conversation, "1.0")

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        return Sent(conversation, receipt)


@asynccontextmanager
async def sending(database_url: str) -> AsyncIterator[tuple[Stage, Sender, SlowMessenger, asyncio.Task[None]]]:
    stage = Stage(database_url)
    messenger = SlowMessenger()
    sender = Sender(stage.kit, {"slack": messenger}, "worker", World().boot_clock)
    task = asyncio.create_task(sender.serve())
    yield stage, sender, messenger, task
    sender.end()
    await task
    stage.database.close()


async def put(stage: Stage, text: str) -> None:
    def work() -> None:
        if not stage.actors:
            stage.person("Ines").asks("help")
        to = ToPerson(stage.actors[0].me.id)
        with stage.store() as store:
            message = Message(text, (Paragraph((Plain(text),)),))
            store.outbox.put(Post(text, to, message, Kind.MUST_ARRIVE), now=stage.now)

    await run(stage.database, work)


async def state(stage: Stage, key: str) -> State:
    def work() -> State:
        with stage.store() as store:
            (found,) = store.outbox.counts(key)
        return found

    return await run(stage.database, work)


async def test_a_stop_lets_the_call_under_way_end_and_writes_down_what_became_of_it(database_url: str) -> None:
    async with sending(database_url) as (stage, sender, messenger, task):
        await put(stage, "You are matched")
        sender.ring()
        await messenger.called.wait()

        sender.end()
        messenger.go_on.set()
        await task

        assert await state(stage, "You are matched") is State.SENT


async def test_a_failure_that_nobody_expected_does_not_end_the_sending(database_url: str) -> None:
    async with sending(database_url) as (stage, sender, messenger, task):
        messenger.go_on.set()
        await put(stage, "Break")
        sender.ring()
        await messenger.called.wait()
        await put(stage, "You are matched")

        while await state(stage, "You are matched") is not State.SENT:
            assert not task.done()
            sender.ring()


async def test_a_slow_call_holds_up_nobody_else(database_url: str) -> None:
    async with sending(database_url) as (stage, sender, messenger, _):
        await put(stage, "Slow")
        sender.ring()
        await messenger.called.wait()

        await put(stage, "Quick")
        while await state(stage, "Quick") is not State.SENT:
            sender.ring()

        assert await state(stage, "Slow") is State.SENDING
        messenger.go_on.set()


async def test_who_was_frozen_for_long_gives_back_what_was_claimed_and_calls_nobody(database_url: str) -> None:
    stage, messenger = Stage(database_url), SlowMessenger()
    seconds = iter([0.0, FRESH / 2, FRESH + 1])
    sender = Sender(stage.kit, {"slack": messenger}, "worker", lambda: next(seconds))
    await put(stage, "Quick")

    assert await sender.deliver() == 1

    assert messenger.calls == []
    assert await state(stage, "Quick") is State.QUEUED
    stage.database.close()


async def test_after_a_refusal_nothing_more_goes_that_way_until_its_time_is_over(database_url: str) -> None:
    stage, messenger = Stage(database_url), SlowMessenger()
    messenger.go_on.set()
    sender = Sender(stage.kit, {"slack": messenger}, "worker", World().boot_clock)
    await put(stage, "Too fast")
    await put(stage, "Quick")
    stage.now += timedelta(seconds=1)
    await sender.deliver()
    before = list(messenger.calls)

    await sender.deliver()
    assert messenger.calls == before
    assert await state(stage, "Too fast") is State.QUEUED

    stage.now += timedelta(seconds=61)
    other = Sender(stage.kit, {"slack": messenger}, "another", World().boot_clock)
    await other.deliver()
    assert messenger.calls != before
    stage.database.close()
