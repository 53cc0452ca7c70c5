"""Who takes part: accounts, people, participants and their roles."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from flows.calendar import Hours

_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
LONGEST_ADDRESS = 254
LONGEST_FIRST_NAME = 40
"""On a button, with words around it; platforms take 75 characters there."""


def is_address(text: str) -> bool:
    """Whether it is an e-mail address of the usual kind: in a link none of its signs means anything else."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Account:
    """Where a person is found."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform's directory says of an account; `zone` is an IANA name, `locale` a language tag, `email` their
    address at work, each "" where it is not told."""

    name: str
    zone: str
    locale: str
    active: bool = True
    title: str = ""
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the bot knows, with what they told it about when to write to them.

    `nudge_day` is an ISO weekday (1 is Monday), `nudge_at` a local time. Until `zone_known` their hours are those of
    UTC, and nothing may be offered as if they lived there. `email` is private: nobody else is shown it, but a partner
    elsewhere where both agree; `shared_email` says that they do, and the address as they typed it. Who is not
    `reachable` hears nothing until they act again: their platform refused a message to them.
    """

    id: str
    account: Account
    name: str
    locale: str
    hours: Hours = field(default_factory=Hours)
    title: str = ""
    active: bool = True
    nudges: bool = True
    nudge_day: int = 2
    nudge_at: time = time(9, 30)
    introduction: str = ""
    zone_known: bool = True
    email: str = field(default="", repr=False)
    reachable: bool = True
    shared_email: str = field(default="", repr=False)

    @property
    def known_email(self) -> str:
        """The address of the directory where it is one that can be written to; guests have others."""
        return self.email if is_address(self.email) else ""

    @property
    def mail(self) -> str:
        """The address that a partner elsewhere may have, "" where they have not agreed."""
        return (self.known_email or self.shared_email) if self.shared_email else ""

    @property
    def zone(self) -> str:
        """Their time zone, an IANA name."""
        return self.hours.zone

    @property
    def is_named(self) -> bool:
        """Whether anybody has told their name yet; until then it is their account's id."""
        return self.name != self.account.user

    @property
    def first_name(self) -> str:
        """The name by which a message calls them, short enough to stand on a button."""
        first = self.name.split()[0] if self.name.split() else self.name
        return first if len(first) <= LONGEST_FIRST_NAME else f"{first[: LONGEST_FIRST_NAME - 1]}…"


class Role(StrEnum):
    """What somebody is in a cohort; one person may hold both of the first two, in different matches. A PEER learns and
    helps alike; a FACILITATOR is a peer who also keeps a circle going."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    PEER = "peer"
    FACILITATOR = "facilitator"


SIDES = (Role.MENTOR, Role.MENTEE)
"""The two of one-to-one mentoring."""


class Standing(StrEnum):
    """Where a participant stands: nothing counts before JOINED."""

    ANSWERING = "answering"
    JOINED = "joined"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a cohort. `capacity` is how many mentees they offer to meet, 0 to 5; `hidden` are the ids of
    questions whose answers they took out of what the match sees. Who `skips` is not in the next round."""

    id: str
    cohort: str
    person: str
    standing: Standing
    roles: frozenset[Role] = frozenset()
    capacity: int = 0
    paused_until: date | None = None
    hidden: frozenset[str] = frozenset()
    joined_at: datetime | None = None
    waited: int = 0
    skips: bool = False

    @property
    def has_joined(self) -> bool:
        """Whether they are in the cohort, pausing or not."""
        return self.standing in (Standing.JOINED, Standing.PAUSED)

    def may_be_matched(self, today: date) -> bool:
        """Whether they take part."""
        return takes_part(self.standing, self.paused_until, today)


def takes_part(standing: Standing, paused_until: date | None, today: date) -> bool:
    """Joined, or paused until a day that has come: a pause that was given a day ends by itself."""
    if standing is Standing.PAUSED:
        return paused_until is not None and paused_until <= today
    return standing is Standing.JOINED


def is_around(
    standing: Standing, paused_until: date | None, *, active: bool, away_until: date | None, today: date
) -> bool:
    """Whether a match may count on somebody today: they take part, their account is open, and they are not away. While
    one of its people is not around nobody in the match is asked for anything."""
    is_away = away_until is not None and today <= away_until
    return active and not is_away and takes_part(standing, paused_until, today)
