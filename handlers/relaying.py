"""`Write to NAME`: words from one partner to the other, carried over once and kept by nobody."""

from dataclasses import replace

from flows.match import Match
from flows.people import Person
from flows.refusal import Refusal
from flows.voice import spaces as voice
from flows.voice.message import Kind, Message, Post, Sealed, ToPerson
from handlers.entering import named_match
from handlers.inbound import Reply, Where
from handlers.introducing import show_anew
from handlers.turn import Turn

MOST_WAITING = 10
"""Messages of one writer that wait for the same reader."""


def write(turn: Turn) -> Reply:
    """The form."""
    match, partner, _ = _mine(turn)
    if not _hears(partner):
        raise Refusal("relay.out_of_reach", name=partner.first_name)
    if turn.store.relays.waiting(match.id, turn.me.id) >= MOST_WAITING:
        raise Refusal("relay.many", name=partner.first_name)
    return Reply(voice.write(match.id, partner, turn.say), Where.DIALOG)


def send(turn: Turn) -> Reply:
    """Sealed at once; opened when it is sent, and deleted when it has arrived."""
    match, partner, me = _mine(turn)
    words = turn.field("words")
    problem = _problem(turn, match, partner, words)
    if problem:
        line = voice.unfit(problem, partner, turn.say)
        return Reply(Message(line, ()), Where.FIELD_ERRORS, {"words": line})
    key = f"relay:{turn.new_id()}:{partner.id}"
    turn.store.relays.add(key, words, match=match.id, author=me.id, at=turn.now)
    post = Post(
        key=key,
        to=ToPerson(partner.id),
        message=voice.carried(match.id, me, Sealed(key), turn.say_to(partner)),
        kind=Kind.MUST_ARRIVE,
        subject=match.id,
    )
    turn.store.outbox.put(post, now=turn.now)
    if not match.member(me.id).said_hello:
        _greet(turn, match, me, partner)
    return Reply(voice.on_its_way(partner, turn.say), Where.BELOW)


def _greet(turn: Turn, match: Match, me: Person, partner: Person) -> None:
    """They have said hello, and the introduction no longer asks for it."""
    turn.store.matches.said_hello(match.id, me.id)
    turn.store.schedule.look_at(f"match:{match.id}", turn.now)
    members = tuple(replace(one, said_hello=one.said_hello or one.person == me.id) for one in match.members)
    show_anew(turn, replace(match, members=members), me, {me.id: me, partner.id: partner})


def _hears(partner: Person) -> bool:
    """Whether anything reaches them; what cannot is not taken, for nobody would ever tell its writer."""
    return partner.active and partner.reachable


def _problem(turn: Turn, match: Match, partner: Person, words: str) -> str:
    if not _hears(partner):
        return "out_of_reach"
    if not words:
        return "empty"
    if len(words) > voice.LONGEST:
        return "long"
    return "many" if turn.store.relays.waiting(match.id, turn.me.id) >= MOST_WAITING else ""


def _mine(turn: Turn) -> tuple[Match, Person, Person]:
    """The match of the button while it lives, the partner, and the writer. Raises Refusal."""
    match, people = named_match(turn, living=True)
    return match, people[match.partners(turn.me.id)[0].person], people[turn.me.id]
