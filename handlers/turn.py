"""All that a handler may use; nothing in it can send."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from flows.calendar import local
from flows.content import Content
from flows.people import Person
from flows.refusal import Refusal
from flows.space import Spaces
from flows.voice.message import Action
from flows.voice.say import Say
from handlers.inbound import Asked, Closed, Filled, Inbound, Pressed, Reply, Submitted, field_of
from storage.store import Store


class Reader(Protocol):
    """Somebody for whom things are read and put into words: the one who acts in a turn, or who asked for what was
    worked out since. `owners` are the account user ids of MENTOR_OWNERS."""

    @property
    def me(self) -> Person: ...
    @property
    def store(self) -> Store: ...
    @property
    def content(self) -> Content: ...
    @property
    def say(self) -> Say: ...
    @property
    def now(self) -> datetime: ...
    @property
    def owners(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One interaction, inside one transaction.

    `me` is the person who acts, `say` speaks their language and zone, `now` is aware UTC, `new_id` makes an
    unguessable short id. `owners` are the account user ids of MENTOR_OWNERS, `spaces` what the connected platforms
    offer to a pair.
    """

    inbound: Inbound
    me: Person
    store: Store
    content: Content
    say: Say
    now: datetime
    new_id: Callable[[], str]
    owners: frozenset[str]
    spaces: Spaces = field(default_factory=dict)
    again: bool = False
    """The gesture was taken before: nothing is to be written."""
    greeted: bool = False
    """The person hears the welcome in answer to this gesture."""

    @property
    def at_main(self) -> bool:
        """Whether they act with the account at which they are written to, and not with a further one of theirs."""
        return self.inbound.who == self.me.account

    @property
    def today(self) -> date:
        """The day on the clock of the one who acts."""
        return local(self.now, self.me.hours).date()

    @property
    def action(self) -> Action:
        """The action of the button or dialog; an empty one for anything else."""
        what = self.inbound.what
        return what.action if isinstance(what, Pressed | Submitted | Closed) else Action("")

    def arg(self, name: str) -> str:
        """An argument of the action. Raises Refusal("message.old") when the button does not carry it."""
        value = self.action.args.get(name)
        if value is None:
            raise Refusal("message.old")
        return value

    @property
    def filled(self) -> Filled:
        """What the form around the button, or the dialog, holds."""
        what = self.inbound.what
        return what.filled if isinstance(what, Pressed | Submitted | Closed) else {}

    def field(self, name: str) -> str:
        """The one value of a form's field, stripped; "" when it was left empty."""
        return field_of(self.filled, name)

    @property
    def words(self) -> str:
        """What stands behind the verb of a command, stripped."""
        what = self.inbound.what
        return what.words.strip() if isinstance(what, Asked) else ""

    def say_to(self, person: Person) -> Say:
        """Somebody else's language and zone."""
        return self.content.say(person.locale, person.zone)


Handler = Callable[[Turn], Reply | None]
"""A plain function of one turn; None when there is nothing to say."""
