"""`/mentor avoid`: somebody is never matched with a person whom they name. Nothing of it is told or counted."""

from flows.people import Person
from flows.refusal import Refusal
from flows.voice import avoiding as voice
from flows.voice.message import Message
from handlers.choosing.parting import part_from
from handlers.coordinating.line import Line, read
from handlers.coordinating.naming import named, with_people
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.words import split


def avoid(turn: Turn) -> Reply:
    """`avoid PERSON`: from now on; without a name whom they avoid. Typed once more it holds as before: who wants to be
    sure must not undo it, and the way back is a button."""
    line = _typed(turn)
    if not line.people and not line.words:
        return Reply(_list(turn), Where.PRIVATELY)
    them = _meant(turn, line)
    avoids = not turn.again or them.id in turn.store.avoided.by(turn.me.id)
    if not turn.again:
        _set(turn, them, avoids=True)
    return Reply(_told(turn, them, avoids=avoids), Where.PRIVATELY)


def keep(turn: Turn) -> Reply:
    """The button after it was let go."""
    them = _pressed(turn)
    _set(turn, them, avoids=True)
    return Reply(_told(turn, them, avoids=True), Where.INSTEAD)


def release(turn: Turn) -> Reply:
    """The way back."""
    them = _pressed(turn)
    _set(turn, them, avoids=False)
    listed = "list" in turn.action.args
    return Reply(_list(turn) if listed else _told(turn, them, avoids=False), Where.INSTEAD)


def _set(turn: Turn, them: Person, *, avoids: bool) -> None:
    if avoids:
        turn.store.avoided.add(turn.new_id(), by=turn.me.id, of=them.id)
        part_from(turn, them)
    elif them.id in turn.store.avoided.by(turn.me.id):
        turn.store.avoided.drop(by=turn.me.id, of=them.id)


def _told(turn: Turn, them: Person, *, avoids: bool) -> Message:
    if not avoids:
        return voice.let_go(them, turn.say)
    alive = turn.store.matches.alive_of(turn.me.id)
    match = next((one.id for one in alive if any(member.person == them.id for member in one.members)), "")
    return voice.avoided(them, match, turn.say)


def _list(turn: Turn) -> Message:
    people = turn.store.people.all(turn.store.avoided.by(turn.me.id)).values()
    return voice.listed(sorted(people, key=lambda one: (one.name.casefold(), one.id)), turn.say)


def _typed(turn: Turn) -> Line:
    """What stands behind the word. Raises Refusal: `avoid.unknown`, and those of a name that several have."""
    try:
        return with_people(turn, read(split(turn.words, ["avoid"])[1]))
    except Refusal as refusal:
        raise _unknown(refusal) from None


def _meant(turn: Turn, line: Line) -> Person:
    """The one person. Raises Refusal: `avoid.unknown`, `avoid.one`, `avoid.oneself`."""
    if not line.people:
        raise Refusal("avoid.unknown")
    if len(line.people) > 1:
        raise Refusal("avoid.one")
    try:
        return _other(turn, named(turn, line.people[0]))
    except Refusal as refusal:
        raise _unknown(refusal) from None


def _unknown(refusal: Refusal) -> Refusal:
    return Refusal("avoid.unknown") if refusal.key in ("people.unknown", "people.no_address") else refusal


def _pressed(turn: Turn) -> Person:
    try:
        return _other(turn, turn.store.people.get(turn.arg("person")))
    except LookupError:
        raise Refusal("message.old") from None


def _other(turn: Turn, them: Person) -> Person:
    if them.id == turn.me.id:
        raise Refusal("avoid.oneself")
    return them
