"""What two people write alone and read together: kept until both have sent, then shown to both."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.activities.reading import is_revealed, sent_by
from flows.activities.writing import Writing, WritingState
from flows.refusal import Refusal
from flows.voice.message import Kind, Message, Post, ToPerson
from flows.voice.say import Say
from handlers.turn import Turn
from handlers.writing.scene import Scene

Telling = Callable[[str, Say], Message]
"""A message from the partner's name and the reader's language."""


def mine(turn: Turn, scene: Scene, kind: str, session: int) -> Mapping[str, str]:
    """What the one who acts has sent before; empty when there is nothing."""
    piece = sent_by(turn.store.writings.of_match(scene.match.id), kind, session, turn.me.id)
    return piece.words if piece else {}


def revealed(turn: Turn, scene: Scene, kind: str, session: int) -> bool:
    """Whether both have sent."""
    return is_revealed(turn.store.writings.of_match(scene.match.id), scene.match, kind, session)


def send(
    turn: Turn, scene: Scene, kind: str, session: int, words: Mapping[str, str], *, waiting: Telling, both: Telling
) -> bool:
    """Keep one side's words; True when both are there. A side may change its words until then.

    The first to send reads `waiting`, and the same message becomes `both`, without a sound, once the other one sends.
    Raises Refusal("writing.revealed").
    """
    pieces = turn.store.writings.of_match(scene.match.id)
    if is_revealed(pieces, scene.match, kind, session):
        raise Refusal("writing.revealed")
    earlier = sent_by(pieces, kind, session, turn.me.id)
    if earlier is None:
        piece = Writing(
            turn.new_id(), scene.match.id, turn.me.id, kind, session, WritingState.SENT, turn.now, dict(words)
        )
        turn.store.writings.add(piece)
    else:
        turn.store.writings.save(replace(earlier, words=dict(words), at=turn.now))
    is_both = revealed(turn, scene, kind, session)
    _tell_me(turn, scene, kind, session, both if is_both else waiting, is_first=earlier is None)
    if is_both:
        for partner in scene.partners:
            key = _key(kind, scene, session, partner.id)
            name = turn.say_to(partner).listing([scene.name(one.person) for one in scene.match.partners(partner.id)])
            message = both(name, turn.say_to(partner))
            post = Post(f"{key}:both", ToPerson(partner.id), message, Kind.ANSWER, edits=key)
            turn.store.outbox.put(post, now=turn.now)
    return is_both


def _tell_me(turn: Turn, scene: Scene, kind: str, session: int, telling: Telling, *, is_first: bool) -> None:
    key = _key(kind, scene, session, turn.me.id)
    message = telling(turn.say.listing([person.first_name for person in scene.partners]), turn.say)
    if is_first:
        post = Post(key, ToPerson(turn.me.id), message, Kind.ANSWER)
    else:
        post = Post(f"{key}:{turn.new_id()}", ToPerson(turn.me.id), message, Kind.ANSWER, edits=key)
    turn.store.outbox.put(post, now=turn.now)


def _key(kind: str, scene: Scene, session: int, person: str) -> str:
    return f"{kind}:{scene.match.id}:{session}:{person}"
