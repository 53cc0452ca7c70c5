"""Who acts, and where: met for the first time, welcomed, written to here or in another app."""

from collections.abc import Callable
from dataclasses import replace

from flows.people import Person, Profile
from flows.voice import connecting as voice
from handlers import connecting, people
from handlers.inbound import AccountChanged, Asked, Inbound, Joined, Left, Pressed, Reply, Said, Where
from handlers.turn import Turn
from storage.store import Store


def meet(inbound: Inbound, store: Store, new_id: Callable[[], str]) -> Person:
    """The person behind the account that acts, known from now on at the latest."""
    person = store.people.of(inbound.who)
    if person is None:
        stranger = Profile(name=inbound.who.user, zone="", locale="en")
        return store.people.meet(inbound.who, inbound.profile or stranger, new_id())
    if inbound.profile is None or inbound.who != person.account:
        # What somebody is called is what the app says in which they are written to.
        return person
    return store.people.renew(person, inbound.profile)


def greeted(turn: Turn) -> Turn:
    """Whoever acts can be reached again, and where they act; whoever comes for the first time is welcomed."""
    conversation, what = turn.inbound.conversation, turn.inbound.what
    if isinstance(what, Left | AccountChanged):
        return turn
    if not turn.at_main:
        return _at_further_account(turn)
    if not turn.me.reachable:
        turn.store.people.mark_reached([turn.me.id])
    is_first = bool(conversation) and turn.store.people.reach(turn.me.id, conversation)
    if not is_first and not isinstance(what, Joined):
        return turn
    if turn.store.accounts.further(turn.me.id):
        # They have been here for long, under another account.
        return turn
    people.greet(turn)
    return replace(turn, greeted=True)


def _at_further_account(turn: Turn) -> Turn:
    """It is known where they act; and who cannot be written to at their main account is written to here from now on:
    whatever went there would be lost."""
    if turn.inbound.conversation:
        turn.store.accounts.keep_conversation(turn.inbound.who, turn.inbound.conversation)
    if turn.me.active and turn.me.reachable:
        return turn
    return replace(turn, me=connecting.move(turn, turn.inbound.who))


def elsewhere(turn: Turn, reply: Reply | None) -> Reply | None:
    """What follows a gesture as a message of its own goes to the app in which they are written to; where they act, it
    is said so."""
    if turn.at_main:
        return reply
    person = turn.store.people.of(turn.inbound.who)
    if person is None or person.account == turn.inbound.who:
        # They have just chosen to be written to here.
        return reply
    if reply is None:
        is_answered = isinstance(turn.inbound.what, Pressed | Said | Asked)
        return Reply(voice.elsewhere(turn.say), Where.BELOW) if is_answered else None
    if turn.me.id not in turn.store.outbox.answered or reply.where not in (Where.BELOW, Where.PRIVATELY, Where.INSTEAD):
        return reply
    return replace(reply, message=voice.with_more_elsewhere(reply.message, turn.say))
