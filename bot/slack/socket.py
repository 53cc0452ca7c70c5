"""Socket Mode: connections that we open to Slack, so that the bot needs no public address.

Several are open at once, and Slack sends each payload to one of them. When Slack says that one will end, the next is
opened first; when one breaks, another is opened at once, and after a growing pause when that fails too.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.limits import Json
from bot.slack.link import Answer, Link, NotGreeted, open_link
from bot.slack.trouble import meaning, name_of
from handlers.outcomes import Throttled

log = structlog.get_logger()
CONNECTIONS: Final = 2
"""At once. Slack permits ten for all replicas together: docs.slack.dev/apis/events-api/using-socket-mode."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
SETTLED: Final = 30.0
"""Seconds after which a connection has lasted, so that its loss is not one more in a row."""
LAST_WORDS: Final = 15.0
"""Seconds for which a connection that Slack will close is still served; it warns about ten seconds ahead."""
LAST_ANSWERS: Final = 2.5
"""Seconds for what is under way on a connection that we close: after three Slack no longer waits for it."""
RENEWALS: Final = frozenset({"warning", "refresh_requested"})
"""A connection lives for some hours; that its time has come is no news."""
OUR_WORDS: Final = {
    "": "it broke",
    "link_disabled": "Socket Mode is turned off in the app's settings",
    "too_many_websockets": "the app has ten connections already, all replicas together",
}


class Sockets:
    """All connections of this process. `client` and its session are open when `start` is called; `name` tells this
    process from others, so that they do not come back all at once."""

    def __init__(
        self,
        client: AsyncWebClient,
        app_token: str,
        answer: Answer,
        *,
        name: str,
        wanted: int = CONNECTIONS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._app_token = app_token
        self._answer = answer
        self._name = name
        self._wanted = wanted
        self._sleep = sleep
        self._links: set[Link] = set()
        self._places: list[asyncio.Task[None]] = []
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> int:
        """How many connections are up. While one is replaced both are there, and they count as one."""
        return min(self._wanted, sum(link.is_open for link in self._links))

    async def start(self) -> None:
        """Open the first connection, and the others meanwhile. Raises ConnectionError with a line for the installer."""
        try:
            first = await self._open()
        except SlackApiError as refused:
            if name_of(refused) == "ratelimited" or name_of(refused).startswith("HTTP "):
                raise ConnectionError(f"Slack gives no connection now: {name_of(refused)}") from None
            raise ConnectionError(f"Slack does not take SLACK_APP_TOKEN: {name_of(refused)}") from None
        except NotGreeted as failure:
            raise ConnectionError(f"Slack closed the connection: {_reason(failure)}") from None
        except (aiohttp.ClientError, TimeoutError) as failure:
            raise ConnectionError(f"Slack cannot be reached by websocket: {name_of(failure)}") from None
        for number in range(self._wanted):
            self._places.append(asyncio.create_task(self._keep(number, None if number else first)))

    async def stop(self) -> None:
        """Take nothing new, acknowledge what is under way, close everything."""
        for link in self._links:
            link.take_no_more()
        tasks = [*self._places, *self._leaving]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(link.end(LAST_ANSWERS) for link in tuple(self._links)))
        self._links.clear()

    async def _keep(self, number: int, link: Link | None) -> None:
        """One place: always a connection in it, the next before the last one ends."""
        before: Link | None = None
        brief = 0
        """How many connections in a row did not last."""
        loop = asyncio.get_running_loop()
        while True:
            link = link or await self._insist(number, before, max(0, brief - 1))
            if before is not None:
                self._let_go(before)
            since = loop.time()
            await link.is_due()
            if link.reason not in RENEWALS:
                log.error("a connection was lost", kind="socket", fault=OUR_WORDS.get(link.reason, link.reason))
            # The first loss is made good at once; only connections that never last are waited for.
            brief = 0 if loop.time() - since > SETTLED else brief + 1
            before, link = link, None

    async def _insist(self, number: int, before: Link | None, waits: int) -> Link:
        """Try until there is a connection, after a pause when it is not the first wait. Its predecessor makes room
        where Slack wants no more of them."""
        if waits:
            await self._sleep(self._pause(number, waits - 1))
        tries = 0
        while True:
            try:
                return await self._open()
            except NotGreeted as failure:
                if failure.reason == "too_many_websockets" and before is not None:
                    await self._end(before)
                asked, fault = 0.0, _reason(failure)
            except Exception as failure:
                ended = meaning(failure, repeatable=True)
                # A token that Slack does not take any more is tried as seldom as anything else that fails.
                asked = ended.seconds if isinstance(ended, Throttled) and not ended.everything else 0.0
                fault = name_of(failure)
            pause = max(asked, self._pause(number, waits + tries))
            tries += 1
            log.error("no connection", kind="socket", fault=fault, count=tries, seconds=round(pause, 1))
            await self._sleep(pause)

    async def _open(self) -> Link:
        # The address holds a ticket that is good for one connection within seconds, so it is asked for each time.
        granted = await self._client.apps_connections_open(app_token=self._app_token)
        if self._client.session is None:
            raise ConnectionError("the session is closed")
        link = await open_link(self._client.session, str(granted["url"]), self._answer)
        self._links.add(link)
        return link

    def _let_go(self, link: Link) -> None:
        """Its successor is there. Slack may still send here until it closes, and clicks are not sent a second time."""
        task = asyncio.create_task(self._serve_out(link))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _serve_out(self, link: Link) -> None:
        await link.over(LAST_WORDS)
        await self._end(link)

    async def _end(self, link: Link) -> None:
        await link.end(LAST_ANSWERS)
        self._links.discard(link)

    def _pause(self, number: int, tries: int) -> float:
        """Doubled with each try, up to a limit; spread by a quarter, so that replicas do not come in step."""
        mark = hashlib.sha256(f"{self._name}:{number}:{tries}".encode()).digest()[0]
        return min(FIRST_PAUSE * 2.0 ** min(tries, 10), LONGEST_PAUSE) * (1 - mark / 1024)


def answering(app: AsyncApp) -> Answer:
    """Bolt's answer to an envelope as the frame that acknowledges it.

    Any status but 200 means that nothing was stored. Then there is no frame, and Slack delivers the event again.
    """

    async def answer(envelope: Json) -> Json | None:
        request = AsyncBoltRequest(mode="socket_mode", body=envelope["payload"])
        try:
            response = await app.async_dispatch(request)
        except Exception as failure:
            log.error("a gesture failed", kind="socket", fault=name_of(failure))
            return None
        if response.status != 200:
            return None
        frame: Json = {"envelope_id": envelope["envelope_id"]}
        if response.body and envelope.get("accepts_response_payload"):
            frame["payload"] = json.loads(response.body)
        return frame

    return answer


def _reason(failure: NotGreeted) -> str:
    return OUR_WORDS.get(failure.reason, failure.reason)
