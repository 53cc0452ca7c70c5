"""What Microsoft says of the installation for Teams: the sign-in, the keys, and whether addresses and owners fit."""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.settings import Settings
from bot.teams.client import open_client
from bot.teams.graph import missing_roles, scope_of
from bot.teams.hosts import Hosts
from bot.teams.keys import Keys, KeysUnknown
from bot.teams.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found. An empty word means that nothing is wrong."""

    token: str = ""
    """Microsoft's word for why it gives us no token."""
    keys: bool = True
    """Whether the keys could be fetched with which tokens of Teams are checked."""
    home: str = ""
    """The service address at which a conversation begins with somebody who never wrote."""
    home_trusted: bool = True
    """Whether our token may go there."""
    chats: bool = False
    """Whether pairs shall get group chats."""
    graph: str = ""
    """Microsoft's word for why it gives us no token for Graph."""
    missing_roles: tuple[str, ...] = ()
    """The permissions for group chats that no administrator has granted."""
    owners: tuple[str, ...] = ()
    """Those of MENTOR_OWNERS who can be people of Teams."""


async def check_up(settings: Settings) -> Checkup:
    """Ask Microsoft. Nobody notices: a token is fetched and thrown away."""
    secret = settings.teams_app_password
    hosts = Hosts(settings.service_hosts)
    http = open_client()
    signs_in = partial(
        Tokens,
        http,
        _seconds,
        login_url=settings.teams_login_url,
        tenant=settings.teams_tenant_id or "",
        app_id=settings.teams_app_id or "",
        password=secret.get_secret_value() if secret is not None else "",
    )
    tokens, for_graph = signs_in(), signs_in(scope=scope_of(settings.teams_graph_url))
    chats = settings.teams_catalog_app_id is not None
    keys = Keys(http, _seconds, settings.teams_openid_url)
    try:
        bearer = await tokens.bearer()
        graph = await for_graph.bearer() if chats else ""
        return Checkup(
            token="" if isinstance(bearer, str) else bearer.code,
            keys=await _fetched(keys),
            home=hosts.home,
            home_trusted=hosts.trusts(hosts.home),
            chats=chats,
            graph="" if isinstance(graph, str) else graph.code,
            missing_roles=missing_roles(graph) if isinstance(graph, str) else (),
            owners=tuple(sorted(settings.owners_on_teams)),
        )
    finally:
        await asyncio.gather(tokens.close(), for_graph.close(), keys.close())
        await http.aclose()


async def _fetched(keys: Keys) -> bool:
    try:
        await keys.find("")
    except KeysUnknown:
        return False
    return True


def _seconds() -> float:
    return asyncio.get_running_loop().time()
