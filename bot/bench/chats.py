"""The Teams side of a bench, in a process of its own: people who write and press, so many at once, and the Bot
Connector that takes the replies. It signs what people do, and signs the bot in."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Final

import aiohttp
from aiohttp import web

from bot.bench import child
from bot.bench.child import Json
from bot.playground.teams.keys import Keys
from bot.world import World

MESSAGE: Final = "message"
EXECUTE: Final = "Execute"
PATIENCE: Final = 15.0
"""Seconds; what is not answered by then has failed. Teams waits as long."""
CONVERSATIONS: Final = "/teams/v3/conversations/{conversation}"


class Chats:
    """What people write and press, and the connector that takes the replies."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._delay = 0.0
        """Seconds that the connector takes for a reply."""
        self._awaited: dict[str, asyncio.Future[float]] = {}
        self.address = ""

    def application(self) -> web.Application:
        """The connector, and what a bot needs to trust and be trusted."""
        app = web.Application()
        app.add_routes(
            [
                web.post(CONVERSATIONS + "/activities{rest:.*}", self._take),
                web.put(CONVERSATIONS + "/activities/{id}", self._change),
                web.get(CONVERSATIONS + "/members/{who}", self._member),
                web.post("/login/{rest:.*}", self._sign_in),
                web.get("/openid", self._document),
                web.get("/keys", self._published),
            ]
        )
        return app

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        if self._delay:
            await asyncio.sleep(self._delay)
        awaited = self._awaited.pop(request.match_info["conversation"], None)
        if awaited is not None and not awaited.done():
            awaited.set_result(time.perf_counter())
        return web.json_response({"id": "1"}, status=201)

    async def _change(self, request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"id": "1"})

    async def _member(self, request: web.Request) -> web.Response:
        who = request.match_info["who"]
        return web.json_response({"id": who, "name": "Somebody", "email": f"{who.rpartition(':')[2]}@bench.example"})

    async def _sign_in(self, _: web.Request) -> web.Response:
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": "bench"})

    async def _document(self, _: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self.address}/keys"})

    async def _published(self, _: web.Request) -> web.Response:
        return web.json_response(self._keys.key_set())

    async def load(self, asked: Json) -> Json:
        """`requests` times, person after person writes or presses as `activity` says and waits until that is answered
        and, for a message, until the reply is there; `in_flight` of them at once, of which `people` is a multiple. The
        answer holds the seconds of each as sorted lists `answered` and `replied`, of all as `all`, and how many
        `failed`."""
        self._delay = asked["delay"]
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if asked["app"]:
            token = self._keys.signed(app=asked["app"], service_url=asked["activity"]["serviceUrl"])
            headers["Authorization"] = f"Bearer {token}"
        times = _Times()
        many = asked["in_flight"]
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, headers=headers) as session:
            begun = time.perf_counter()
            await asyncio.gather(
                *(self._act(session, asked, range(one, asked["requests"], many), times) for one in range(many))
            )
            lasted = time.perf_counter() - begun
        return {
            "answered": sorted(times.answered),
            "replied": sorted(times.replied),
            "all": lasted,
            "failed": times.failed,
        }

    async def _act(self, session: aiohttp.ClientSession, asked: Json, numbers: Sequence[int], times: "_Times") -> None:
        """One after the other, each by a person who does nothing else meanwhile."""
        is_message = asked["activity"]["type"] == MESSAGE
        for number in numbers:
            activity = _by(asked, number)
            reply: asyncio.Future[float] = asyncio.get_running_loop().create_future()
            if is_message:
                self._awaited[activity["conversation"]["id"]] = reply
            body = json.dumps(activity).encode()
            begun = time.perf_counter()
            try:
                async with asyncio.timeout(PATIENCE):
                    async with session.post(asked["url"], data=body) as answer:
                        said = await answer.read()
                    times.answered.append(time.perf_counter() - begun)
                    if is_message:
                        times.replied.append(await reply - begun)
                    times.failed += not (answer.ok and (is_message or b'"AdaptiveCard"' in said))
            except TimeoutError:
                times.failed += 1


class _Times:
    def __init__(self) -> None:
        self.answered: list[float] = []
        self.replied: list[float] = []
        self.failed = 0


def _by(asked: Json, number: int) -> Json:
    who = number % asked["people"]
    sender = {"id": f"29:{who}", "name": f"Person {who}", "aadObjectId": object_id(who)}
    activity: Json = asked["activity"]
    return activity | {
        "id": f"{asked['run']}.{number}",
        "from": sender,
        "conversation": activity["conversation"] | {"id": f"a:{who}"},
    }


def object_id(who: int) -> str:
    """Of a person, in the directory."""
    return f"00000000-0000-4000-8000-{who:012}"


async def _serve() -> None:
    world = World()
    chats = Chats(Keys(real=lambda: world.now().timestamp()))
    runner = web.AppRunner(chats.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    chats.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    child.answer({"address": chats.address})
    while (asked := await child.told()) is not None:
        child.answer(await chats.load(asked))
    await runner.cleanup()


def main() -> None:
    """A process of its own."""
    child.asked()
    asyncio.run(_serve())
