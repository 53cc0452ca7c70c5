"""What Slack itself says of the installation: tokens, scopes, its clock, and whether the owners can be written to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.loopback import is_here
from bot.settings import Settings, elsewhere
from bot.slack.manifest import REASONS
from bot.slack.quiet import LIBRARIES
from bot.slack.trouble import name_of

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
MOST_OWNERS = 5
"""Whom to ask for: more would tell nothing new."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What Slack answered. An empty word means that nothing is wrong."""

    bot_token: str = ""
    """Slack's word for what is wrong with SLACK_BOT_TOKEN."""
    unreached: str = ""
    """The kind of failure when Slack could not be asked."""
    elsewhere: str = ""
    """The address that SLACK_API_URL leads to, when it is not Slack's own."""
    missing_scopes: tuple[str, ...] = ()
    clock: datetime | None = None
    """Slack's time."""
    app_token: str | None = None
    """The same word for SLACK_APP_TOKEN, or the kind of failure; None when it is not set."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """By member id, what keeps us from writing to them."""


async def check_up(settings: Settings) -> Checkup:
    """Ask Slack. Nobody notices: a conversation that is opened shows nothing before something is said in it."""
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value() if settings.slack_bot_token is not None else "",
        base_url=settings.slack_api_url,
        retry_handlers=[],
        logger=LIBRARIES,
    )
    client.proxy = None  # the session takes it from the environment, for addresses outside alone
    async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=not is_here(settings.slack_api_url)) as session:
        client.session = session
        return await _ask(client, settings)


async def _ask(client: AsyncWebClient, settings: Settings) -> Checkup:
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        return Checkup(name_of(refused))
    except (aiohttp.ClientError, TimeoutError) as failure:
        return Checkup(unreached=name_of(failure), elsewhere=elsewhere(settings.slack_api_url))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    return Checkup(
        missing_scopes=tuple(sorted(REASONS.keys() - granted)),
        clock=parsedate_to_datetime(str(headers["date"])).astimezone(UTC) if "date" in headers else None,
        app_token=await _app_token(client, settings),
        owners={user: await _reached(client, user) for user in _owners(settings)},
    )


def _owners(settings: Settings) -> list[str]:
    return sorted(settings.owners - settings.owners_on_teams)[:MOST_OWNERS]


async def _app_token(client: AsyncWebClient, settings: Settings) -> str | None:
    if settings.slack_app_token is None:
        return None
    try:
        # It grants an address that is good for one connection within seconds; none is made.
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as failure:
        return name_of(failure)
    return ""


async def _reached(client: AsyncWebClient, user: str) -> str:
    try:
        await client.conversations_open(users=[user])
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as failure:
        return name_of(failure)
    return ""
