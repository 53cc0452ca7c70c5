"""What a planner works with when a subject's moment has come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.content import Content
from flows.people import Person
from flows.space import Spaces
from flows.voice.say import Say
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tick:
    """A look at one subject, inside a transaction; the subject's id without its kind.

    `now` is when the look is taken: after an outage later than it was meant to be. What came before `since` was looked
    at already, or before there was anything to look at. `spaces` are what the connected platforms offer to a pair.
    """

    subject: str
    store: Store
    content: Content
    since: datetime
    now: datetime
    new_id: Callable[[], str]
    spaces: Spaces = field(default_factory=dict)

    def say_to(self, person: Person) -> Say:
        """That person's language and zone."""
        return self.content.say(person.locale, person.zone)


Look = Callable[[Tick], datetime | None]
"""Puts what is due into the outbox and says when to look again; None: never."""
Planner = Callable[[Sequence[Tick]], Mapping[str, datetime | None]]
"""Looks at several subjects of one kind, in their order; the next moment of each. What is left out stays due, since
somebody else works on it just now."""


def one_by_one(look: Look) -> Planner:
    """For a kind whose subjects have nothing to read together."""
    return lambda ticks: {tick.subject: look(tick) for tick in ticks}
