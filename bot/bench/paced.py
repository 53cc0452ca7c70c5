"""Slack held to another pace than its own, for a platform that permits another: wired where the bot is put together,
so that no code of the product knows of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.app import Connect
from bot.bench.child import Json
from bot.platform import Messenger, Platform, Take
from bot.settings import Settings
from bot.slack.platform import connect
from flows.people import Account
from flows.voice.message import Message
from handlers.kit import Kit
from handlers.outcomes import Finding, Outcome
from handlers.pacing import Act, Paces
from storage.limits import Pace

CONVERSATION = Pace(60, burst=3)
"""As Slack's: no letter of a bench has to wait for another one of the same writer."""
FREE = Pace(60_000_000, burst=1_000_000)
SPARE = 0.2
"""Share of a burst that is left to answers, as with Slack."""


class Paced:
    """A messenger with other paces."""

    def __init__(self, messenger: Messenger, paces: Paces) -> None:
        self._messenger = messenger
        self.paces = paces

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        """As the messenger does."""
        return await self._messenger.open(accounts)

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        """As the messenger does."""
        return await self._messenger.post(conversation, message, delivery=delivery)

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """As the messenger does."""
        return await self._messenger.update(conversation, receipt, message)

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """As the messenger does."""
        return await self._messenger.find(conversation, delivery=delivery, since=since)


def paced(permitted: Json) -> Connect:
    """Connects Slack with what is permitted in the workspace (`per_minute`, `burst`); `{}` is no limit to speak of."""
    post = Pace(permitted["per_minute"], permitted["burst"], SPARE) if permitted else FREE
    paces = Paces(dict.fromkeys(Act, post), CONVERSATION)

    def connected(settings: Settings, kit: Kit, take: Take) -> Platform:
        platform = connect(settings, kit, take)
        platform.messenger = Paced(platform.messenger, paces)
        return platform

    return connected
