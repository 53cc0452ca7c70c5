"""The things that people see in Teams: chats, channels, messages with cards and files, notices."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
FILE_INFO = "application/vnd.microsoft.teams.card.file.info"


class Kind(StrEnum):
    """What a conversation is, in the words of `conversationType`."""

    PERSONAL = "personal"
    CHANNEL = "channel"
    GROUP = "groupChat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A personal chat with the app, a channel of a team, or a group chat."""

    id: str
    kind: Kind
    name: str
    members: tuple[str, ...]
    """Entra object ids."""
    team: str = ""
    """The id of the team of which it is a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNow:
    """A team as it is at the moment."""

    id: str
    group: str
    """The id of the Entra group behind it."""
    name: str
    members: tuple[str, ...]
    with_app: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message."""

    conversation: str
    id: str
    n: int
    """Later messages have a greater one; a new form of a message keeps its own."""
    at: datetime
    author: str
    text: str = ""
    summary: str = ""
    attachments: tuple[Json, ...] = ()
    thread: str = ""
    """The message of a channel to which this one replies."""
    edited: bool = False
    touched: int = 0
    """What came or changed later has a greater one."""
    dialog: str = ""
    """The title, when it is no message but a dialog."""

    @property
    def card(self) -> Json | None:
        """Its Adaptive Card, when it has one."""
        return next((one["content"] for one in self.attachments if one["contentType"] == CARD), None)

    @property
    def consent(self) -> Json | None:
        """The file that it offers, when it does."""
        return next((one for one in self.attachments if one["contentType"] == CONSENT), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that the app put into somebody's OneDrive."""

    id: str
    owner: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What Teams itself tells a person: that something went wrong, that the app is gone."""

    n: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InMessage:
    """The surface that a person acts on."""

    conversation: str
    message: str

    @property
    def key(self) -> str:
        """Under which what a person has put in is kept."""
        return f"{self.conversation}/{self.message}"
