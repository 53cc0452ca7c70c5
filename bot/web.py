"""One aiohttp application: the platforms' entries, probes and metrics."""

import asyncio
import errno
from collections.abc import Iterable, Sequence

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.health import Health
from bot.metrics import Metrics

LAST_REQUESTS = 3.0
"""Seconds that a stop waits for requests under way: Slack waits no longer for its acknowledgement."""


def application(routes: Iterable[web.RouteDef]) -> web.Application:
    """The server with these routes. `/healthz` says that the process turns; it does not ask the database."""
    app = web.Application()
    app.add_routes(routes)
    app.router.add_get("/healthz", _alive)
    return app


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def probes(health: Health, metrics: Metrics) -> Sequence[web.RouteDef]:
    """`/readyz` says whether this process should get work, with every check by name; `/metrics` is for Prometheus."""

    async def ready(_: web.Request) -> web.Response:
        found = await health.readiness()
        return web.json_response(found.shown(), status=200 if found.ready else 503)

    async def numbers(_: web.Request) -> web.Response:
        return web.Response(body=await metrics.shown(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/readyz", ready), web.get("/metrics", numbers)]


def timed(route: web.RouteDef, platform: str, metrics: Metrics) -> web.RouteDef:
    """The route, with a note of how long each acknowledgement took."""

    async def handle(request: web.Request) -> web.StreamResponse:
        loop = asyncio.get_running_loop()
        came = loop.time()
        try:
            answer: web.StreamResponse = await route.handler(request)
        except Exception:
            metrics.not_acknowledged(platform)
            raise
        if answer.status >= 500:
            metrics.not_acknowledged(platform)
        elif answer.status < 400:
            metrics.acknowledged(platform, loop.time() - came)
        return answer

    return web.RouteDef(route.method, route.path, handle, route.kwargs)


class Server:
    """A started application; `port` is the one it really listens on."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REQUESTS)
        self._host = host
        self._asked = port
        self.port = port

    async def start(self) -> None:
        """Listen. Raises OSError when the address is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._asked)
        try:
            await site.start()
        except OSError as fault:
            why = "another program uses it" if fault.errno == errno.EADDRINUSE else fault.strerror
            raise OSError(f"PORT, HOST: {self._host}:{self._asked} cannot be listened on: {why}") from fault
        addresses = self._runner.addresses
        self.port = int(addresses[0][1])

    async def stop(self) -> None:
        """Take nothing more and finish what is under way."""
        await self._runner.cleanup()
