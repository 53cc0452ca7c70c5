"""A match as one of its people meets it: loaded once, for every button of the season."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.content import Content
from flows.journey import Asked, Step, StepKind, Task, steps_of
from flows.match import Match
from flows.meetings import Meeting, MeetingState
from flows.people import Person, Role
from flows.refusal import Refusal
from flows.sessions import open_one, reached
from flows.voice.closing import last_week
from flows.voice.meetings import asked_day
from flows.voice.message import Message
from flows.voice.say import Say
from flows.voice.sessions import Scene, card
from handlers.entering import named_match
from handlers.season.openers import offered
from handlers.turn import Turn
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Stand:
    """A match, its people by id, the steps that it runs by and the conversations that it has reached."""

    match: Match
    people: dict[str, Person]
    steps: tuple[Step, ...]
    meetings: tuple[Meeting, ...]

    def partners(self, person: str) -> Sequence[Person]:
        """Everybody but that person."""
        return [self.people[member.person] for member in self.match.partners(person)]

    def scene(self, person: str, say: Say) -> Scene:
        """What messages to that person speak of."""
        names = say.listing([partner.first_name for partner in self.partners(person)])
        return Scene(self.match.id, names, self.match.member(person).role, self.match.ends_on)

    def step(self, number: int) -> Step:
        """The step of a conversation. Raises Refusal("message.old")."""
        found = next((one for one in self.steps if one.kind is StepKind.SESSION and one.number == number), None)
        if found is None:
            raise Refusal("message.old")
        return found

    def meeting(self, number: int) -> Meeting:
        """The conversation with that number, 0 for the open one. Raises Refusal("message.old")."""
        at = open_one(self.meetings)
        if number == 0 and at is not None:
            return at
        found = next((one for one in self.meetings if one.number == number), None)
        if found is None:
            raise Refusal("message.old")
        return found


def stand_of(store: Store, content: Content, which: str) -> Stand:
    """Load a match and what belongs to it. Raises LookupError."""
    return _stand(store, content, *store.matches.with_people(which))


def enter(turn: Turn, *, living: bool = True) -> Stand:
    """The match that the button names, for somebody who is in it and, unless told otherwise, while it lives.

    Raises Refusal("message.old"), ("match.not_yours") or ("match.over").
    """
    return _stand(turn.store, turn.content, *named_match(turn, living=living))


def _stand(store: Store, content: Content, match: Match, people: dict[str, Person]) -> Stand:
    steps = steps_of(content.journey, match.steps, match.started_on, match.ends_on)
    return Stand(match, people, steps, reached(match, steps, store.sessions.of(match.id)))


def number_of(turn: Turn) -> int:
    """The number of the conversation that the button names, 0 when it names none."""
    given = turn.action.args.get("number", "0")
    if not given.isdecimal():
        raise Refusal("message.old")
    return int(given)


def card_of(stand: Stand, step: Step, reader: Person, content: Content, say: Say) -> Message:
    """The step's card in its present state, as that person reads it."""
    meeting = next((one for one in stand.meetings if one.number == step.number), None) if step.number else None
    scene = stand.scene(reader.id, say)
    if step.kind is StepKind.CLOSING:
        met = sum(one.state is MeetingState.MET for one in stand.meetings)
        return last_week(scene, met, step.title, say)
    return card(scene, step, meeting, tasks_on(step, scene.role, meeting, content), say)


def tasks_on(step: Step, role: Role, meeting: Meeting | None, content: Content) -> Sequence[Task]:
    """The activities that one side may open from a card; some wait until the conversation took place."""
    is_met = meeting is not None and meeting.state is MeetingState.MET
    return [
        task
        for name in step.activities
        if (task := content.journey.tasks[name]).is_for(role)
        and name in offered()
        and (task.asked is Asked.OPEN or is_met)
    ]


def card_key(step: Step, match: str, person: str) -> str:
    """The key of the card that one person gets of a step, for ever."""
    match step.kind:
        case StepKind.SESSION:
            return f"session:{match}:{step.number}:{person}"
        case StepKind.LETTER | StepKind.CLOSING:
            return f"{step.id}:{match}:{person}"


def asked_step(meeting: Meeting) -> str:
    """The step, in the history, of the question whether they met: one for each date that was agreed on."""
    return f"met_{meeting.number}_{asked_day(meeting)}"


def asked_key(meeting: Meeting, person: str) -> str:
    """The key of that question, and of all that it becomes."""
    return question_key(meeting, person, asked_step(meeting))


def question_key(meeting: Meeting, person: str, step: str) -> str:
    """The key of the question that stands in the history as this step."""
    tail = step.removeprefix(f"met_{meeting.number}_").replace("_", ":")
    return f"met:{meeting.match}:{meeting.number}:{person}" + (f":{tail}" if tail else "")


def with_meeting(stand: Stand, meeting: Meeting) -> Stand:
    """The match after something was said of a conversation, or after one has opened."""
    others = (one for one in stand.meetings if one.number != meeting.number)
    return replace(stand, meetings=tuple(sorted((*others, meeting), key=lambda one: one.number)))
