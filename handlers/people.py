"""What the directory says of people."""

from handlers.inbound import AccountChanged
from handlers.turn import Turn


def account_changed(turn: Turn) -> None:
    """Take over name and title; to a closed account nothing more is sent, and one that opens again is looked at."""
    what = turn.inbound.what
    if not isinstance(what, AccountChanged):
        return
    person = turn.store.people.renew(turn.me, what.profile)
    if not person.active:
        turn.store.outbox.cancel(to_person=person.id)
    elif not turn.me.active:
        turn.store.schedule.look_at(f"person:{person.id}", turn.now)
