"""Messages to Teams, for the outbox: each call is made once, and its end is told by type, never by an exception."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.answering import files_of
from bot.teams import render, trouble
from bot.teams.connector import Connector
from bot.teams.files import Accepted, offer
from bot.teams.graph import Graph
from bot.teams.limits import Json
from bot.teams.paces import PACES
from bot.teams.parts import parts
from bot.teams.spot import Spot
from bot.teams.trouble import Failure, outcome
from flows.people import Account
from flows.voice.message import File, Message
from handlers.outcomes import Blocked, CannotTell, Finding, Sent, Throttled, TryLater, Unknown
from handlers.pacing import Paces

NOT_THERE: Final = (trouble.Blocked, trouble.NotInstalled, trouble.Gone)
"""How Teams says that the app is not in a chat; which word it uses is not what its documentation says."""
A_MOMENT: Final = 5.0
"""Seconds."""


class TeamsMessenger:
    """`home` is the service address at which a conversation is begun with somebody of whom we know none; `graph` makes
    group chats, where an administrator permits that."""

    def __init__(self, connector: Connector, home: str, graph: Graph | None = None) -> None:
        self._connector = connector
        self._home = home
        self._graph = graph

    @property
    def paces(self) -> Paces:
        """How fast Teams lets us speak."""
        return PACES

    async def open(self, accounts: Sequence[Account]) -> str | Failure:
        """The private conversation with this person; the same one each time. Or a group chat of several, where there is
        Graph: another one each time, in which the app is not yet."""
        if len(accounts) != 1:
            if self._graph is None:
                return Blocked("a bot cannot begin a conversation of several")
            chat = await self._graph.create([account.user for account in accounts])
            return str(Spot(self._home, chat)) if isinstance(chat, str) else chat
        (account,) = accounts
        return await self.begin(self._home, account.user, tenant=account.workspace)

    async def begin(self, service: str, who: str, *, tenant: str) -> str | Failure:
        """The same by their id in the directory, where they have the app; or by their id with us, where a team does to
        which they belong: "Proactive messages", learn.microsoft.com."""
        made = await self._connector.create(service, who, tenant=tenant)
        return str(made) if isinstance(made, Spot) else outcome(made)

    async def post(self, conversation: str, message: Message, *, delivery: str = "") -> Sent | Failure:
        """A new message. What is delivered, and not said in answer to somebody who is looking, stands in their activity
        feed too; Teams keeps nothing by which it could be found again, so `delivery` is not told. A page too long for
        one card is several, of which the last is told."""
        try:
            spot, told = Spot.parse(conversation), parts(message)
            drawn = [render.message(part, notifies=bool(delivery)) for part in told]
        except ValueError as mistake:
            return Blocked(f"it cannot be drawn: {mistake}")
        ended: Sent | Failure = Sent(conversation, "")
        for activity in drawn:
            sent = await self._connector.send(spot, activity)
            if isinstance(sent, NOT_THERE) and self._graph is not None and spot.is_group:
                joined = await self._join(self._graph, spot, activity)
                if not isinstance(joined, Sent):
                    return joined
                sent = joined
            if not isinstance(sent, Sent):
                return outcome(sent) if activity is drawn[0] else _in_part(outcome(sent))
            ended = sent
        handed = await self.hand_over(conversation, files_of(message), delivery)
        return ended if isinstance(handed, Sent) else _in_part(handed)

    async def _join(self, graph: Graph, spot: Spot, activity: Json) -> Sent | Failure:
        """Put the app into a group chat that was made for it, and say it there. The chat is remembered first and joined
        then, so that a process that dies in between leaves nothing that would be made once more. What was refused is
        surely not there, and Teams may take a moment until it knows the app."""
        failed = await graph.install(spot.conversation)
        if failed is not None:
            return failed
        sent = await self._connector.send(spot, activity)
        if isinstance(sent, NOT_THERE):
            return TryLater(A_MOMENT, f"the app is not in the chat yet: {sent.code}")
        return sent if isinstance(sent, Sent) else outcome(sent)

    async def update(self, conversation: str, receipt: str, message: Message) -> Sent | Failure:
        """Another message in place of one that was sent; nobody is notified, and doing it twice changes nothing."""
        try:
            spot, drawn = Spot.parse(conversation), render.message(message)
        except ValueError as mistake:
            return Blocked(f"it cannot be drawn: {mistake}")
        sent = await self._connector.update(spot, receipt, drawn)
        return sent if isinstance(sent, Sent) else outcome(sent)

    async def hand_over(self, conversation: str, files: Sequence[File], delivery: str = "") -> Sent | Failure:
        """Offer files of a message in somebody's private conversation, each in a card of its own; the end of the first
        that fails, or of the last."""
        ended: Sent | Failure = Sent(conversation, "")
        for file in files:
            try:
                spot, offered = Spot.parse(conversation), offer(file, delivery)
            except ValueError as mistake:
                return Blocked(f"it cannot be offered: {mistake}")
            sent = await self._connector.send(spot, offered)
            if not isinstance(sent, Sent):
                return outcome(sent)
            ended = sent
        return ended

    async def bring(self, conversation: str, receipt: str, wanted: Accepted, content: bytes) -> Sent | Failure:
        """Put a file where Teams says and show it. Then the offer goes, whose card is `receipt`; while the file cannot
        be put there it stays, so that it can be accepted again."""
        try:
            spot = Spot.parse(conversation)
        except ValueError as mistake:
            return Blocked(str(mistake))
        failed = await self._connector.upload(wanted.url, content)
        if failed is not None:
            return outcome(failed)
        shown = await self._connector.send(spot, wanted.shown)
        return await self.take_back(conversation, receipt) if isinstance(shown, Sent) else outcome(shown)

    async def take_back(self, conversation: str, receipt: str) -> Sent | Failure:
        """Take the offer of a file away."""
        try:
            spot = Spot.parse(conversation)
        except ValueError as mistake:
            return Blocked(str(mistake))
        gone = await self._connector.delete(spot, receipt)
        return gone if isinstance(gone, Sent) else outcome(gone)

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """Nobody can say: a bot reads no history on Teams."""
        return CannotTell("a bot cannot read what it said")


def _in_part(ended: Failure) -> Failure:
    """What came before the part that failed is there, and would come twice: so it may not simply be tried again."""
    return Unknown(f"sent in part: {ended.reason}") if isinstance(ended, TryLater | Throttled) else ended
