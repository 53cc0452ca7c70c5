"""Everything that listens: the Web API, response and upload addresses, and the page's interface (see README.md)."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from bot.playground import page_state
from bot.playground.answers import answer_through_address
from bot.playground.api import call_method
from bot.playground.controls import NotPossible
from bot.playground.guard import only_from_here
from bot.playground.methods.files import download, take_bytes
from bot.playground.page_acts import act
from bot.playground.refusals import SlackError
from bot.playground.sockets import PATH
from bot.playground.spoiling import spoiled, withheld
from bot.playground.teams.connector import Connector
from bot.playground.teams.tenant import Tenant
from bot.playground.workspace import Workspace

Json = dict[str, Any]
PAGE = Path(__file__).parent / "page"
CLOCK_MOVES = ("next-morning", "next-tuesday", "+1-week", "end")
LARGEST_UPLOAD = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Stagehands:
    """What the page can ask for that is not an act of a person; the assembly brings it."""

    move_clock: Callable[[str], Awaitable[None]]
    """Walks to one of `CLOCK_MOVES`; returns when the app has nothing left to do there."""
    reset: Callable[[], Awaitable[None]]
    """Everything as at the start, in the app too; calls `Workspace.reset` itself, and ends a walk that is under way."""


class Playground:
    """The listening side of one workspace, and of a Teams tenant beside it when there is one."""

    def __init__(
        self, workspace: Workspace, *, stagehands: Stagehands | None = None, tenant: Tenant | None = None
    ) -> None:
        self._workspace = workspace
        self._tenant = tenant
        self._stagehands = stagehands
        self._under_way = 0
        self._resetting = False
        self._streams: set[asyncio.Queue[Json]] = set()
        self._closing = asyncio.Event()

    def application(self) -> web.Application:
        """All addresses, behind the guard."""
        app = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_UPLOAD)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._call),
                web.get(PATH, self._link),
                web.post("/response/{id}", self._response),
                web.post("/upload/{id}", self._upload),
                web.get("/files/{id}/{name}", self._file),
                web.get("/files-pri/{place}/download/{name}", self._attached),
                web.get("/playground/people", self._people),
                web.get("/playground/state", self._state),
                web.get("/playground/events", self._events),
                web.get("/playground/wire", self._wire),
                web.post("/playground/act", self._act),
                web.post("/playground/clock", self._clock),
                web.post("/playground/reset", self._reset),
                web.get("/", self._index),
                web.static("/page", PAGE),
            ]
        )
        if self._tenant is not None:
            Connector(self._tenant).join(app)
        app.cleanup_ctx.append(self._alive)
        app.on_shutdown.append(self._shut_down)
        return app

    async def _alive(self, _: web.Application) -> Any:
        watched = [self._workspace.watch(self._ping)]
        if self._tenant is not None:
            watched.append(self._tenant.watch(self._ping))
        # The app is on this machine and speaks plain HTTP. To read the certificates of the world takes 20 ms.
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(trust_env=False, timeout=None, verify=plain) as client:  # noqa: S113 - the acknowledgement's limit is set where it is sent
            self._workspace.to_app = client
            yield
            for task in tuple(self._workspace.background):
                task.cancel()
            await asyncio.gather(*self._workspace.background, return_exceptions=True)
        for unwatch in watched:
            unwatch()

    async def _shut_down(self, _: web.Application) -> None:
        self._closing.set()
        self._workspace.faults.release()
        await self._workspace.sockets.close()
        for stream in self._streams:
            if not stream.full():
                stream.put_nowait({})

    def _ping(self, what: str, people: tuple[str, ...] | None) -> None:
        for stream in self._streams:
            # A page that does not listen misses hints; the next one makes it fetch everything anyway.
            if not stream.full():
                stream.put_nowait({"changed": what, "for": list(people) if people else None})

    # -- the app's side

    async def _call(self, request: web.Request) -> web.StreamResponse:
        return await call_method(self._workspace, request)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self._workspace.sockets.attend(request)

    async def _response(self, request: web.Request) -> web.Response:
        fault = self._workspace.faults.take("response_url")
        started = self._workspace.times.real()
        body = await request.text()
        shown, told = _json_or_none(body), ""

        def answer() -> web.Response:
            nonlocal told
            status, told = 200, "ok"
            try:
                if not isinstance(shown, dict):
                    raise SlackError("invalid_payload")
                answer_through_address(self._workspace, request.match_info["id"], shown)
            except SlackError as refused:
                status, told = (404 if refused.error in {"expired_url", "used_url"} else 400), refused.error
            return web.Response(status=status, text=told)

        response = spoiled(fault, answer)
        self._workspace.wire.record(
            to_app=False,
            name="response_url",
            request=body if shown is None else shown,
            answer=told,
            status=response.status,
            milliseconds=(self._workspace.times.real() - started) * 1000,
            note=f"fault: {fault.trouble}" if fault else "" if told == "ok" else f"refused: {told}",
        )
        self._workspace.changed("wire")
        await withheld(request, self._workspace.faults, fault)
        return response

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if not take_bytes(self._workspace, request.match_info["id"], content):
            return web.Response(status=400, text="error: unexpected file")
        return web.Response(text=f"OK - {len(content)}")

    async def _attached(self, request: web.Request) -> web.Response:
        content = download(self._workspace, request.match_info["place"], request.headers.get("Authorization", ""))
        self._workspace.wire.record(
            to_app=False,
            name="url_private_download",
            request={},
            answer="sign in" if content is None else f"{len(content)} bytes",
            status=302 if content is None else 200,
            milliseconds=0.0,
            note="",
        )
        self._workspace.changed("wire")
        if content is None:
            raise web.HTTPFound("/signin")
        return web.Response(body=content, content_type="text/csv")

    # -- the page's side

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _people(self, _: web.Request) -> web.Response:
        return web.json_response(
            page_state.people(self._workspace, busy=self._under_way > 0) | {"teams": self._tenant is not None}
        )

    async def _state(self, request: web.Request) -> web.Response:
        user = request.query.get("as", "")
        if user not in self._workspace.contents.members:
            return _refuse(f"There is nobody with the id {user[:40]}.")
        return web.json_response(page_state.seen_by(self._workspace, user, busy=self._under_way > 0))

    async def _wire(self, request: web.Request) -> web.Response:
        after = request.query.get("after", "0")
        if not after.isdecimal():
            return _refuse("after must be a number.")
        return web.json_response(page_state.wire(self._workspace, after=int(after)))

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._workspace.contents.uploads.get(request.match_info["id"])
        if upload is None or upload["content"] is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=upload["content"], content_type="application/octet-stream", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        stream: asyncio.Queue[Json] = asyncio.Queue(maxsize=1000)
        self._streams.add(stream)
        try:
            await response.write(b": hello\n\n")
            while not self._closing.is_set():
                try:
                    async with asyncio.timeout(15):
                        ping = await stream.get()
                    line = f"data: {json.dumps(ping)}\n\n" if ping else ": bye\n\n"
                except TimeoutError:
                    line = ": still here\n\n"
                await response.write(line.encode())
        except ConnectionResetError:
            pass
        finally:
            self._streams.discard(stream)
        return response

    async def _act(self, request: web.Request) -> web.Response:
        asked = await _json(request)
        if asked is None:
            return _refuse("An act is a JSON object.")
        try:
            outcome = await act(self._workspace, asked)
        except NotPossible as why:
            return _refuse(str(why))
        delivery = outcome.delivery
        return web.json_response(
            {
                "ok": True,
                "told_app": delivery is not None,
                "status": delivery.status if delivery else 0,
                "ms": round(delivery.milliseconds, 1) if delivery else 0,
                "notice": outcome.notice,
                "errors": dict(outcome.errors),
            }
        )

    async def _clock(self, request: web.Request) -> web.Response:
        asked = await _json(request) or {}
        to = asked.get("to")
        if self._stagehands is None or to not in CLOCK_MOVES:
            return _refuse(f"The clock goes to {', '.join(CLOCK_MOVES)}.")
        if self._under_way:
            return _refuse("The clock is still walking.", status=409)
        move = self._stagehands.move_clock
        return await self._while_busy(lambda: move(to))

    async def _reset(self, _: web.Request) -> web.Response:
        """Also in the middle of a walk, which ends early then."""
        if self._stagehands is None:
            return _refuse("There is nothing to reset here.")
        if self._resetting:
            return _refuse("It is starting over already.", status=409)
        self._resetting = True
        try:
            return await self._while_busy(self._stagehands.reset)
        finally:
            self._resetting = False

    async def _while_busy(self, work: Callable[[], Awaitable[None]]) -> web.Response:
        self._under_way += 1
        self._workspace.changed("busy")
        try:
            await work()
        finally:
            self._under_way -= 1
            self._workspace.changed("clock")
        return web.json_response({"ok": True, "now": self._workspace.times.now().isoformat()})


def _refuse(why: str, *, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "error": why}, status=status)


def _json_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


async def _json(request: web.Request) -> Json | None:
    body = _json_or_none(await request.text())
    return body if isinstance(body, dict) else None
