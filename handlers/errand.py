"""What a calculation is read, kept and told with: somebody asked for it in a turn that is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flows.calculations import Calculation
from flows.content import Content
from flows.matching.calculation import Answer, Progress, Question
from flows.people import Person
from flows.space import Spaces
from flows.voice.message import Message
from flows.voice.say import Say
from handlers.kit import Kit
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Errand:
    """A calculation inside one transaction. `me` is the person who asked, `say` speaks their language and zone, `now`
    is aware UTC, `owners` are the account user ids of MENTOR_OWNERS, `spaces` what the platforms offer to a pair."""

    calculation: Calculation
    me: Person
    store: Store
    content: Content
    say: Say
    now: datetime
    new_id: Callable[[], str]
    owners: frozenset[str]
    spaces: Spaces

    def say_to(self, person: Person) -> Say:
        """Somebody else's language and zone."""
        return self.content.say(person.locale, person.zone)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: the message for the one who asked, and its id for the audit."""

    message: Message
    about: str


Keep = Callable[[Errand], Kept | None]
"""Stores an answer in a transaction that is short; None: what it was made from has changed, so it is made again."""


class Failed(Protocol):
    """What is said when nothing came of it, for a reason that the log has under this code."""

    def __call__(self, errand: Errand, code: str, *, too_long: bool) -> Message: ...


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of calculation. `verb` is the word that asks for it, and decides who may have the answer; the others may
    raise Refusal, which the one who asked then reads. `ask` and `keep` read everybody, and write nothing."""

    verb: str
    ask: Callable[[Errand], Question]
    """Reads what it is made from."""
    keep: Callable[[Errand, Question, Answer], Keep]
    """Reads what it takes to show the answer, and says how to store it."""
    so_far: Callable[[Errand, int, Progress | None], Message]
    """Of so many people, how far it is."""
    failed: Failed


def run_for(calculation: Calculation, kit: Kit, store: Store) -> Errand:
    """The errand of a calculation."""
    me = store.people.all([calculation.asked_by])[calculation.asked_by]
    say = kit.content.say(me.locale, me.zone)
    return Errand(calculation, me, store, kit.content, say, kit.now(), kit.new_id, kit.owners, kit.spaces)
