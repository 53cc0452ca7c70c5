"""The roster of a conversation: an account → its name and address, which no activity tells (the name not always).

Zone and locale stand in no roster; they come with what people do themselves.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import structlog

from bot.teams.connector import Connector
from bot.teams.limits import Json
from bot.teams.spot import Spot
from bot.teams.trouble import Throttled, Transient, Trouble
from bot.told import NAME, storable
from flows.people import Account, Profile

PATIENCE: Final = 1.0
"""Seconds; where a name is needed Teams waits for our answer meanwhile, and delivers again after fifteen."""
ADDRESS: Final = 320
"""Characters that an address has at most."""
log = structlog.get_logger()


class Directory:
    """Asks the connector, once for each account and process. What it does not say in time stays "", nobody has to wait
    for it, and the next gesture asks again."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._emails: dict[Account, str] = {}

    def is_known(self, account: Account) -> bool:
        """Whether the roster was asked for them."""
        return account in self._emails

    def known(self, account: Account, told: Profile) -> Profile:
        """What an activity tells, with the address that we know."""
        return replace(told, email=self._emails.get(account, ""))

    async def completed(self, account: Account, told: Profile, spot: Spot, ids: Sequence[str]) -> Profile:
        """The same with the name and address of the roster of this conversation, where they are listed by one of these
        ids: not everything that speaks for Teams finds them by each."""
        self._emails[account] = ""  # whoever acts twice at once is asked for once
        try:
            async with asyncio.timeout(PATIENCE):
                member = await self._member(spot, ids)
        except TimeoutError:
            member = Transient(PATIENCE, "TimeoutError")
        if not isinstance(member, dict):
            if isinstance(member, Transient | Throttled):
                log.warning("the directory did not answer", fault=type(member).__name__)
                del self._emails[account]
            return told
        self._emails[account] = _email(member)
        name = told.name or storable(str(member.get("name") or "")).strip()[:NAME]
        return replace(told, name=name, email=self._emails[account])

    async def _member(self, spot: Spot, ids: Sequence[str]) -> Json | Trouble:
        found: Json | Trouble = Transient(PATIENCE, "nobody to ask for")
        for one in ids:
            found = await self._connector.member(spot, one)
            if isinstance(found, dict | Transient | Throttled):
                break
        return found


def _email(member: Json) -> str:
    """Their address; who has no mailbox is called by the name with which they sign in, which looks like one."""
    told = storable(str(member.get("email") or member.get("userPrincipalName") or "")).strip()
    return told if "@" in told and " " not in told and len(told) <= ADDRESS else ""
