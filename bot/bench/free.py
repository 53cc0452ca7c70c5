"""A Slack that does nothing but answer, in a process of its own, so that a bench measures us and not a workspace.

Asked with `{}` it takes whatever comes; with `{"per_minute": 1200, "burst": 60}` that many messages, and one a second
in each conversation, and answers the others with 429. `GET /counts` tells what came.
"""

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.bench import child

Json = dict[str, Any]
TEAM = "T0BENCH"
ON_THE_WAY = 0.5
"""Seconds of the permitted rate that are forgiven: what was sent evenly does not arrive evenly."""
CONVERSATION_BURST = 4
"""Messages that one conversation takes at once; then one a second."""
WHO: Mapping[str, str] = {"team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT", "team": "Bench", "user": "alongside"}


class Refused(Exception):
    """One message too many; the argument is after how many seconds to try again."""


class FreeSlack:
    """Answers each call at once. `clock` gives seconds that only grow."""

    def __init__(self, permitted: Json, clock: Callable[[], float]) -> None:
        self._permitted = permitted
        self._clock = clock
        self._paid: dict[str, float] = {}
        self._delivered: Counter[str] = Counter()
        self._taken = self._refused = self._opened = 0

    async def respond(self, request: web.BaseRequest) -> web.Response:
        """Any request at all."""
        method = request.path.rpartition("/")[2]
        if method == "counts":
            return web.json_response(self._counts())
        try:
            arguments = dict(request.query) | _arguments(await request.read(), request.content_type)
            return _json({"ok": True, **self._call(method, arguments)})
        except Refused as refused:
            self._refused += 1
            retry = {"Retry-After": str(math.ceil(refused.args[0]))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=retry)

    def _call(self, method: str, arguments: Json) -> Json:
        match method:
            case "chat.postMessage":
                self._pace(arguments["channel"])
                self._taken += 1
                self._delivered[_delivery(arguments)] += 1
                return {"channel": arguments["channel"], "ts": f"1.{self._taken:06}", "message": {}}
            case "chat.update":
                return {"channel": arguments["channel"], "ts": arguments["ts"]}
            case "conversations.open":
                self._opened += 1
                return {"channel": {"id": f"D{arguments['users']}"}}
            case "users.info":
                return {"user": _user(arguments["user"])}
            case _:
                return dict(WHO)

    def _pace(self, channel: str) -> None:
        if not self._permitted:
            return
        now = self._clock()
        every = {"": 60 / self._permitted["per_minute"], channel: 1.0}
        forgiven = self._permitted["per_minute"] / 60 * ON_THE_WAY
        burst = {"": self._permitted["burst"] + forgiven, channel: CONVERSATION_BURST}
        paid = {key: max(self._paid.get(key, now), now) + every[key] for key in every}
        late = max(paid[key] - now - every[key] * burst[key] for key in every)
        if late > 1e-6:
            raise Refused(late)
        self._paid |= paid

    def _counts(self) -> Json:
        doubled = sum(times - 1 for times in self._delivered.values())
        return {
            "taken": self._taken,
            "refused": self._refused,
            "opened": self._opened,
            "doubled": doubled,
            "at": self._clock(),
        }


def _user(user: str) -> Json:
    """As the bot knows them already: that somebody has a new name happens seldom, and not to everybody at once."""
    return {"id": user, "name": user, "tz": "UTC", "profile": {"real_name": f"Person {int(user[1:])}"}}


def _json(told: Json) -> web.Response:
    return web.Response(body=json.dumps(told).encode(), content_type="application/json")


def _delivery(arguments: Json) -> str:
    """By what a message can be found again; a sender that names nothing counts by conversation and words."""
    marked = arguments.get("metadata")
    return str(marked["event_payload"]["delivery"]) if marked else f"{arguments['channel']}:{arguments.get('text')}"


def _arguments(body: bytes, content_type: str) -> Json:
    if content_type == "application/json":
        found: Json = json.loads(body or b"{}")
        return found
    return dict(parse_qsl(body.decode()))


async def _serve(permitted: Json) -> None:
    slack = FreeSlack(permitted, time.perf_counter)
    runner = web.ServerRunner(web.Server(slack.respond))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    child.answer({"port": runner.addresses[0][1]})
    while await child.told() is not None:
        pass
    await runner.cleanup()


def main() -> None:
    """A process of its own."""
    asyncio.run(_serve(child.asked()))


class Free:
    """The bench's view of it: where it listens and what it has counted."""

    def __init__(self, port: int, http: aiohttp.ClientSession) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._http = http
        self.api_url = f"{self._address}/api/"

    @classmethod
    @asynccontextmanager
    async def running(cls, permitted: Json) -> AsyncIterator["Free"]:
        """A new one, gone at the end."""
        process = await child.Child.start("bot.bench.free", permitted)
        async with aiohttp.ClientSession() as http:
            yield cls((await process.hear())["port"], http)
        await process.end()

    async def counts(self) -> Json:
        """Messages `taken`, `refused` and `doubled`, conversations `opened`, and `at`, the seconds on its clock."""
        async with self._http.get(f"{self._address}/counts") as answer:
            counted: Json = await answer.json()
        return counted

    async def until(self, taken: int, patience: float) -> Json:
        """The counts once so many messages were taken, or after so many seconds."""
        begun = time.perf_counter()
        while True:
            counted = await self.counts()
            if counted["taken"] >= taken or time.perf_counter() - begun > patience:
                return counted
            await asyncio.sleep(0.02)
