"""A bot that is connected to a stubbed Slack, without a database: `Stage.take` is where a turn would run."""

import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.slack.limits import Json
from bot.slack.platform import SlackPlatform
from handlers.inbound import Inbound, Opened, Reply
from handlers.kit import Kit
from tests.bot.clockwork import NOW, Clockwork
from tests.bot.slack.stub import SlackStub

SECRET = "a signing secret"


class Stage:
    """`taken` holds every gesture; `reply` is what the next turns answer, or what they raise."""

    def __init__(self, slack: SlackStub, **settings: str) -> None:
        self.slack = slack
        self.taken: list[Inbound] = []
        self.reply: Reply | Exception | None = None
        self.home: Reply | None = None
        token = settings.get("token", "xoxb-1")
        self.platform = SlackPlatform(token, slack.url, cast(Kit, Clockwork(NOW)), self.take, signing_secret=SECRET)
        app = web.Application()
        app.add_routes(self.platform.routes)
        self.client: TestClient[web.Request, web.Application] = TestClient(TestServer(app))

    async def take(self, inbound: Inbound) -> Reply | None:
        """Where a turn would run."""
        self.taken.append(inbound)
        if isinstance(inbound.what, Opened) and self.home is not None:
            return self.home
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def sends(self, body: Json) -> ClientResponse:
        """Slack posts this payload, signed."""
        if "command" in body:
            return await self.posts(urlencode(body).encode(), "application/x-www-form-urlencoded")
        if "event" in body or "challenge" in body:
            return await self.posts(json.dumps(body).encode(), "application/json")
        return await self.posts(urlencode({"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded")

    async def posts(self, raw: bytes, content_type: str, **headers: str) -> ClientResponse:
        """Slack posts these bytes, signed, unless a header says otherwise."""
        stamp = headers.pop("stamp", str(int(time.time())))
        signature = headers.pop("signature", signed(raw, stamp))
        named = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": content_type}
        sent = {name: value for name, value in named.items() if value}
        return await self.client.post("/slack/events", data=io.BytesIO(raw), headers=sent)

    async def close(self) -> None:
        """Stop the bot and its server."""
        await self.platform.stop()
        await self.client.close()

    async def settled(self) -> list[Any]:
        """All that followed is done; the calls that were made since the start."""
        await self.platform.settled()
        return [call for call in self.slack.calls if call[0] not in {"auth.test", "users.info"}]


def signed(raw: bytes, stamp: str) -> str:
    """Slack's signature of a body."""
    return "v0=" + hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()


@pytest.fixture
async def slack() -> AsyncIterator[SlackStub]:
    """The other side."""
    stub = SlackStub()
    await stub.server.start_server()
    yield stub
    stub.released.set()
    await stub.server.close()


@pytest.fixture
async def stage(slack: SlackStub) -> AsyncIterator[Stage]:
    """The bot, started."""
    here = Stage(slack)
    await here.client.start_server()
    await here.platform.start()
    yield here
    await here.close()
