"""Socket Mode, the workspace's side: tickets, connections, envelopes, and which frames of the app Slack takes.

As docs.slack.dev/apis/events-api/using-socket-mode has it. What Slack does with a wrong frame is not documented; here
it has no effect and is written down as refused.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.faults import Faults, Trouble
from bot.playground.refusals import SlackError

Json = dict[str, Any]
TICKET_SECONDS = 30.0
MOST_CONNECTIONS = 10
PATH = "/link/"


@dataclass(slots=True)
class Waiting:
    """An envelope that the app has not acknowledged yet."""

    acknowledged: asyncio.Future[Json | None]
    takes_payload: bool


@dataclass(slots=True, eq=False)
class Connection:
    """One websocket of the app."""

    socket: web.WebSocketResponse
    line: asyncio.Transport
    waiting: dict[str, Waiting] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    """Envelopes for which Slack waits no longer; an acknowledgement has no effect then, and is no fault."""
    took: int = 0
    """How many envelopes it has acknowledged."""


class Unacknowledged(Exception):
    """No frame came for an envelope; `reason` is the word of Slack's `retry_reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sockets:
    """Every connection of the app. `on` is the switch in the app's settings; then nothing goes over HTTP."""

    def __init__(
        self,
        *,
        app: str,
        real: Callable[[], float],
        new_id: Callable[[], str],
        faults: Faults,
        refuse: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._app = app
        self._real = real
        self._new_id = new_id
        self._faults = faults
        self._refuse = refuse
        self._changed = changed
        self._tickets: dict[str, float] = {}
        self.on = False
        self.doubles = False
        """Whether each envelope comes once more after it was acknowledged, over the newest connection, as Slack has
        been seen to do after a reconnect; what is answered then has no effect."""
        self.connections: list[Connection] = []
        """Those to which payloads may go, the oldest first."""
        self.dice: Callable[[int], int] = self._throw
        """A number below the one given: which connection the next payload goes to."""

    # -- the app's side

    def ticket(self) -> str:
        """The path and query of an address for one connection; raises `SlackError` when Socket Mode is off."""
        if not self.on:
            raise SlackError("forbidden_team")
        one = self._new_id()
        self._tickets[one] = self._real()
        return f"{PATH}?ticket={one}&app_id={self._app}"

    async def attend(self, request: web.Request) -> web.StreamResponse:
        """A connection from its handshake to its end."""
        problem = self._spent(request.query.get("ticket", ""))
        if problem:
            self._refuse(f"socket: {problem}")
            return web.Response(status=401, text=problem)
        socket, line = web.WebSocketResponse(), request.transport
        if line is None:
            raise ConnectionResetError
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await _leave(socket, "too_many_websockets")
            await socket.close()
            return socket
        fault = self._faults.take("hello")
        if fault is not None and fault.trouble is Trouble.SILENT:
            await self._faults.held()
        connection = Connection(socket, line)
        await socket.send_json(self._hello())
        self.connections.append(connection)
        self._changed()
        try:
            async for frame in socket:
                problem = self._take(connection, frame.data if frame.type is WSMsgType.TEXT else "")
                if problem:
                    self._refuse(f"socket: {problem}")
        finally:
            self._forget(connection)
            for waiting in connection.waiting.values():
                if not waiting.acknowledged.done():
                    waiting.acknowledged.set_exception(Unacknowledged("connection_failed"))
            self._changed()
        return socket

    # -- Slack's side

    async def deliver(
        self, kind: str, payload: Json, *, takes_payload: bool, seconds: float, retry: tuple[int, str] | None = None
    ) -> Json | None:
        """Send a payload to one of the connections; the payload of its acknowledgement. Raises Unacknowledged."""
        if not self.connections:
            raise Unacknowledged("connection_failed")
        connection = self.connections[self.dice(len(self.connections))]
        envelope: Json = {
            "envelope_id": self._new_id(),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": takes_payload,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        answer = await self.push(connection, envelope, seconds=seconds)
        if self.doubles and self.connections:
            try:
                await self.push(self.connections[-1], envelope, seconds=seconds)
            except Unacknowledged as missing:
                self._refuse(f"socket: an envelope that came again was not acknowledged ({missing.reason})")
        return answer

    async def push(self, connection: Connection, envelope: Json, *, seconds: float) -> Json | None:
        """Send this envelope over this connection; the payload of its acknowledgement. Raises Unacknowledged."""
        name = envelope["envelope_id"]
        waiting = Waiting(asyncio.get_running_loop().create_future(), envelope["accepts_response_payload"])
        connection.waiting[name] = waiting
        connection.late.discard(name)
        try:
            await connection.socket.send_json(envelope)
            async with asyncio.timeout(seconds):
                return await waiting.acknowledged
        except TimeoutError:
            raise Unacknowledged("timeout") from None
        except ConnectionError:
            raise Unacknowledged("connection_failed") from None
        finally:
            del connection.waiting[name]
            connection.late.add(name)

    async def warn(self, connection: Connection) -> None:
        """Say that this connection will end in about ten seconds; until then it is as good as any other."""
        await _leave(connection.socket, "warning")

    async def refresh(self, connection: Connection) -> None:
        """Ask for another connection in place of this one, which gets nothing more, and close it when the app has
        acknowledged what it has."""
        self._forget(connection)
        await _leave(connection.socket, "refresh_requested")
        await asyncio.gather(*(one.acknowledged for one in connection.waiting.values()), return_exceptions=True)
        await connection.socket.close()

    def drop(self, connection: Connection) -> None:
        """The line breaks: nobody says anything."""
        self._forget(connection)
        connection.line.abort()

    async def turn_off(self) -> None:
        """Somebody turns Socket Mode off in the app's settings."""
        self.on = False
        for connection in tuple(self.connections):
            await _leave(connection.socket, "link_disabled")
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        for connection in tuple(self.connections):
            self._forget(connection)
            await connection.socket.close()

    # -- within

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "connection_info": {"app_id": self._app},
            "debug_info": {"host": "applink-0", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _take(self, connection: Connection, text: str) -> str:
        """What is wrong with a frame of the app; "" when it acknowledges an envelope as it should."""
        frame = _object(text)
        if frame is None:
            return "a frame is a JSON object"
        if unknown := sorted(set(frame) - {"envelope_id", "payload"}):
            return f"{', '.join(unknown)}: no field of an acknowledgement"
        name = frame.get("envelope_id")
        if name in connection.late:
            return ""
        waiting = connection.waiting.get(name) if isinstance(name, str) else None
        if waiting is None:
            return "an acknowledgement names an envelope that this connection did not bring"
        if waiting.acknowledged.done():
            return "an envelope was acknowledged twice"
        if "payload" in frame and not (waiting.takes_payload and isinstance(frame["payload"], dict)):
            return "an acknowledgement has a payload that this envelope does not take"
        connection.took += 1
        waiting.acknowledged.set_result(frame.get("payload"))
        return ""

    def _spent(self, ticket: str) -> str:
        issued = self._tickets.pop(ticket, None)
        if issued is None:
            return "this ticket is unknown or was used"
        return "this ticket is too old" if self._real() - issued > TICKET_SECONDS else ""

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)

    def _throw(self, sides: int) -> int:
        return hashlib.sha256(self._new_id().encode()).digest()[0] % sides


async def _leave(socket: web.WebSocketResponse, reason: str) -> None:
    await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "wss-111.slack.com"}})


def _object(text: str) -> Json | None:
    try:
        read = json.loads(text)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
