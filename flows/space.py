"""Where the two of a match talk: what their platforms offer decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.people import Person


class Way(StrEnum):
    """How two people of a match reach each other."""

    SHARED = "shared"
    """In a conversation that the bot opens for them."""
    LINKS = "links"
    """In one that they open themselves, by links."""
    RELAY = "relay"
    """Through the bot, because they are on different platforms or in different workspaces."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses (https) by which somebody opens a chat with a person, or proposes a meeting to them."""

    chat: str
    meeting: str


def mailto(address: str) -> str:
    """What opens an e-mail to somebody."""
    return f"mailto:{address}"


def no_links(partner: Person, subject: str) -> Links | None:
    """For a platform that has none."""
    return None


@dataclass(frozen=True, slots=True)
class Space:
    """What a platform offers two accounts of one workspace: whether the bot can open a conversation that both share,
    and where it cannot, `links` to a partner with the subject of a meeting; None when too little of them is known.
    `reopens`: opening a conversation again gives the same one. Where it does not, one is begun once for a match, and
    when nobody knows how that ended the two get links. `lists_channels`: the platform lists a workspace's channels
    itself where one is to be chosen. `mail`: what opens an e-mail to an address there."""

    shared: bool
    links: Callable[[Person, str], Links | None] = no_links
    reopens: bool = True
    lists_channels: bool = False
    mail: Callable[[str], str] = mailto


Spaces = Mapping[str, Space]
"""What the platforms offer, by the name that stands in their accounts."""


def way_between(people: Sequence[Person], spaces: Spaces, *, apart: bool = False) -> Way:
    """How these people reach each other; `apart`: no conversation could be opened for them."""
    homes = {(person.account.platform, person.account.workspace) for person in people}
    if len(homes) > 1:
        return Way.RELAY
    ((platform, _),) = homes
    space = spaces.get(platform)
    if space is None:
        return Way.RELAY
    return Way.SHARED if space.shared and not apart else Way.LINKS


def links_to(partner: Person, subject: str, spaces: Spaces) -> Links | None:
    """How to open a chat with somebody of the reader's own workspace, as far as it is known."""
    space = spaces.get(partner.account.platform)
    return None if space is None else space.links(partner, subject)


def mail_between(reader: Person, partner: Person, spaces: Spaces) -> tuple[str, str]:
    """The partner's address and what opens an e-mail to it where the reader is; both "" unless both agree."""
    space = spaces.get(reader.account.platform)
    if space is None or not reader.mail or not partner.mail:
        return "", ""
    return partner.mail, space.mail(partner.mail)


@dataclass(frozen=True, slots=True)
class Card:
    """What both see of a match that has no conversation of its own: when they talk next, who finds the date, and how
    many of their next steps are open and done. `organiser` is a first name, "" for the reader; `email` the partner's
    address where both agree, which `mail` opens."""

    talk_at: datetime | None = None
    organiser: str = ""
    steps_open: int = 0
    steps_done: int = 0
    email: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """How the reader of a message reaches their partner: `links` where they open a chat themselves and enough is known,
    `card` where they write through the bot."""

    way: Way
    links: Links | None = None
    card: Card = Card()
