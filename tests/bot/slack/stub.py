"""Slack's Web API as far as these tests need it: every call is written down, and a failure can be put before it."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.slack.limits import Json

Answer = Json | web.Response | Callable[[web.Request], Awaitable[web.StreamResponse]]

ANSWERS: dict[str, Json] = {
    "auth.test": {"ok": True, "team_id": "T0HOME", "user_id": "U0APP", "bot_id": "B0APP"},
    "chat.postMessage": {"ok": True, "channel": "D0A1", "ts": "1778486500.000001"},
    "chat.update": {"ok": True, "channel": "D0A1", "ts": "1778486400.000001"},
    "conversations.open": {"ok": True, "channel": {"id": "D0A1"}},
    "files.completeUploadExternal": {"ok": True, "files": []},
    "users.info": {
        "ok": True,
        "user": {
            "id": "U0INES",
            "tz": "Europe/Lisbon",
            "locale": "pt-PT",
            "profile": {"real_name": "Ines Duarte", "title": "Analyst"},
        },
    },
    "views.open": {"ok": True, "view": {}},
    "views.publish": {"ok": True, "view": {}},
    "views.push": {"ok": True, "view": {}},
    "views.update": {"ok": True, "view": {}},
}


class SlackStub:
    """`calls` holds (method, arguments) in order; `instead` a list of answers to give first, by method."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.instead: dict[str, list[Answer]] = defaultdict(list)
        self.released = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/{kind:response|upload}/{name}", self._post)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        """Base of the Web API."""
        return str(self.server.make_url("/api/"))

    def address(self, path: str) -> str:
        """An address of this server, such as a response_url."""
        return str(self.server.make_url(path))

    def named(self, method: str) -> list[Any]:
        """The arguments of every call of a method, oldest first."""
        return [arguments for called, arguments in self.calls if called == method]

    async def hold(self, _: web.Request) -> web.StreamResponse:
        """Take the request and say nothing before the test is over, or `released` is set."""
        await self.released.wait()
        return web.json_response({"ok": True})

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await request.json() if request.content_type == "application/json" else dict(await request.post())
        self.calls.append((method, {**request.query, **body}))
        if method == "files.getUploadURLExternal":
            return web.json_response({"ok": True, "upload_url": self.address("/upload/1"), "file_id": "F0000001"})
        return await self._answer(request, method, ANSWERS[method])

    async def _post(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        body = await request.json() if request.content_type == "application/json" else await request.read()
        self.calls.append((kind, body))
        return await self._answer(request, kind, web.Response(text="ok"))

    async def _answer(self, request: web.Request, name: str, usual: Answer) -> web.StreamResponse:
        answer = self.instead[name].pop(0) if self.instead[name] else usual
        if isinstance(answer, dict):
            return web.json_response(answer)
        return answer if isinstance(answer, web.Response) else await answer(request)


async def drop(request: web.Request) -> web.StreamResponse:
    """Take the request and close the connection without an answer."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()
