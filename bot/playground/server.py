"""Starts and stops the playground on 127.0.0.1."""

from dataclasses import dataclass

from aiohttp import web

from bot.playground.teams.tenant import Tenant
from bot.playground.web import Playground, Stagehands
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A playground that listens."""

    address: str
    """`http://127.0.0.1:PORT`."""
    runner: web.AppRunner

    async def stop(self) -> None:
        """Ends all connections and what still waits."""
        await self.runner.cleanup()


async def serve(
    workspace: Workspace, *, port: int = 0, stagehands: Stagehands | None = None, tenant: Tenant | None = None
) -> Server:
    """Listens on this port of 127.0.0.1 (0: any free one), for a Teams tenant beside it too; raises OSError when it is
    taken."""
    application = Playground(workspace, stagehands=stagehands, tenant=tenant).application()
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    workspace.address = address
    if tenant is not None:
        tenant.address = address
    return Server(address=address, runner=runner)
