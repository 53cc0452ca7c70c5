"""The match that somebody writes in, as the one who acts meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.calendar import local, next_working
from flows.content import Content
from flows.journey import StepKind, steps_of
from flows.match import Match
from flows.meetings import Meeting
from flows.people import Person, Role
from flows.refusal import Refusal
from handlers.entering import named_match
from handlers.turn import Turn
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Scene:
    """A match, its people by id, and the reader among them."""

    match: Match
    people: dict[str, Person]
    me: Person

    @property
    def role(self) -> Role:
        """What the reader is in this match."""
        return self.match.member(self.me.id).role

    @property
    def partners(self) -> Sequence[Person]:
        """Everybody but the reader."""
        return [self.people[member.person] for member in self.match.partners(self.me.id)]

    def name(self, person: str) -> str:
        """The first name of somebody in the match."""
        return self.people[person].first_name


def enter(turn: Turn, *, writes: bool = False) -> Scene:
    """The match that the button names, for somebody who is in it; one that is over can be read and not written in.

    Raises Refusal("message.old"), ("match.not_yours") or ("match.over").
    """
    match, people = named_match(turn, living=writes)
    return Scene(match, people, people[turn.me.id])


def scene_of(turn: Turn, match: Match) -> Scene:
    """The same for a match that was found already."""
    people = {person.id: person for person in turn.store.matches.people_of(match.id)}
    return Scene(match, people, people[turn.me.id])


def partner_name(turn: Turn, scene: Scene) -> str:
    """The partner's first name, or those of all."""
    return turn.say.listing([person.first_name for person in scene.partners])


def last_talk(store: Store, content: Content, match: Match) -> Meeting | None:
    """The last conversation of the plan, once it has opened."""
    steps = steps_of(content.journey, match.steps, match.started_on, match.ends_on)
    number = max((step.number for step in steps if step.kind is StepKind.SESSION), default=0)
    return store.sessions.of(match.id).get(number)


def chosen_match(turn: Turn, *, kinds: frozenset[str] = frozenset()) -> Sequence[Scene]:
    """The matches that a bare command can mean: those that live, and those in which something of these kinds stands.

    Raises Refusal("writing.no_match").
    """
    found = [
        match
        for match in turn.store.matches.of_person(turn.me.id)
        if match.is_alive or any(piece.kind in kinds for piece in turn.store.writings.of_match(match.id))
    ]
    if not found:
        raise Refusal("writing.no_match")
    return [scene_of(turn, match) for match in found]


def session_of(turn: Turn, scene: Scene, kind: str) -> int:
    """The conversation that an activity belongs to: the one that the button names, else the first that asks for it."""
    match = scene.match
    steps = steps_of(turn.content.journey, match.steps, match.started_on, match.ends_on)
    numbers = [step.number for step in steps if kind in step.activities]
    given = turn.action.args.get("number", "")
    if given.isdecimal() and int(given) in numbers:
        return int(given)
    return numbers[0] if numbers else 0


def typed(turn: Turn) -> dict[str, str]:
    """What a form holds, each field's one value stripped; what was left empty is absent."""
    return {name: line for name in turn.filled if (line := turn.field(name))}


def example_day(turn: Turn) -> date:
    """A working day in about two weeks: a date that would fit."""
    later = turn.now + timedelta(days=14)
    return local(next_working(later, turn.me.hours), turn.me.hours).date()
