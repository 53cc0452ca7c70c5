"""The things that people see: conversations, messages, views, notices."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Kind(StrEnum):
    """What a conversation is."""

    CHANNEL = "channel"
    DM = "dm"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A channel, a direct message with the app, or a group message in which the app is."""

    id: str
    kind: Kind
    name: str
    members: tuple[str, ...]
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that the app uploaded."""

    id: str
    name: str
    title: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `blocks` carry the ids that were made up for those the app left out."""

    channel: str
    ts: str
    at: datetime
    author: str
    text: str
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    thread_ts: str | None = None
    edited: bool = False
    only_for: str | None = None
    """The one person who sees an ephemeral message."""
    files: tuple[StoredFile, ...] = ()
    client_msg_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal or an App Home, as the app gave it (`given`) and with what Slack adds."""

    id: str
    root: str
    previous: str | None
    hash: str
    given: Json
    """The view argument, with block ids and action ids made up where the app left them out."""

    @property
    def blocks(self) -> tuple[Json, ...]:
        """Its blocks."""
        return tuple(self.given["blocks"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What Slack itself tells a person: that the app did not answer, that there is no such command."""

    n: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InMessage:
    """A surface that a person acts on: a message."""

    channel: str
    ts: str

    @property
    def key(self) -> str:
        """Under which what a person has put in is kept."""
        return f"{self.channel}/{self.ts}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InView:
    """A surface that a person acts on: a modal or an App Home."""

    view: str

    @property
    def key(self) -> str:
        """Under which what a person has put in is kept."""
        return self.view


Where = InMessage | InView
