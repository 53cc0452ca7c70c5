"""One connection of Socket Mode, from Slack's hello to its end.

The protocol is that of docs.slack.dev/apis/events-api/using-socket-mode. An acknowledgement goes back on the connection
that brought the envelope, and on no other.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import structlog

from bot.slack.limits import Json
from bot.slack.proxy import proxy_of
from bot.slack.trouble import name_of

log = structlog.get_logger()
Answer = Callable[[Json], Awaitable[Json | None]]
"""From an envelope to the frame that acknowledges it; None when it must not be acknowledged. Raises nothing."""

HEARTBEAT: Final = 20.0
"""Seconds between our pings; a connection that leaves one unanswered for half as long is lost."""
GREETING: Final = 10.0
"""Seconds within which Slack says hello."""
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one frame. A larger one would end the connection that brings it, so it is far above what Slack sends."""


class NotGreeted(ConnectionError):
    """Slack took the connection and did not say hello; `reason` is its word for why, if it gave one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Link:
    """A connection that has been greeted. Envelopes are answered side by side; each is acknowledged once its answer is
    there."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, answer: Answer) -> None:
        self._socket = socket
        self._answer = answer
        self._under_way: set[asyncio.Task[None]] = set()
        self._told = asyncio.Event()
        self._ending = False
        self.reason = ""
        """Slack's word for why another connection is due; empty when this one just broke."""
        self._reading = asyncio.create_task(self._read())

    @property
    def is_open(self) -> bool:
        """Whether Slack can still send something here."""
        return not self._reading.done()

    async def is_due(self) -> None:
        """Return when another connection has to take this one's place: Slack says so, or it broke."""
        await self._told.wait()

    async def over(self, seconds: float) -> None:
        """Wait until Slack has closed it, that long at most; until then it is served as before."""
        await asyncio.wait((self._reading,), timeout=seconds)

    def take_no_more(self) -> None:
        """From now on a new envelope is left for another connection."""
        self._ending = True

    async def end(self, seconds: float) -> None:
        """Take nothing new, acknowledge what is under way within that time, close."""
        self.take_no_more()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        await self._socket.close()
        await asyncio.wait((self._reading,))

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._take(frame.data)
        finally:
            self._told.set()

    def _take(self, text: str) -> None:
        match _object(text):
            case {"type": "disconnect", **rest}:
                self.reason = str(rest.get("reason", ""))
                self._told.set()
            case {"envelope_id": str(), "payload": dict()} as envelope:
                if not self._ending:
                    task = asyncio.create_task(self._acknowledge(envelope))
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
            case {"type": "hello"}:
                pass
            case _:
                log.warning("a frame was not understood", kind="socket")

    async def _acknowledge(self, envelope: Json) -> None:
        frame = await self._answer(envelope)
        if frame is None:
            return
        try:
            await self._socket.send_str(json.dumps(frame))
        except ConnectionError as failure:
            # What was done stays done; an event that comes again has no second effect.
            log.warning("an acknowledgement did not arrive", kind="socket", fault=name_of(failure))


async def open_link(session: aiohttp.ClientSession, url: str, answer: Answer) -> Link:
    """Connect to an address that Slack gave, and wait for its hello. Raises aiohttp.ClientError, TimeoutError,
    NotGreeted."""
    socket = await session.ws_connect(
        url,
        proxy=proxy_of(url),
        heartbeat=HEARTBEAT,
        max_msg_size=MOST_BYTES,
        # Slack does not always answer a close, and there is nothing to wait for.
        timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
    )
    try:
        first = await socket.receive(timeout=GREETING)
        told = _object(first.data) if first.type is aiohttp.WSMsgType.TEXT else {}
        if told.get("type") != "hello":
            raise NotGreeted(str(told.get("reason", "")) or "no hello")
    except BaseException:
        await socket.close()
        raise
    return Link(socket, answer)


def _object(text: str) -> Json:
    """A frame; an empty one when it is no JSON object."""
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
