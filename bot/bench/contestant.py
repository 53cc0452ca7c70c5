"""What the queues beside ours are given: the same letters, the same messenger at the same free platform, as many sends
at once, no fewer connections. So only the queue differs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import make_url

from bot.bench import workload
from bot.slack.quiet import LIBRARIES
from bot.slack.send import SlackMessenger
from bot.world import World
from flows import content
from handlers.outcomes import Sent
from storage import packs
from storage.codec import decode_message, encode

WRITERS = 10
"""Transactions in flight that write a letter and its job."""
CONNECTIONS = 10
"""To the database, from one process: no fewer than ours has."""
LETTERS = (
    "CREATE TABLE letters (id text PRIMARY KEY, author text NOT NULL, sealed bytea NOT NULL, opens_on date NOT NULL)"
)
"""The domain's row, written with the job in one transaction."""
ADD_LETTER = "INSERT INTO letters (id, author, sealed, opens_on) VALUES (%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Job:
    """What stands in a queue for one letter: the conversation and the message as ours stores it."""

    conversation: str
    message: Any


class Jobs:
    """Letters with their jobs, and the hand that sends them."""

    def __init__(self, messenger: SlackMessenger) -> None:
        world = World()
        self._today = world.now().date()
        self._sealed = world.new_key() * 4
        self._message = encode(workload.told(content.parse(packs.read(packs.DEFAULT)), world.now()))
        self._messenger = messenger

    def letter(self, number: int) -> tuple[object, ...]:
        """The values of its row."""
        return (f"w{number}", f"person{number // workload.EACH}", self._sealed, self._today)

    def job(self, number: int) -> Job:
        """What is queued with it."""
        return Job(f"D{number // workload.EACH:05}", self._message)

    async def send(self, job: Job, name: str) -> str:
        """The receipt. Raises RuntimeError when the free platform did not take it."""
        sent = await self._messenger.post(job.conversation, decode_message(job.message), delivery=name)
        if not isinstance(sent, Sent):
            raise RuntimeError(f"the free platform refused: {sent}")
        return sent.receipt


@asynccontextmanager
async def jobs(api_url: str) -> AsyncIterator[Jobs]:
    """Connected to the free platform."""
    client = AsyncWebClient(token="xoxb-bench", base_url=api_url, retry_handlers=[], logger=LIBRARIES)  # noqa: S106 - of a platform that asks for none
    async with aiohttp.ClientSession() as client.session, httpx.AsyncClient() as http:
        yield Jobs(SlackMessenger(client, http))


def plain(url: str) -> str:
    """The address of a PostgreSQL database as its own tools take it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
