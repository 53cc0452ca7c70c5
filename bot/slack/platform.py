"""Slack as one of the platforms: made from the settings, started and stopped with the bot."""

import asyncio
import ssl
from collections.abc import Sequence
from functools import cache
from typing import Final

import aiohttp
import httpx
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.loopback import is_here
from bot.platform import Messenger, Platform, Take
from bot.settings import Settings, elsewhere
from bot.slack import guard
from bot.slack.answer import Answers
from bot.slack.attached import Attached
from bot.slack.directory import Directory
from bot.slack.listen import Listener, application
from bot.slack.quiet import LIBRARIES
from bot.slack.send import SlackMessenger
from bot.slack.socket import Sockets, answering
from bot.slack.trouble import name_of
from flows.space import Space
from handlers.kit import Kit

PATIENCE: Final = aiohttp.ClientTimeout(total=10, connect=5)
"""Seconds for one call; what could not even connect was surely not taken."""
LAST_ANSWERS: Final = 4.0
"""Seconds that a stop waits for gestures and answers under way; the bot gives it five."""
AT_LEAST: Final = 0.5
"""Seconds of these for answers, however long the gestures took."""


class SlackPlatform:
    """A workspace. With an app token its gestures come over Socket Mode, else over HTTP, checked with the signing
    secret. `messenger` and `routes` work from `start` on."""

    def __init__(
        self, token: str, api_url: str, kit: Kit, take: Take, *, signing_secret: str = "", app_token: str = ""
    ) -> None:
        self.name = "slack"
        self.space = Space(shared=True, lists_channels=True)
        self._token = token
        # No retry handlers: a POST whose connection drops may have been taken, and would be sent twice.
        self._client = AsyncWebClient(token=token, base_url=api_url, retry_handlers=[], logger=LIBRARIES)
        self._bolts = AsyncWebClient(base_url=api_url, retry_handlers=[], logger=LIBRARIES)
        # The SDK would take every call to the proxy of the environment, those to the local workspace too.
        self._client.proxy = None
        self._elsewhere = elsewhere(api_url)
        self._proxied = not is_here(api_url)
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(10, connect=5),
            trust_env=self._proxied,
            verify=certificates(trust_env=self._proxied),
        )
        self._authorized: AuthorizeResult | None = None
        messenger = SlackMessenger(self._client, self._http)
        self.messenger: Messenger = messenger
        self._answers = Answers(self._client, self._http, messenger, take)
        attached = Attached(self._http, token, api_url)
        listener = Listener(take, self._answers, Directory(self._client), attached, kit.now)
        app = application(listener, self._bolts, self._identity, kit.new_id)
        self._sockets = Sockets(self._client, app_token, answering(app), name=kit.new_id()) if app_token else None
        self.routes: Sequence[web.RouteDef] = () if app_token else guard.routes(app, signing_secret)

    @property
    def connected(self) -> int | None:
        """How many connections are up; None over HTTP, where Slack calls us."""
        return None if self._sockets is None else self._sockets.connected

    async def start(self) -> None:
        """Open one session for all calls and learn who we are. Raises ConnectionError."""
        self._client.session = aiohttp.ClientSession(timeout=PATIENCE, trust_env=self._proxied)
        try:
            answer = await self._client.auth_test()
        except SlackApiError as refused:
            raise ConnectionError(f"Slack does not take SLACK_BOT_TOKEN: {name_of(refused)}") from None
        except (aiohttp.ClientError, TimeoutError) as failure:
            where = f"{self._elsewhere} (SLACK_API_URL)" if self._elsewhere else "Slack"
            raise ConnectionError(f"{where} cannot be reached: {name_of(failure)}") from None
        self._authorized = AuthorizeResult(
            enterprise_id=answer.get("enterprise_id"),
            team_id=answer["team_id"],
            bot_token=self._token,
            bot_id=answer.get("bot_id"),
            bot_user_id=answer["user_id"],
        )
        if self._sockets is not None:
            await self._sockets.start()

    async def settled(self) -> None:
        """Wait until everything that follows an acknowledgement has been done."""
        await self._answers.afterwards.settled()

    async def stop(self) -> None:
        """Take nothing new over our connections, let the answers under way arrive, then close."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LAST_ANSWERS
        if self._sockets is not None:
            await self._sockets.stop()
        await self._answers.afterwards.drain(max(AT_LEAST, end - loop.time()))
        await self._http.aclose()
        if self._client.session is not None:
            await self._client.session.close()

    def _identity(self) -> AuthorizeResult:
        if self._authorized is None:
            raise RuntimeError("Slack was not started")
        return self._authorized


def connect(settings: Settings, kit: Kit, take: Take) -> Platform:
    """Slack as the settings say, with nothing opened yet. Raises ConnectionError when it is not among them."""
    if settings.slack_bot_token is None:
        raise ConnectionError("SLACK_BOT_TOKEN is missing")
    return SlackPlatform(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_api_url,
        kit,
        take,
        signing_secret=_told(settings.slack_signing_secret),
        app_token=_told(settings.slack_app_token),
    )


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""


@cache
def certificates(*, trust_env: bool) -> ssl.SSLContext:
    """Whom the bot believes when it answers; read once in a process, because reading takes 20 ms."""
    return httpx.create_ssl_context(trust_env=trust_env)
