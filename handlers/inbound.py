"""What reached the bot, whatever the platform, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flows.channels import Channel
from flows.people import Account, Profile
from flows.voice.message import Action, Message

Filled = Mapping[str, tuple[str, ...]]
"""What a form holds: field name → the values chosen or typed; a field left empty is absent."""


def field_of(filled: Filled, name: str) -> str:
    """The one value of a form's field, stripped; "" when it was left empty."""
    values = filled.get(name, ())
    return values[0].strip() if values else ""


UNREAD = "\0"
"""Stands for a file that came with a form and could not be read; nobody can type it."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, with the inputs of the form around it (empty when there is none)."""

    action: Action
    filled: Filled = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A dialog that was sent."""

    action: Action
    filled: Filled = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closed:
    """A dialog that was closed without being sent, with what had been typed as far as the platform tells it."""

    action: Action
    filled: Filled = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A message typed to the bot in the private conversation. `may_be_word`: commands are typed there too, so it may be
    one where no answer is awaited."""

    text: str
    may_be_word: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A command: `command` is "mentor" or "mentor-admin", `words` the rest of the line as typed.

    People and channels that the platform marked in the line come as `<@ID>` and `<#ID>`, without a name. `typed` as a
    message: then the answer is a message too, which is not posted again when the gesture comes again.
    """

    command: str
    words: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The person opened the bot's home."""


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """The directory says something new of the account: another name or zone, or that it is closed."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was installed for the person, or they came where it is installed."""


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was removed: the platform takes no message to the person any more."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the bot may speak to many, as the platform tells it; nobody's gesture. These `channels` of a group are
    there, those with the ids of `gone` are not; with `whole` no other of the group is. `name` is the group's, ""
    when it is not told."""

    group: str
    name: str = ""
    channels: tuple[Channel, ...] = ()
    gone: tuple[str, ...] = ()
    whole: bool = False


What = Pressed | Submitted | Closed | Said | Asked | Opened | AccountChanged | Joined | Left | Places


class Place(StrEnum):
    """Where the person was when they acted."""

    PRIVATE = "private"
    SHARED = "shared"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One gesture of one person.

    `id` is the platform's own name for the gesture, the same when it is delivered again. `at` is the platform's time
    of the gesture, in UTC. `profile` is what the directory says, present at least when this process meets the account
    for the first time. `conversation` is the private one from which the gesture came, as the Messenger names it; ""
    where it came from elsewhere and none is known, or where the platform opens the same one each time. `receipt` names
    the message that was pressed, or from which the dialog was opened, as the Messenger does; "" where there is none. Of
    `Places` the account names no user.
    """

    id: str
    who: Account
    what: What
    place: Place
    at: datetime
    profile: Profile | None = None
    conversation: str = ""
    receipt: str = ""
    ahead: object = None
    """What was read of it before its turn; see handlers/ahead.py."""


class Where(StrEnum):
    """Where a reply goes."""

    BELOW = "below"
    """A new message under the one that was pressed."""
    INSTEAD = "instead"
    """In place of the message that was pressed, or from which the dialog was opened."""
    PRIVATELY = "privately"
    """Seen by this person only, where they are."""
    DIALOG = "dialog"
    """A dialog opens, or the open one shows this."""
    FIELD_ERRORS = "field_errors"
    """The open dialog stays and says what would fit; `Reply.errors` holds a line for each field."""
    HOME = "home"
    """The bot's home."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the one who acted. It goes back on the gesture and never through the outbox."""

    message: Message
    where: Where
    errors: Mapping[str, str] = field(default_factory=dict)
