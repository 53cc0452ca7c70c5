"""What `status` tells of wishes and requests, with a button for whatever waits."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flows.overview import Overview, Place
from flows.people import Role
from flows.requests import Cause, Request, quiet_until
from flows.voice import choosing, not_now, requests
from flows.voice.message import Button, Words
from flows.voice.standing import More
from handlers.requesting import scene_of
from handlers.turn import Turn


def told(turn: Turn, overview: Overview) -> Mapping[str, More]:
    """By cohort, for those in which mentees name mentors; nothing is read for the others."""
    return {
        place.cohort.id: More(
            tuple(_facts(turn, place, looks=_looks(turn, overview, place))),
            tuple(_buttons(turn, place, looks=_looks(turn, overview, place))),
        )
        for place in overview.current
        if place.cohort.takes_wishes and place.participant.has_joined
    }


def _looks(turn: Turn, overview: Overview, place: Place) -> bool:
    """Whether they look for a mentor there: with one, there is nobody to choose."""
    mine = [pair.match.member(turn.me.id).role for pair in overview.pairs_in(place.cohort.id)]
    return Role.MENTEE in place.participant.roles and Role.MENTEE not in mine


def _facts(turn: Turn, place: Place, *, looks: bool) -> Iterator[tuple[str, Words]]:
    say, me = turn.say, place.participant
    if looks:
        mentors = turn.store.wishes.of(me.id).mentors
        chosen = {one: turn.store.participants.get(one).person for one in mentors}
        people = turn.store.people.all(list(chosen.values()))
        names = [people[person].first_name for person in chosen.values()]
        yield say.plain("Your wishes"), choosing.named(names, say)
    for request in _open(turn, place):
        scene = scene_of(turn.store, request)
        role = request.role_of(me.id)
        yield requests.standing(request, role, scene.partner(role), scene.until, say)
    if said := _not_now(turn, place):
        yield say.plain("Requests"), not_now.quiet(said[1], say)


def _open(turn: Turn, place: Place) -> list[Request]:
    me = place.participant.id
    return [one for one in (*turn.store.requests.of_mentee(me), *turn.store.requests.of_mentor(me)) if one.is_open]


def _not_now(turn: Turn, place: Place) -> tuple[Request, datetime] | None:
    """The "Not now" that still holds, and until when."""
    asked = turn.store.requests.of_mentor(place.participant.id)
    until = quiet_until(asked)
    said = next((one for one in reversed(asked) if one.cause is Cause.LATER), None)
    return (said, until) if said is not None and until is not None and until > turn.now else None


def _buttons(turn: Turn, place: Place, *, looks: bool) -> Iterator[Button]:
    me = place.participant
    for request in _open(turn, place):
        role = request.role_of(me.id)
        if role in request.awaited:
            yield requests.answer_button(request, role, scene_of(turn.store, request).partner(role), turn.say)
    if said := _not_now(turn, place):
        yield not_now.ask_me_again(said[0], turn.say)
    if looks and me.may_be_matched(turn.today) and place.cohort.may_be_joined(turn.today):
        yield choosing.open_button(place.cohort.id, turn.say)
