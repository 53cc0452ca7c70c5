"""Teams as one of the platforms: made from the settings, started and stopped with the bot."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from aiohttp import web

from bot.database_thread import run
from bot.platform import Messenger, Platform, Take
from bot.settings import Settings
from bot.teams.answer import Answers, Find
from bot.teams.channels import Channels
from bot.teams.client import open_client
from bot.teams.cloud import cloud_of
from bot.teams.connector import Connector
from bot.teams.directory import Directory
from bot.teams.files import Kept
from bot.teams.graph import Graph, scope_of
from bot.teams.hosts import Hosts
from bot.teams.keys import Keys
from bot.teams.links import links_to, opens_mail
from bot.teams.listen import Listener, routes
from bot.teams.send import TeamsMessenger
from bot.teams.tokens import Tokens
from bot.teams.trust import Trust
from flows.people import Account
from flows.space import Space
from flows.voice.say import Say
from handlers.handing_over import find_file
from handlers.kit import Kit

LAST_ANSWERS: Final = 4.0
"""Seconds that a stop waits for answers under way; the bot gives it five."""


class TeamsPlatform:
    """A bot of one tenant. Teams calls us at `/api/messages`; what we say goes to the service address of each
    conversation."""

    def __init__(self, settings: Settings, kit: Kit, take: Take, *, app_id: str, password: str, tenant: str) -> None:
        self.name = "teams"
        # Graph makes another chat each time that it is asked.
        self.space = Space(
            shared=settings.teams_catalog_app_id is not None, links=links_to, reopens=False, mail=opens_mail
        )
        self._http = open_client()
        login, openid = settings.teams_login_url, settings.teams_openid_url
        signs_in = partial(
            Tokens, self._http, _seconds, login_url=login, tenant=tenant, app_id=app_id, password=password
        )
        self._tokens = signs_in()
        self._more_tokens: tuple[Tokens, ...] = ()
        self._keys = Keys(self._http, _seconds, openid)
        hosts = Hosts(settings.service_hosts)
        connector = Connector(self._http, self._tokens, hosts, app_id=app_id)
        graph, url = None, settings.teams_graph_url
        if settings.teams_catalog_app_id is not None:
            self._more_tokens = (signs_in(scope=scope_of(url)),)
            graph = Graph(self._http, *self._more_tokens, url=url, catalog_app=settings.teams_catalog_app_id)
        messenger = TeamsMessenger(connector, hosts.home, graph)
        self.messenger: Messenger = messenger
        self._answers = Answers(messenger, _speaker(kit), take, _finder(kit))
        trust = Trust(self._keys, issuer=cloud_of(login).issuer, app_id=app_id, tenant=tenant)
        channels = Channels(connector, take, kit.now)
        listener = Listener(take, self._answers, Directory(connector), channels, kit.now)
        self.routes: Sequence[web.RouteDef] = routes(listener, trust, kit.new_id)

    @property
    def connected(self) -> int | None:
        """Teams calls us."""
        return None

    async def start(self) -> None:
        """Sign in, so that a wrong secret is told now. Raises ConnectionError."""
        bearer = await self._tokens.bearer()
        if not isinstance(bearer, str):
            raise ConnectionError(f"the sign-in for Teams gave no token: {bearer.code}")

    async def settled(self) -> None:
        """Wait until everything that follows an acknowledgement has been done."""
        await self._answers.afterwards.settled()

    async def stop(self) -> None:
        """Let the answers under way arrive, then close."""
        await self._answers.afterwards.drain(LAST_ANSWERS)
        await asyncio.gather(*(one.close() for one in (self._tokens, *self._more_tokens)), self._keys.close())
        await self._http.aclose()


def connect(settings: Settings, kit: Kit, take: Take) -> Platform:
    """Teams as the settings say, with nothing opened yet. Raises ConnectionError when it is not among them."""
    password = settings.teams_app_password
    if settings.teams_app_id is None or settings.teams_tenant_id is None or password is None:
        raise ConnectionError("TEAMS_APP_ID, TEAMS_APP_PASSWORD or TEAMS_TENANT_ID is missing")
    return TeamsPlatform(
        settings,
        kit,
        take,
        app_id=settings.teams_app_id,
        password=password.get_secret_value(),
        tenant=settings.teams_tenant_id,
    )


def _seconds() -> float:
    """Real seconds, which never go back."""
    return asyncio.get_running_loop().time()


def _speaker(kit: Kit) -> Callable[[str], Say]:
    return lambda locale: kit.content.say(locale, "UTC")


def _finder(kit: Kit) -> Find:
    async def find(kept: Kept, who: Account) -> str | None:
        return await run(kit.database, partial(find_file, kit, who, delivery=kept.delivery, name=kept.name))

    return find
