"""The roster of a conversation: an account → its name, for those whom an activity does not call by one.

Zone and locale stand in no roster; they come with what people do themselves.
"""

import asyncio
from typing import Final

import structlog

from bot.teams.connector import Connector
from bot.teams.parse import NAME
from bot.teams.spot import Spot
from bot.teams.typed import storable
from flows.people import Account, Profile

PATIENCE: Final = 1.0
"""Seconds; Teams waits for our answer meanwhile, and delivers again after fifteen."""
log = structlog.get_logger()


class Directory:
    """Asks the connector; `name` stays "" when it does not say so in time, which nobody has to wait for."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def completed(self, account: Account, told: Profile, spot: Spot) -> Profile:
        """What is told of somebody, with the name that the roster of this conversation has."""
        if told.name:
            return told
        try:
            async with asyncio.timeout(PATIENCE):
                member = await self._connector.member(spot, account.user)
        except TimeoutError:
            log.warning("the directory did not answer", fault="TimeoutError")
            return told
        if not isinstance(member, dict):
            log.warning("the directory did not answer", fault=type(member).__name__)
            return told
        name = storable(str(member.get("name") or "")).strip()[:NAME]
        return Profile(name=name, zone=told.zone, locale=told.locale)
