"""The workspace's directory: an account → name, time zone, locale, title, and whether it is open."""

import asyncio
from dataclasses import replace
from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.parse import profile
from bot.slack.trouble import name_of
from flows.people import Account, Profile

PATIENCE: Final = 1.0
"""Seconds; the person waits for our answer meanwhile, and Slack for three at most."""
log = structlog.get_logger()


class Directory:
    """Asks Slack once for each account and process."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[Account, Profile] = {}

    async def look_up(self, account: Account) -> Profile | None:
        """What Slack says of them; None when it does not say so in time, which nobody has to wait for."""
        if account in self._known:
            return self._known[account]
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.users_info(user=account.user, include_locale=True)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as failure:
            log.warning("the directory did not answer", fault=name_of(failure))
            return None
        found = profile(answer["user"])
        if found is not None:
            self._known[account] = found
        return found

    def completed(self, account: Account, said: Profile) -> Profile:
        """What Slack tells of its own accord, with the locale that it leaves out there, when we know it."""
        known = self._known.get(account)
        return replace(said, locale=said.locale or known.locale) if known is not None else said

    def is_news(self, account: Account, said: Profile) -> bool:
        """Whether it differs from what we know."""
        return self._known.get(account) != said

    def keep(self, account: Account, said: Profile) -> None:
        """Remember what Slack told of its own accord."""
        self._known[account] = said
