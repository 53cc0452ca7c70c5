"""Who wants never to be put together with somebody: what was asked between the two ends as any other request does."""

from flows.people import Person, Role
from flows.requests import Cause
from flows.voice import answered_requests
from flows.voice.message import Message
from handlers.requesting import Scene, close, scene_of
from handlers.turn import Turn


def part_from(turn: Turn, them: Person) -> None:
    """End what is open between the one who acts and that person, in every programme, and take them off the list of
    wishes. The list of the other side stays as it was said, or it would tell."""
    for place in turn.store.participants.of_person(turn.me.id):
        asked = (*turn.store.requests.of_mentee(place.id), *turn.store.requests.of_mentor(place.id))
        for request in (one for one in asked if one.is_open):
            scene, role = scene_of(turn.store, request), request.role_of(place.id)
            if scene.partner(role).id == them.id:
                part(turn, scene, role)
        said = turn.store.wishes.of(place.id)
        theirs = {one.id for one in turn.store.participants.of_person(them.id)}
        if said.at is not None and theirs & set(said.mentors):
            turn.store.wishes.keep(place.id, [one for one in said.mentors if one not in theirs], said.at)


def part(turn: Turn, scene: Scene, role: Role) -> None:
    """End one request. At rest it is a no like any other of that side, in the same words: which one it was is told by
    nothing but the sealed list of whom somebody avoids."""
    if scene.request.is_asked and role is Role.MENTEE:
        take_back(turn, scene)
        return
    cause = Cause.OTHER if role is Role.MENTOR else Cause.NONE
    declined = answered_requests.you_declined(scene.request, scene.partner(role), turn.say)
    close(turn, scene, scene.request.no(cause, turn.now), {role: declined}, by=role)


def take_back(turn: Turn, scene: Scene) -> Message:
    """The mentee no longer asks; what they read. The mentor reads that nobody waits."""
    mentee, mentor = scene.people[Role.MENTEE], scene.people[Role.MENTOR]
    lines = {
        Role.MENTEE: answered_requests.taken_back(mentor, turn.say),
        Role.MENTOR: answered_requests.moved_on(mentee, turn.say_to(mentor)),
    }
    close(turn, scene, scene.request.withdraw(turn.now), lines, by=Role.MENTEE)
    return lines[Role.MENTEE]
