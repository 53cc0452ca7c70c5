"""A tenant on a free port, a client that has its token, and a tiny bot that says what the test wants."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
import pytest
from aiohttp import web

from bot.playground.teams.company import TENANT
from bot.playground.teams.keys import SCOPE
from bot.playground.teams.person import Person
from bot.playground.teams.server import serve
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from tests.bot.playground.conftest import Hands

Json = dict[str, Any]
Answer = Callable[[Json], tuple[int, Any]]
INES, MIRA = (m.id for m in TENANT.members[:2])


@pytest.fixture
async def tenant(hands: Hands, new_id: Callable[[], str]) -> AsyncIterator[Tenant]:
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    made = Tenant(company=TENANT, times=times, new_id=new_id)
    server = await serve(made)
    yield made
    await server.stop()


@dataclass(slots=True)
class TinyBot:
    """Calls the connector with a token, and hears what it delivers after checking who says so."""

    tenant: Tenant
    http: httpx.AsyncClient
    heard: list[Json] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    claims: list[Json] = field(default_factory=list)
    answer: Answer = lambda activity: (200, None)
    token: str = ""

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request below the service address."""
        if not self.token:
            self.token = (await self.asks_for_token()).json()["access_token"]
        headers = {"Authorization": f"Bearer {self.token}"}
        return await self.http.request(method, f"{self.tenant.service_url}{path}", json=body, headers=headers)

    async def asks_for_token(self, **instead: str) -> httpx.Response:
        """The token endpoint, with the right form unless told otherwise."""
        right = {
            "grant_type": "client_credentials",
            "client_id": self.tenant.company.app.id,
            "client_secret": self.tenant.password,
            "scope": SCOPE,
        }
        address = f"{self.tenant.login_url}/{self.tenant.company.id}/oauth2/v2.0/token"
        return await self.http.post(address, data=right | instead)

    async def opens(self, user: str) -> str:
        """The chat with this person."""
        body = {
            "isGroup": False,
            "bot": {"id": self.tenant.app_user},
            "members": [{"id": user}],
            "tenantId": self.tenant.company.id,
            "channelData": {"tenant": {"id": self.tenant.company.id}},
        }
        made = await self.call("POST", "v3/conversations", body)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def sends(self, chat: str, content: Json) -> httpx.Response:
        """A message: a card, or the fields of an activity."""
        activity = says(content) if content.get("type") == "AdaptiveCard" else {"type": "message", **content}
        return await self.call("POST", f"v3/conversations/{chat}/activities", activity)

    async def hear(self, request: web.Request) -> web.Response:
        """As the real one does: the token against the published keys, then the activity."""
        document = (await self.http.get(self.tenant.openid_url)).json()
        keys = (await self.http.get(document["jwks_uri"])).json()["keys"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            kid = jwt.get_unverified_header(token)["kid"]
            key = next(jwt.PyJWK(one) for one in keys if one["kid"] == kid)
            audience = self.tenant.company.app.id
            claims = jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=document["issuer"])
        except (jwt.PyJWTError, StopIteration):
            return web.Response(status=401)
        activity = await request.json()
        if claims["serviceurl"] != activity["serviceUrl"]:
            return web.Response(status=401)
        self.claims.append(claims)
        self.heard.append(activity)
        self.raw.append(await request.text())
        status, body = self.answer(activity)
        return web.Response(status=status) if body is None else web.json_response(body, status=status)


@pytest.fixture
async def bot(tenant: Tenant) -> AsyncIterator[TinyBot]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
        tiny = TinyBot(tenant, http)
        app = web.Application()
        app.add_routes([web.post("/api/messages", tiny.hear)])
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        tenant.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        yield tiny
        await runner.cleanup()


@pytest.fixture
def ines(tenant: Tenant) -> Person:
    return Person(tenant, INES)


@pytest.fixture
def mira(tenant: Tenant) -> Person:
    return Person(tenant, MIRA)


def button(label: str, verb: str, **more: Any) -> Json:
    """An Action.Execute with its fallback."""
    data = more.pop("data", {"a": {"choice": label}})
    fallback = {"type": "Action.Submit", "title": label, "data": {**data, "verb": verb}}
    return {"type": "Action.Execute", "title": label, "verb": verb, "data": data, "fallback": fallback, **more}


def text(words: str) -> Json:
    """A line."""
    return {"type": "TextBlock", "text": words, "wrap": True}


def buttons(*them: Json) -> Json:
    """A row."""
    return {"type": "ActionSet", "actions": list(them)}


def card(*body: Json) -> Json:
    """A card of version 1.5."""
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body)}


def says(content: Json, summary: str = "News") -> Json:
    """A message that carries a card."""
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "summary": summary, "attachments": [attachment]}


def with_card(content: Json) -> tuple[int, Json]:
    """The answer to a press that puts another card in place."""
    return 200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": content}


def with_words(words: str) -> tuple[int, Json]:
    """The answer to a press that only says something."""
    return 200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}
