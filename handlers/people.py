"""What the platform says of people: who came, what the directory has, who can no longer be reached."""

from dataclasses import replace
from datetime import timedelta

from flows.people import Profile
from flows.voice import welcoming as voice
from flows.voice.message import Kind, Post, ToPerson
from handlers import joining
from handlers.inbound import AccountChanged
from handlers.turn import Turn

JUST_BEFORE = timedelta(milliseconds=1)
REMOVED = "removed"
"""Why somebody cannot be reached who took the bot away."""


def greet(turn: Turn) -> None:
    """The welcome, once a person for ever: its key is never taken twice."""
    post = Post(
        f"welcome:{turn.me.id}",
        ToPerson(turn.me.id),
        voice.welcome(turn.me, turn.say),
        Kind.ANSWER,
        # It goes before whatever else the same gesture brings.
        not_before=turn.now - JUST_BEFORE,
    )
    turn.store.outbox.put(post, now=turn.now)


def came(turn: Turn) -> None:
    """Somebody came where the bot is: the welcome says the rest, and what could not reach them goes on."""
    if not turn.me.reachable:
        joining.go_on(turn)


def went(turn: Turn) -> None:
    """Nothing reaches the person until they come back; a coordinator sees it. From a further account of theirs, that
    one loses its conversation and nothing else changes."""
    if turn.at_main:
        turn.store.people.mark_unreachable(turn.me.id, REMOVED)
    else:
        turn.store.accounts.keep_conversation(turn.inbound.who, None)


def account_changed(turn: Turn) -> None:
    """Take over name and title; to a closed account nothing more is sent, and one that opens again is looked at. Of a
    further account only the address is taken, where none is known."""
    what = turn.inbound.what
    if not isinstance(what, AccountChanged):
        return
    if not turn.at_main:
        _keep_address(turn, what.profile)
        return
    person = turn.store.people.renew(turn.me, what.profile)
    if not person.active:
        turn.store.outbox.cancel(to_person=person.id)
    elif not turn.me.active:
        turn.store.people.mark_reached([person.id])
        turn.store.schedule.look_at(f"person:{person.id}", turn.now)


def _keep_address(turn: Turn, profile: Profile) -> None:
    if profile.email and not turn.me.email:
        turn.store.people.save(replace(turn.me, email=profile.email))
