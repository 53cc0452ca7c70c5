"""From a gesture to its handler: one transaction, once per gesture."""

from dataclasses import replace
from datetime import datetime

from flows.people import Person
from flows.refusal import Refusal
from flows.voice import refusals
from handlers import acts, answering, helping, people, placing, standing
from handlers.arriving import elsewhere, greeted, meet
from handlers.coordinating import acts as coordinating
from handlers.inbound import (
    AccountChanged,
    Asked,
    Closed,
    Inbound,
    Joined,
    Left,
    Opened,
    Places,
    Pressed,
    Reply,
    Said,
    Submitted,
    Where,
)
from handlers.kit import Kit
from handlers.repeating import answer_again
from handlers.turn import Handler, Turn
from handlers.words import ADMIN, MENTOR, OPEN, command_in, split
from storage.store import Store


def dispatch(inbound: Inbound, kit: Kit) -> Reply | None:
    """Run the turn of one gesture in the database thread and commit it; None when there is nothing to say.

    A repeated gesture has no second effect, and is answered with the present state. A Refusal rolls back and is
    answered privately. Anything else that is raised is a bug or a broken database: nothing is committed, and the
    platform delivers the gesture again.
    """
    now = kit.now()
    say = kit.content.say("en", "UTC")
    try:
        with kit.database.transaction() as connection:
            store = Store(connection, kit.keyring)
            if not store.inbox.first_time(inbound.who.platform, inbound.id, now.date()):
                kit.repeated()
                return _repeated(inbound, store, kit, now)
            if isinstance(inbound.what, Places):
                placing.learn(inbound.who, inbound.what, store)
                return None
            if isinstance(inbound.what, AccountChanged | Left) and store.people.of(inbound.who) is None:
                # A directory tells of everybody in the company; who never came here is not written down.
                return None
            me = meet(inbound, store, kit.new_id)
            say = kit.content.say(me.locale, me.zone)
            turn = _understood(greeted(_turn(inbound, me, store, kit, now)))
            reply = elsewhere(turn, _handler(turn)(turn))
            if store.wants:
                kit.wanted()
            if reply is not None and reply.where is Where.FIELD_ERRORS:
                # A dialog that is sent back keeps what was typed; a bare acknowledgement of the repeat would close it.
                store.inbox.give_back(inbound.who.platform, inbound.id)
            if reply is not None and reply.where is Where.INSTEAD and inbound.receipt:
                # What is shown now is newer than what earlier turns wanted to see there.
                store.outbox.overtake(inbound.receipt, to_person=me.id, now=now)
            return reply
    except Refusal as refusal:
        return Reply(refusals.refused(refusal, say), Where.PRIVATELY)


def _repeated(inbound: Inbound, store: Store, kit: Kit, now: datetime) -> Reply | None:
    me = store.people.of(inbound.who)
    if me is None:
        return None
    turn = _understood(replace(_turn(inbound, me, store, kit, now), again=True))
    return answer_again(turn, _handler(turn))


def _turn(inbound: Inbound, me: Person, store: Store, kit: Kit, now: datetime) -> Turn:
    say = kit.content.say(me.locale, me.zone)
    return Turn(inbound, me, store, kit.content, say, now, kit.new_id, kit.owners, kit.spaces)


def _understood(turn: Turn) -> Turn:
    """A typed message that begins as a command is one, unless it answers a question that is open; and so is a button
    that stands for a word."""
    what = turn.inbound.what
    if isinstance(what, Pressed) and what.action.name == OPEN:
        asked = Asked(what.action.args.get("command", "mentor"), what.action.args.get("words", ""))
        return replace(turn, inbound=replace(turn.inbound, what=asked))
    if not isinstance(what, Said) or not what.may_be_word:
        return turn
    line = command_in(what.text)
    if not line or answering.awaits_text(turn):
        return turn
    return replace(turn, inbound=replace(turn.inbound, what=Asked("mentor", line, typed=True)))


def _handler(turn: Turn) -> Handler:
    match turn.inbound.what:
        case Pressed(action, _):
            return acts.PRESSES.get(action.name, helping.old_message)
        case Submitted(action, _):
            return acts.SUBMISSIONS.get(action.name, helping.old_message)
        case Closed(action, _):
            return acts.CLOSINGS.get(action.name, helping.nothing)
        case Asked("mentor-admin", words, _):
            verb, _ = split(words, [word.verb for word in ADMIN])
            return coordinating.ASKS.get(verb if words.strip() else "help", coordinating.UNKNOWN_WORD)
        case Asked(_, words, _):
            verb, _ = split(words, [word.verb for word in MENTOR])
            return acts.ASKS.get(verb, helping.unknown_word) if verb or not words.strip() else helping.unknown_word
        case Said():
            return answering.typed
        case Opened():
            return standing.home
        case AccountChanged(_):
            return people.account_changed
        case Joined():
            return people.came
        case Left():
            return people.went
        case Places():
            return helping.nothing
