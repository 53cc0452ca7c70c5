"""From a gesture to its handler: one transaction, once per gesture."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flows.people import Person
from flows.refusal import Refusal
from flows.voice import refusals
from flows.voice.message import Action
from handlers import (
    answering,
    connecting,
    helping,
    inviting,
    joining,
    pairing,
    people,
    placing,
    relaying,
    settings,
    standing,
    waiting,
)
from handlers.arriving import elsewhere, greeted, meet
from handlers.coordinating import (
    broadcasts,
    desk,
    ending,
    matches,
    opening,
    programmes,
    publishing,
    reports,
    roles,
    rounds,
    sent,
)
from handlers.coordinating import helping as coordinated_helping
from handlers.coordinating import people as coordinated_people
from handlers.coordinating.desk import gated
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
from handlers.season import checking_in, closing, conversing, meeting, nudging, openers, pulsing, tapping
from handlers.season.settling import settled
from handlers.turn import Handler, Turn
from handlers.words import ADMIN, MENTOR, OPEN, command_in, split
from handlers.writing import agreeing, letters, noting, rating, reviewing, spotlighting
from storage.store import Store

ASKS: Mapping[str, Handler] = {
    "": standing.here,
    "help": helping.help_me,
    "join": joining.join,
    "status": standing.status,
    "pause": standing.pause,
    "resume": standing.resume,
    "leave": standing.leave,
    "settings": settings.show,
    "connect": connecting.connect,
    "letter": letters.ask,
    "spotlight": spotlighting.ask,
}
"""`/mentor WORD`."""

ADMIN_ASKS: Mapping[str, Handler] = {
    verb: gated(verb, act)
    for verb, act in {
        "help": coordinated_helping.help_coordinator,
        "programme new": programmes.new,
        "programme list": programmes.list_all,
        "programme show": programmes.show,
        "programme archive": ending.archive,
        "open": opening.open_it,
        "people": coordinated_people.people,
        "person": coordinated_people.person,
        "match draft": rounds.draft,
        "match show": rounds.show,
        "match lock": rounds.lock,
        "match swap": rounds.swap,
        "match publish": publishing.publish,
        "pair": matches.pair,
        "unpair": matches.unpair,
        "broadcast": broadcasts.broadcast,
        "outbox": sent.outbox,
        "roles": roles.roles,
        "pulse": reports.pulse,
        "report": reports.report,
        "close": ending.close,
    }.items()
}
"""`/mentor-admin WORD`; every one of them is refused to a stranger before it is looked up."""

UNKNOWN_ADMIN_WORD = gated("help", coordinated_helping.unknown)

PRESSES: Mapping[str, Handler] = {
    "session.see": conversing.see,
    "session.date": conversing.ask_date,
    "session.met": conversing.say_met,
    "session.skip": conversing.leave_out,
    "meeting.answer": meeting.answer,
    "feedback.tap": tapping.tap,
    "feedback.enough": tapping.enough,
    "fit.talk": tapping.talk,
    "fit.keep": tapping.enough,
    "nudge.snooze": nudging.snooze,
    "nudge.off": nudging.turn_off,
    "nudge.on": nudging.turn_on,
    "nudge.in_touch": nudging.in_touch,
    "nudge.told": nudging.told,
    "check_in.answer": checking_in.answer,
    "check_in.share": checking_in.share,
    "check_in.keep": checking_in.keep,
    "pulse.answer": pulsing.answer,
    "pulse.enough": pulsing.enough,
    "closing.choose": closing.choose,
    "activity.open": openers.open_activity,
    "joining.join": joining.join,
    "joining.submit": joining.submit,
    "joining.review": joining.look_again,
    "review.take_out": joining.take_out,
    "review.put_back": joining.put_back,
    "question.answer": answering.answer,
    "question.skip": answering.skip,
    "question.back": answering.back,
    "question.stop": answering.stop,
    "question.go_on": answering.go_on,
    "question.change": answering.change,
    "standing.status": standing.status,
    "standing.pause": standing.pause,
    "standing.resume": standing.resume,
    "standing.leave": standing.leave,
    "standing.leave_now": standing.leave_now,
    "standing.stay": standing.stay,
    "settings.open": settings.show,
    "connect.ask": connecting.connect,
    "connect.code": connecting.give_code,
    "connect.here": connecting.write_here,
    "connect.undo": connecting.undo,
    "activity.change": agreeing.change,
    "goals.reached": agreeing.reached,
    "steps.done": agreeing.reached,
    "spotlight.another": spotlighting.another,
    "spotlight.read": spotlighting.read,
    "spotlight.later": spotlighting.later,
    "win.add": spotlighting.add_win,
    "notes.open": noting.open_notes,
    "letter.anew": letters.write_anew,
    "letter.draft": letters.keep_draft,
    "letter.elsewhere": letters.keep_elsewhere,
    "letter.read": letters.read,
    "letter.later": letters.later,
    "programme.what": inviting.what_is_this,
    "programme.not_now": inviting.not_now,
    "match.meet": pairing.meet,
    "match.hello": pairing.say_hello,
    "match.starters": pairing.see_starters,
    "match.about": pairing.about_partner,
    "match.not_a_fit": pairing.not_a_fit,
    "match.keep": pairing.keep,
    "match.end": pairing.end,
    "relay.write": relaying.write,
    "notice.noted": pairing.noted,
    "round.online": waiting.online_is_fine,
    "round.speak": waiting.speak,
    "round.keep": waiting.keep,
    # Buttons of coordinators pass the same gate as the word in whose answer they stand.
    "confirm.drop": gated("help", desk.drop),
    "programme.edit": gated("programme edit", programmes.edit),
    "open.choose": gated("open", opening.choose),
    "open.confirm": gated("open", opening.confirm),
    "match.more": gated("match show", rounds.more),
    "match.publish.confirm": gated("match publish", publishing.confirm),
    "pair.confirm": gated("pair", matches.confirm_pair),
    "unpair.confirm": gated("unpair", matches.confirm_unpair),
    "broadcast.confirm": gated("broadcast", broadcasts.confirm),
    "roles.more": gated("roles", roles.more),
    "outbox.more": gated("outbox", sent.more),
    "outbox.again": gated("outbox", sent.again),
    "outbox.confirm": gated("outbox", sent.confirm),
    "close.confirm": gated("close", ending.confirm_close),
    "report.tables": gated("report", reports.download),
    "report.figure": gated("programme edit", reports.ask_figure),
    "programme.archive.confirm": gated("programme archive", ending.confirm_archive),
}
"""Buttons, by the name of their action."""

SUBMISSIONS: Mapping[str, Handler] = {
    "session.dated": conversing.keep_date,
    "question.changed": answering.changed,
    "standing.paused": standing.paused,
    "settings.save": settings.save,
    "relay.send": relaying.send,
    "letter.seal": settled(letters.seal),
    "goals.keep": settled(agreeing.keep_goals),
    "steps.keep": settled(agreeing.keep_steps),
    "ratings.picked": rating.picked,
    "ratings.send": rating.send,
    "spotlight.send": settled(spotlighting.send),
    "win.keep": spotlighting.keep_win,
    "review.send": reviewing.send_review,
    "expectations.send": reviewing.send_expectations,
    "programme.create": gated("programme new", programmes.create),
    "programme.change": gated("programme edit", programmes.change),
    "report.keep_figure": gated("programme edit", reports.keep_figure),
    "broadcast.write": gated("broadcast", broadcasts.write),
}
"""Dialogs, by the name of their action."""

DIALOGS: frozenset[str] = frozenset(
    {
        OPEN,
        "session.date",
        "activity.open",
        "question.change",
        "standing.pause",
        "settings.open",
        "activity.change",
        "goals.reached",
        "steps.done",
        "spotlight.another",
        "spotlight.read",
        "win.add",
        "notes.open",
        "relay.write",
        "letter.anew",
        "letter.draft",
        "letter.elsewhere",
        "letter.read",
        "programme.edit",
        "report.figure",
    }
)
"""Buttons whose answer is a dialog, unless they come too late for one; some platforms must know it before the press."""
_OPENS_ONE_WAY: Mapping[str, tuple[str, str]] = {"meeting.answer": ("said", "moved")}
"""Buttons of which only those with this argument open a dialog."""

CLOSINGS: Mapping[str, Handler] = {
    "letter.seal": letters.keep_what_was_closed,
}
"""Dialogs that were closed without being sent, by the name of their action; the others lose what was typed."""


def opens(action: Action) -> bool:
    """Whether the answer to this button is a dialog, where it still has one."""
    name, value = _OPENS_ONE_WAY.get(action.name, ("", ""))
    return action.name in DIALOGS or (bool(name) and action.args.get(name) == value)


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
            return PRESSES.get(action.name, helping.old_message)
        case Submitted(action, _):
            return SUBMISSIONS.get(action.name, helping.old_message)
        case Closed(action, _):
            return CLOSINGS.get(action.name, helping.nothing)
        case Asked("mentor-admin", words, _):
            verb, _ = split(words, [word.verb for word in ADMIN])
            return ADMIN_ASKS.get(verb if words.strip() else "help", UNKNOWN_ADMIN_WORD)
        case Asked(_, words, _):
            verb, _ = split(words, [word.verb for word in MENTOR])
            return ASKS.get(verb, helping.unknown_word) if verb or not words.strip() else helping.unknown_word
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
