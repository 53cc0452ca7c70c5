"""One aiohttp application: the platforms' entries and the health check."""

from collections.abc import Iterable

from aiohttp import web


def application(routes: Iterable[web.RouteDef]) -> web.Application:
    """The server with these routes. `/healthz` says that the process turns; it does not ask the database."""
    app = web.Application()
    app.add_routes(routes)
    app.router.add_get("/healthz", _alive)
    return app


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


class Server:
    """A started application; `port` is the one it really listens on."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None)
        self._host = host
        self._asked = port
        self.port = port

    async def start(self) -> None:
        """Listen. Raises OSError when the address is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._asked)
        await site.start()
        addresses = self._runner.addresses
        self.port = int(addresses[0][1])

    async def stop(self) -> None:
        """Take nothing more and finish what is under way."""
        await self._runner.cleanup()
