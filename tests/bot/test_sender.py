"""Sending goes on: past a failure nobody expected, and to the end of the call that a stop finds under way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.database_thread import run
from bot.sender import Sender
from bot.world import World
from flows.people import Account
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from handlers.outcomes import Absent, Finding, Outcome, Sent
from handlers.pacing import Paces
from storage.outbox import State
from tests.handlers.stage import PACES, Stage


class SlowMessenger:
    """Takes a message when it is told to, and breaks on one that says so."""

    def __init__(self) -> None:
        self.called = asyncio.Event()
        self.go_on = asyncio.Event()

    @property
    def paces(self) -> Paces:
        return PACES["slack"]

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        return Absent()

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        return "D1"

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        self.called.set()
        await self.go_on.wait()
        if message.summary == "Break":
            raise RuntimeError("nobody expected this")
        return Sent(conversation, "1.0")

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
