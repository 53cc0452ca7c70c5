"""`block`: two people are never matched, because a coordinator says so. Nobody learns here whom people avoid."""

from collections.abc import Sequence

from flows.apart import Block, ordered
from flows.people import Person
from flows.refusal import Refusal
from flows.roles import EVERYWHERE, Rank
from flows.voice import blocks as voice
from flows.voice.message import Message
from handlers.coordinating.desk import Done, grants, within
from handlers.coordinating.naming import expect, named, typed
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def block(turn: Turn) -> Done:
    """`block PERSON, PERSON`: from now on, or once more to let it go; alone: whom the caller keeps apart."""
    line = typed(turn)
    if not line.people and not line.words:
        return Done(Reply(_list(turn), Where.PRIVATELY), outcome="shown")
    expect(turn, line, many=2)
    if len(line.people) != 2:
        raise Refusal("block.two")
    one, other = (named(turn, user) for user in line.people)
    if one.id == other.id:
        raise Refusal("block.oneself")
    found = turn.store.blocks.of(one.id, other.id, by=turn.me.id)
    if turn.again:
        told = _blocked(turn, found, one, other) if found else voice.released(one, other, turn.say)
        return Done(Reply(told, Where.PRIVATELY))
    if found is None:
        return _keep(turn, one, other, Where.PRIVATELY)
    turn.store.blocks.drop(found.id)
    return Done(Reply(voice.released(one, other, turn.say), Where.PRIVATELY), found.id, outcome="released")


def keep(turn: Turn) -> Done:
    """The button after a pair was let go."""
    people = turn.store.people.all([turn.arg("one"), turn.arg("other")])
    if len(people) != 2:
        raise Refusal("message.old")
    one, other = people[turn.arg("one")], people[turn.arg("other")]
    return _keep(turn, one, other, Where.INSTEAD)


def release(turn: Turn) -> Done:
    """The way back: for who keeps them apart, and for owners of everything."""
    which = turn.arg("block")
    found = turn.store.blocks.get(which)
    if found is None:
        return Done(Reply(_list(turn), Where.INSTEAD), which)
    if found.by != turn.me.id and not _owns_everything(turn):
        raise Refusal("message.not_yours")
    turn.store.blocks.drop(found.id)
    people = turn.store.people.all(found.people)
    one, other = (people[person] for person in found.people)
    told = _list(turn) if "list" in turn.action.args else voice.released(one, other, turn.say)
    return Done(Reply(told, Where.INSTEAD), found.id, outcome="released")


def _keep(turn: Turn, one: Person, other: Person, where: Where) -> Done:
    found = turn.store.blocks.of(one.id, other.id, by=turn.me.id)
    if found is None:
        found = Block(turn.new_id(), ordered(one.id, other.id), turn.me.id, turn.now)
        turn.store.blocks.add(found)
    return Done(Reply(_blocked(turn, found, one, other), where), found.id)


def _blocked(turn: Turn, found: Block, one: Person, other: Person) -> Message:
    """With a word on a match that they have, where the caller may end it; others are none of their business."""
    cohorts = {cohort.id for cohort in within(turn, "unpair")}
    theirs = [match for match in turn.store.matches.alive_of(one.id) if match.cohort in cohorts]
    matched = any(member.person == other.id for match in theirs for member in match.members)
    return voice.blocked(found.id, one, other, turn.say, matched=matched)


def _list(turn: Turn) -> Message:
    mine = turn.me.id
    found: Sequence[Block] = turn.store.blocks.all(by="" if _owns_everything(turn) else mine)
    people = turn.store.people.all(sorted({person for one in found for person in (*one.people, one.by)}))
    lines = [
        voice.Listed(
            one.id, people[one.people[0]], people[one.people[1]], people.get(one.by) if one.by != mine else None
        )
        for one in found
    ]
    return voice.listed(lines, turn.say)


def _owns_everything(turn: Turn) -> bool:
    return any(grant.rank is Rank.OWNER and grant.programme == EVERYWHERE for grant in grants(turn))
