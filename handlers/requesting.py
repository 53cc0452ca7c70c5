"""A request and the two whom it concerns: what each of them reads, from the first word to the end."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.people import Participant, Person, Role
from flows.refusal import Refusal
from flows.requests import SIDES, Request, RequestState
from flows.voice import answered_requests
from flows.voice import requests as voice
from flows.voice.message import Kind, Message, Post, ToPerson
from flows.voice.reasons import sentences
from handlers.introducing import Drawing, minutes_east
from handlers.telling import news
from handlers.turn import Turn
from storage.store import Store

ASKED, QUESTION, ANSWER = "intro_request", "intro_question", "intro_answer"
"""Steps of the history: messages of a request, charged like introductions."""
RELEASED, NEXT = "intro_released", "intro_next"
Reasons = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A request with its two sides."""

    request: Request
    places: Mapping[Role, Participant]
    people: Mapping[Role, Person]

    def partner(self, role: Role) -> Person:
        """Who is meant when that side is spoken to."""
        return self.people[Role.MENTEE if role is Role.MENTOR else Role.MENTOR]

    @property
    def until(self) -> datetime:
        """When silence is an answer."""
        return self.request.ends_at({role: person.hours for role, person in self.people.items()})


def scene_of(store: Store, request: Request) -> Scene:
    """Load the two sides."""
    places = {
        Role.MENTOR: store.participants.get(request.mentor),
        Role.MENTEE: store.participants.get(request.mentee),
    }
    people = store.people.all([place.person for place in places.values()])
    return Scene(request, places, {role: people[place.person] for role, place in places.items()})


def enter(turn: Turn) -> tuple[Scene, Role]:
    """The request of the button, and the side of the one who pressed. Raises Refusal: message.old, .not_yours."""
    try:
        request = turn.store.requests.get(turn.arg("request"))
    except LookupError:
        raise Refusal("message.old") from None
    scene = scene_of(turn.store, request)
    for role, place in scene.places.items():
        if place.person == turn.me.id:
            return scene, role
    raise Refusal("message.not_yours")


def subject(request: Request) -> str:
    """What the planner looks at for it."""
    return f"wish:{request.mentee}"


def keep(turn: Turn, request: Request) -> None:
    """Write what was said. The planner looks at it anew, and cannot end it meanwhile: both write that row."""
    turn.store.requests.save(request)
    turn.store.schedule.look_at(subject(request), turn.now)


def propose(turn: Turn, scenes: Sequence[Scene], *, batch: str = "") -> None:
    """Both sides are asked, each alone; nothing begins before both have said yes."""
    turn.store.requests.add(*(scene.request for scene in scenes))
    several = in_several(turn.store, [person.id for scene in scenes for person in scene.people.values()])
    asked = (replace(invitation(turn, scene, role, several), batch=batch) for scene in scenes for role in SIDES)
    turn.store.outbox.put(*asked, now=turn.now)
    turn.store.schedule.look_at_all([subject(scene.request) for scene in scenes], turn.now)


def invitation(turn: Drawing, scene: Scene, role: Role, several: Collection[str]) -> Post:
    """The message that asks one side; `several` as `message_for` takes it."""
    return post(turn, scene.request, scene.people[role], ASKED, message_for(turn, scene, role, several))


def message_for(turn: Drawing, scene: Scene, role: Role, several: Collection[str]) -> Message:
    """What asks one side, in its words; the programme is named to those who are in several."""
    reader, partner = scene.people[role], scene.partner(role)
    say = turn.say_to(reader)
    offset = minutes_east(reader, turn.now)
    why = sentences(scene.request.reasons, role, partner, turn.content.questions, offset, say)
    message = (
        voice.asked(scene.request, partner, why, scene.until, say)
        if scene.request.is_asked
        else voice.proposal(scene.request, role, partner, why, scene.until, say)
    )
    if reader.id not in several:
        return message
    return voice.in_programme(message, turn.store.programmes.cohort(scene.request.cohort).name, say)


def in_several(store: Store, people: Collection[str]) -> frozenset[str]:
    """Who of them is in more than one programme: the same two may be asked in each."""
    places = store.participants.of_people(people)
    there = Counter(one.person for one in places if one.has_joined)
    return frozenset(person for person, times in there.items() if times > 1)


def post(turn: Drawing, request: Request, reader: Person, step: str, message: Message, *, key: str = "") -> Post:
    """A message about a request."""
    key = key or f"{step}:{request.id}:{reader.id}"
    return news(reader, message, key=key, subject=request.id, step=step, now=turn.now)


def close(turn: Drawing, scene: Scene, over: Request, lines: Mapping[Role, Message], *, by: Role | None = None) -> None:
    """Keep a request that is over. What was written about it turns into a line of each side, silently; whoever said yes
    to a proposal and waits, hears that it comes to nothing. `by`: the side that acts now and gets its own answer."""
    turn.store.outbox.cancel_about(over.id)
    turn.store.relays.forget_matches(over.id)
    turn.store.requests.save(over)
    for role, reader in scene.people.items():
        rewrite(turn, over, reader, lines.get(role) or answered_requests.over(turn.say_to(reader)))
    if over.state is not RequestState.AGREED and not over.is_asked:
        _let_wait(turn, scene, over, by)
    turn.store.schedule.look_at(subject(over), turn.now)
    turn.store.schedule.look_at(f"asked:{over.mentor}", turn.now)


def _let_wait(turn: Drawing, scene: Scene, over: Request, by: Role | None) -> None:
    """A proposal came to nothing: the mentee goes first in the next draft."""
    turn.store.participants.wait_longer(over.mentee)
    for role in sorted(scene.request.agreed - {by}):
        reader = scene.people[role]
        message = answered_requests.released(role, turn.say_to(reader))
        turn.store.outbox.put(post(turn, over, reader, RELEASED, message), now=turn.now)


def rewrite(turn: Drawing, request: Request, reader: Person, message: Message) -> None:
    """Everything that asked one side for a word says this instead, in place."""
    told = {one.step for one in turn.store.outbox.history(request.id) if one.person == reader.id}
    for step in sorted(told & {ASKED, QUESTION, ANSWER}):
        key = f"{step}:{request.id}:{reader.id}"
        changed = Post(f"{key}:{turn.new_id()}", ToPerson(reader.id), message, Kind.ANSWER, edits=key)
        turn.store.outbox.put(changed, now=turn.now)
