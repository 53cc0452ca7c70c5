"""What a chat platform gives the rest of the program."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from flows.people import Account
from flows.voice.message import Message
from handlers.delivering import Outcome

T = TypeVar("T")
InDatabaseThread = Callable[[Callable[[], T]], Awaitable[T]]


class Messenger(Protocol):
    """Sends on one platform. Every method answers with a typed outcome and raises nothing that must be interpreted."""

    async def open(self, accounts: Sequence[Account]) -> str | Outcome:
        """The id of the private (one account) or shared conversation (several), made when there is none."""
        ...

    async def post(self, conversation: str, message: Message, *, delivery: str) -> Outcome:
        """Say something new; `delivery` is the opaque id by which the message can be found again."""
        ...

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """Change a message in place; nobody is notified."""
        ...
