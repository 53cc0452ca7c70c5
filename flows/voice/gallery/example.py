"""What an example is, and the people and moments that examples speak of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from flows.calendar import Hours
from flows.people import Account, Person
from flows.voice.message import Message


class Shown(StrEnum):
    """Where a message is met, which decides what it must keep to."""

    PROACTIVE = "proactive"
    """The bot speaks first: 60 words at most, a way out in each."""
    ANSWER = "answer"
    """It follows something that the reader did."""
    DIALOG = "dialog"
    """A modal page: its first block is a heading of 24 characters at most."""
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Example:
    """A message as somebody would see it."""

    message: Message
    shown: Shown


INES = Person("p-ines", Account("slack", "T1", "U1"), "Ines Duarte", "en", Hours(zone="Europe/Lisbon"), title="Analyst")
MIRA = Person(
    "p-mira", Account("slack", "T1", "U2"), "Mira Okafor", "en", Hours(zone="Europe/Berlin"), title="Head of data"
)
NOW = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2027, 3, 2)
