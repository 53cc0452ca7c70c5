"""One person, two accounts: joined by a code typed at the second, written to at one of them."""

from dataclasses import replace

from flows.connecting import GOOD_FOR, TRIES, code_of, read_code
from flows.interest import STANCE, TOPIC
from flows.people import Account, Person
from flows.refusal import Refusal
from flows.space import Way, way_between
from flows.voice import connecting as voice
from flows.voice import refusals
from flows.voice.message import Kind, Post, ToPerson
from handlers.inbound import Asked, Pressed, Reply, Where
from handlers.introducing import settle_space
from handlers.turn import Turn
from handlers.words import split
from storage.limits import Pace
from storage.store import Store

GUESSES = Pace(per_minute=TRIES / 60, burst=TRIES)


def has_other_apps(turn: Turn) -> bool:
    """Whether the bot is anywhere else than where they act."""
    return bool(turn.spaces.keys() - {turn.inbound.who.platform})


def connect(turn: Turn) -> Reply:
    """`/mentor connect [CODE]`: a code to type elsewhere, or the one that was given there."""
    typed = split(turn.words, ["connect"])[1] if isinstance(turn.inbound.what, Asked) else ""
    if typed:
        return _join(turn, typed)
    if turn.store.accounts.further(turn.me.id):
        return Reply(voice.stands(turn.say, here=turn.at_main), Where.PRIVATELY)
    return give_code(turn)


def give_code(turn: Turn) -> Reply:
    """A new code, in place of one that was asked for before."""
    if not has_other_apps(turn):
        return _no(turn, "connect.alone")
    code = code_of(turn.new_id())
    turn.store.accounts.ask(turn.me.id, code, until=turn.now + GOOD_FOR)
    return Reply(voice.code(code, turn.say), Where.PRIVATELY)


def _join(turn: Turn, typed: str) -> Reply:
    """The account that typed a code is a further one of the person who was shown it.

    What does not go is answered and not raised: the try that it took must stay counted.
    """
    who, store = turn.inbound.who, turn.store
    if not store.limits.take(f"code:{who.platform}:{who.workspace}:{who.user}", turn.now, GUESSES):
        return _no(turn, "connect.often")
    asker = store.accounts.asker(read_code(typed), turn.now)
    if asker is None:
        return _no(turn, "connect.unknown")
    if asker == turn.me.id:
        return _no(turn, "connect.known" if store.accounts.further(asker) else "connect.same")
    if store.accounts.coordinates(turn.me.id):
        return _no(turn, "connect.coordinates")
    if store.accounts.took_part(turn.me.id):
        has_history = store.accounts.took_part(asker) or store.accounts.coordinates(asker)
        return _no(turn, "connect.both" if has_history else "connect.begin_here")
    person = _fold(turn, asker)
    say = turn.say_to(person)
    post = Post(f"connected:{turn.new_id()}:{person.id}", ToPerson(person.id), voice.notice(who, say), Kind.ANSWER)
    store.outbox.put(post, now=turn.now)
    return Reply(voice.connected(say), Where.PRIVATELY)


def _fold(turn: Turn, asker: str) -> Person:
    """Nothing is left of a stray person but their account."""
    stray, store = turn.me, turn.store
    store.outbox.cancel(to_person=stray.id)
    store.schedule.forget(f"person:{stray.id}")
    store.avoided.fold(stray.id, to=asker)
    _answered_already(store, stray.id, asker)
    store.blocks.fold(stray.id, to=asker)
    store.accounts.fold(stray, to=asker)
    person = store.people.get(asker)
    if stray.email and not person.email:
        person = replace(person, email=stray.email)
        store.people.save(person)
    return person


def _answered_already(store: Store, stray: str, asker: str) -> None:
    """What was counted for one account is not counted for the other once more."""
    survey = store.interest.newest()
    if survey is None:
        return
    for question in (STANCE, TOPIC):
        if store.interest.answered(stray, survey=survey.id, question=question):
            store.interest.stop(asker, survey=survey.id, question=question)


def _no(turn: Turn, key: str) -> Reply:
    return Reply(refusals.refused(Refusal(key), turn.say), Where.PRIVATELY)


def write_here(turn: Turn) -> Reply:
    """`Write to me here instead`."""
    if not turn.at_main:
        move(turn, turn.inbound.who)
    return Reply(voice.moved(turn.say), Where.INSTEAD if isinstance(turn.inbound.what, Pressed) else Where.BELOW)


def move(turn: Turn, account: Account) -> Person:
    """Whoever acts is written to at that further account of theirs: what waits goes there, and where they talk with
    their partners is looked at anew."""
    turn.store.accounts.write_at(turn.me, account)
    turn.store.outbox.move(turn.me.id)
    me = turn.store.people.get(turn.me.id)
    turn.store.schedule.look_at(f"person:{me.id}", turn.now)
    relayed = []
    for match in turn.store.matches.alive_of(me.id):
        people = settle_space(turn, match)
        if len(match.members) == 2 and way_between(list(people.values()), turn.spaces) is Way.RELAY:
            relayed.append((match.id, people[match.partners(me.id)[0].person]))
    if relayed:
        # Their introductions stand in the app that they have left.
        post = Post(f"relayed:{turn.new_id()}:{me.id}", ToPerson(me.id), voice.relayed(relayed, turn.say), Kind.ANSWER)
        turn.store.outbox.put(post, now=turn.now)
    return me


def undo(turn: Turn) -> Reply:
    """`That was not me`, in the app where the code was asked for: the account that typed it is a stranger's again."""
    account = Account(turn.arg("platform"), turn.arg("workspace"), turn.arg("user"))
    if account == turn.inbound.who:
        raise Refusal("message.not_yours")
    if account == turn.me.account:
        move(turn, turn.inbound.who)
    turn.store.accounts.part(turn.me.id, account)
    return Reply(voice.undone(turn.say), Where.INSTEAD)
