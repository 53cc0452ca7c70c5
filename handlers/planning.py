"""The clock's handler: what is due → outbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.content import Content
from flows.people import Person
from flows.voice.say import Say
from handlers.kit import Kit
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tick:
    """A look at one subject whose moment has come, inside a transaction; the subject's id without its kind."""

    subject: str
    store: Store
    content: Content
    now: datetime
    new_id: Callable[[], str]

    def say_to(self, person: Person) -> Say:
        """That person's language and zone."""
        return self.content.say(person.locale, person.zone)


Planner = Callable[[Tick], datetime | None]
"""Puts what is due into the outbox and says when to look again; None: never."""

PLANNERS: Mapping[str, Planner] = {}
"""By the kind of subject: "match", "person", "cohort"."""

MOST = 200
"""Subjects in one transaction: a turn that waits for the database waits this long at most."""


def plan(kit: Kit) -> int:
    """Look at what is due, at most MOST subjects, in one transaction; how many there were."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        subjects = store.schedule.due(now, MOST)
        for subject in subjects:
            kind, _, which = subject.partition(":")
            store.schedule.look_at(subject, PLANNERS[kind](Tick(which, store, kit.content, now, kit.new_id)))
        return len(subjects)
