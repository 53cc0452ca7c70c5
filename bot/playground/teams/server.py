"""Starts and stops the tenant's services on 127.0.0.1."""

from dataclasses import dataclass

from aiohttp import web

from bot.playground.teams.connector import Connector
from bot.playground.teams.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Services that listen."""

    address: str
    """`http://127.0.0.1:PORT`."""
    runner: web.AppRunner

    async def stop(self) -> None:
        """Ends all connections and what still waits."""
        await self.runner.cleanup()


async def serve(tenant: Tenant, *, port: int = 0) -> Server:
    """Listens on this port of 127.0.0.1 (0: any free one); raises OSError when it is taken."""
    runner = web.AppRunner(Connector(tenant).application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    tenant.address = address
    return Server(address=address, runner=runner)
