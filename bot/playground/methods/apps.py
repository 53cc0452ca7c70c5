"""apps.connections.open: an address for one connection of Socket Mode."""

from typing import Any

from bot.playground.methods.arguments import Arguments
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def apps_connections_open(workspace: Workspace, _: Arguments) -> Json:
    """The address is good once, and for a short while."""
    return {"url": f"ws{workspace.address.removeprefix('http')}{workspace.sockets.ticket()}"}


METHODS = {"apps.connections.open": apps_connections_open}
