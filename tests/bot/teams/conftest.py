"""A bot that is connected to a Microsoft of our own, without a database: `Stage.take` is where a turn would run."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.settings import Settings
from bot.teams.limits import Json
from bot.teams.platform import connect
from flows.content import Content, parse
from handlers.inbound import Inbound, Reply
from handlers.kit import Kit
from storage import packs
from tests.bot.clockwork import NOW, Clockwork
from tests.bot.teams.gestures import SERVICE, TENANT
from tests.bot.teams.microsoft import APP, Call, Microsoft, microsoft_here, signed


class Things(Clockwork):
    """What of a Kit the platform uses."""

    def __init__(self) -> None:
        super().__init__(NOW)
        self.content: Content = parse(packs.read())


class Stage:
    """`taken` holds every gesture; `reply` is what the next turns answer, or what they raise, after `replies`."""

    def __init__(self, microsoft: Microsoft) -> None:
        self.microsoft = microsoft
        self.taken: list[Inbound] = []
        self.reply: Reply | Exception | None = None
        self.replies: list[Reply | None] = []
        settings = Settings.model_validate(
            {
                "teams_app_id": APP,
                "teams_app_password": SecretStr("a secret"),
                "teams_tenant_id": TENANT,
                "teams_login_url": microsoft.url(),
                "teams_openid_url": microsoft.url("/openid"),
                "teams_service_hosts": microsoft.host,
            }
        )
        self.platform = connect(settings, cast(Kit, Things()), self.take)
        app = web.Application(client_max_size=1)
        app.add_routes(self.platform.routes)
        self.client: TestClient[web.Request, web.Application] = TestClient(TestServer(app))

    @property
    def service(self) -> str:
        """The service address of every gesture."""
        return self.microsoft.url("/emea/")

    async def take(self, inbound: Inbound) -> Reply | None:
        """Where a turn would run."""
        self.taken.append(inbound)
        if self.replies:
            return self.replies.pop(0)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def sends(self, activity: Json, **claims: Any) -> ClientResponse:
        """Teams posts this activity, signed; its service address is the one that is here."""
        told = activity | ({"serviceUrl": self.service} if activity.get("serviceUrl") == SERVICE else {})
        said: dict[str, Any] = {"serviceurl": self.service, **claims}
        return await self.posts(json.dumps(told).encode(), signed(**said))

    async def posts(self, raw: bytes, authorization: str) -> ClientResponse:
        """Teams posts these bytes."""
        headers = {"Authorization": authorization, "Content-Type": "application/json; charset=utf-8"}
        return await self.client.post("/api/messages", data=raw, headers=headers)

    async def close(self) -> None:
        """Stop the bot and its server."""
        await self.platform.stop()
        await self.client.close()

    async def settled(self) -> list[Call]:
        """All that followed is done; the calls of the connector but for those that look somebody or a team up."""
        await self.platform.settled()
        calls = self.microsoft.named("/v3/")
        return [call for call in calls if "/members/" not in call.path and "/v3/teams/" not in call.path]


@pytest.fixture
async def microsoft() -> AsyncIterator[Microsoft]:
    """The other side."""
    async with microsoft_here() as there:
        yield there


@pytest.fixture
async def stage(microsoft: Microsoft) -> AsyncIterator[Stage]:
    """The bot, started."""
    here = Stage(microsoft)
    await here.client.start_server()
    await here.platform.start()
    yield here
    await here.close()


async def body_of(answer: ClientResponse) -> Any:
    """What an invoke was answered."""
    assert answer.status == 200, await answer.text()
    async with asyncio.timeout(5):
        return await answer.json()
