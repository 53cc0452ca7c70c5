"""What a chat platform gives the rest of the program, and what it gets."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from aiohttp import web

from flows.people import Account
from flows.space import Space
from flows.voice.message import Message
from handlers.inbound import Inbound, Reply
from handlers.outcomes import Finding, Outcome
from handlers.pacing import Paces

Take = Callable[[Inbound], Awaitable[Reply | None]]
"""Runs the turn of a gesture; when it returns, everything is committed. What it raises must reach the platform as a
failure, so that the gesture is delivered again."""


class Messenger(Protocol):
    """Sends on one platform. Every method answers with a typed outcome and raises nothing that must be interpreted."""

    @property
    def paces(self) -> Paces:
        """How fast the platform lets us speak."""
        ...

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        """The id of the private (one account) or shared conversation (several), made when there is none."""
        ...

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        """Say something new; `delivery` is the opaque id by which the message can be found again."""
        ...

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """Change a message in place; nobody is notified."""
        ...

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """Whether the message of a delivery has arrived there since that moment."""
        ...


class Platform(Protocol):
    """One connected platform: its entry on our server and its way out."""

    name: str
    messenger: Messenger
    space: Space

    @property
    def connected(self) -> int | None:
        """How many connections are up over which gestures reach us; None where the platform calls us."""
        ...

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """Where the platform posts to us."""
        ...

    async def start(self) -> None:
        """Open the connections and learn who we are there. Raises ConnectionError with a line for the installer."""
        ...

    async def settled(self) -> None:
        """Wait until everything that follows an acknowledgement has been done."""
        ...

    async def stop(self) -> None:
        """Finish what is under way, then close."""
        ...
