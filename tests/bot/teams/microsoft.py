"""Microsoft's side as far as these tests need it: keys and what they sign, the sign-in, and a Bot Connector."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from bot.teams.limits import Json

APP = "5d0d35fc-77ac-4d0c-a2d9-8b8ba4a9f4a1"
TENANT = "b9d1f2f6-3c2a-4b16-9c3e-1f5f9b4f2d11"
ISSUER = "https://api.botframework.com"
SERVICE = "https://smba.trafficmanager.net/emea/"

Answer = web.Response | Callable[[web.Request], Awaitable[web.StreamResponse]]


def named(value: object) -> str:
    """How a case of a test is called: an answer by its status, what drops the line by its name, all else as it reads.
    The same in every process, which the address of a function is not."""
    if isinstance(value, web.Response):
        return str(value.status)
    return str(getattr(value, "__name__", value))


@cache
def private_key(name: str) -> RSAPrivateKey:
    """A key by name: making one takes a while, so each is made once."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def published(name: str, *, kid: str = "", endorsements: Sequence[str] | None = ("msteams", "webchat")) -> Json:
    """The public half, as it stands in the list of keys."""
    key: Json = json.loads(RSAAlgorithm.to_jwk(private_key(name).public_key()))
    endorsed = {} if endorsements is None else {"endorsements": list(endorsements)}
    return {**key, "use": "sig", "kid": kid or name, **endorsed}


def claims(**other: object) -> Json:
    """What a token of Teams says. Moments are given in seconds from now; a claim that is None is left out."""
    now = int(time.time())
    said = {"iss": ISSUER, "aud": APP, "nbf": 0, "exp": 3600, "serviceurl": SERVICE, **other}
    moments = {name: now + value for name in ("nbf", "exp") if isinstance(value := said[name], int)}
    return {name: value for name, value in {**said, **moments}.items() if value is not None}


def signed(name: str = "one", *, kid: str = "", **other: object) -> str:
    """An Authorization header with a token that this key signed."""
    return "Bearer " + jwt.encode(claims(**other), private_key(name), algorithm="RS256", headers={"kid": kid or name})


def activity(**other: object) -> Json:
    """What somebody in our company wrote."""
    return {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "channelData": {"tenant": {"id": TENANT}},
        **other,
    }


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Call:
    """A request as it reached us; `path` is still percent-encoded."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any = None


@dataclass
class Microsoft:
    """`keys` are those that are published; `calls` what was asked, in order; `instead` answers to give first, for the
    sign-in ("token"), the keys ("keys"), one member of a conversation ("member", usually nobody), a team or its
    channels ("team", usually none) and the rest of the connector ("connector")."""

    keys: list[Json] = field(default_factory=lambda: [published("one")])
    calls: list[Call] = field(default_factory=list)
    instead: dict[str, list[Answer]] = field(
        default_factory=lambda: {"token": [], "keys": [], "member": [], "team": [], "connector": []}
    )
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        app = web.Application()
        app.router.add_get("/openid", self._document)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_route("*", "/{path:.*}", self._connector)
        self.server = TestServer(app)

    def url(self, path: str = "") -> str:
        """An address of this server, without a slash behind it."""
        return f"http://{self.host}{path}"

    @property
    def host(self) -> str:
        """Where it listens, with the port."""
        return f"127.0.0.1:{self.server.port}"

    def named(self, word: str) -> list[Call]:
        """The calls whose path holds this."""
        return [call for call in self.calls if word in call.path]

    async def hold(self, _: web.Request) -> web.StreamResponse:
        """Take the request and say nothing before `released` is set."""
        await self.released.wait()
        return web.json_response({})

    async def _document(self, request: web.Request) -> web.StreamResponse:
        await self._note(request)
        return web.json_response({"issuer": ISSUER, "jwks_uri": self.url("/keys")})

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        await self._note(request)
        return await self._answer(request, "keys", lambda: web.json_response({"keys": self.keys}))

    async def _token(self, request: web.Request) -> web.StreamResponse:
        await self._note(request)
        number = len(self.named("/token"))
        usual = {"token_type": "Bearer", "expires_in": 3600, "access_token": f"token-{number}"}
        return await self._answer(request, "token", lambda: web.json_response(usual))

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        await self._note(request)
        if "/members/" in request.path:
            return await self._answer(request, "member", lambda: web.json_response({}, status=404))
        if "/v3/teams/" in request.path:
            return await self._answer(request, "team", lambda: web.json_response({}, status=404))
        looks = ("/members/", "/v3/teams/")
        number = len([call for call in self.named("/v3/") if not any(look in call.path for look in looks)])
        return await self._answer(request, "connector", lambda: web.json_response({"id": f"id-{number}"}, status=201))

    async def _note(self, request: web.Request) -> None:
        form = request.content_type == "application/x-www-form-urlencoded"
        body: Any = dict(await request.post()) if form else await request.read()
        if request.content_type == "application/json" or not body:
            body = json.loads(body or "null")
        self.calls.append(Call(request.method, request.raw_path, dict(request.headers), body))

    async def _answer(
        self, request: web.Request, name: str, usual: Callable[[], web.StreamResponse]
    ) -> web.StreamResponse:
        if not self.instead[name]:
            return usual()
        answer = self.instead[name].pop(0)
        return answer if isinstance(answer, web.Response) else await answer(request)


async def drop(request: web.Request) -> web.StreamResponse:
    """Take the request and close the connection without an answer."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@cache
def certificates() -> ssl.SSLContext:
    """Read once: nothing here is https."""
    return ssl.create_default_context()


def client_of_tests(patience: float = 2) -> httpx.AsyncClient:
    """A client with as little patience as a test has."""
    return httpx.AsyncClient(timeout=patience, verify=certificates(), trust_env=False)


@asynccontextmanager
async def microsoft_here() -> AsyncIterator[Microsoft]:
    """A server, as long as a test needs it."""
    there = Microsoft()
    await there.server.start_server()
    try:
        yield there
    finally:
        there.released.set()
        await there.server.close()
