"""What a planner works with when a subject's moment has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows.content import Content
from flows.people import Person
from flows.voice.say import Say
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tick:
    """A look at one subject, inside a transaction; the subject's id without its kind.

    `due` is the moment that was written down for it, `now` when the look is taken: later after an outage. A moment
    that is not one of the planner's own was set by a turn that only wants the next one computed anew.
    """

    subject: str
    store: Store
    content: Content
    due: datetime
    now: datetime
    new_id: Callable[[], str]

    def say_to(self, person: Person) -> Say:
        """That person's language and zone."""
        return self.content.say(person.locale, person.zone)


Planner = Callable[[Tick], datetime | None]
"""Puts what is due into the outbox and says when to look again; None: never."""
