"""Which handler answers which word, button and dialog."""

from collections.abc import Mapping

from flows.voice.message import Action
from handlers import (
    answering,
    answering_interest,
    avoiding,
    connecting,
    facts,
    helping,
    inviting,
    joining,
    pairing,
    relaying,
    settings,
    skipping,
    standing,
    waiting,
)
from handlers.choosing import replying, wishing
from handlers.coordinating import acts as coordinating
from handlers.season import checking_in, closing, conversing, meeting, nudging, openers, pulsing, tapping
from handlers.season.settling import settled
from handlers.turn import Handler
from handlers.words import OPEN
from handlers.writing import agreeing, letters, noting, rating, reviewing, spotlighting

ASKS: Mapping[str, Handler] = {
    "": standing.here,
    "help": helping.help_me,
    "join": joining.join,
    "status": standing.status,
    "pause": standing.pause,
    "resume": standing.resume,
    "leave": standing.leave,
    "settings": settings.show,
    "avoid": avoiding.avoid,
    "connect": connecting.connect,
    "letter": letters.ask,
    "spotlight": spotlighting.ask,
}
"""`/mentor WORD`."""

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
    "interest.answer": answering_interest.answer,
    "interest.topic": answering_interest.topic,
    "interest.enough": answering_interest.enough,
    "closing.choose": closing.choose,
    "activity.open": openers.open_activity,
    "joining.join": joining.join,
    "joining.submit": joining.submit,
    "joining.review": joining.look_again,
    "review.take_out": joining.take_out,
    "review.put_back": joining.put_back,
    "question.answer": answering.answer,
    "question.unsure": answering.encourage,
    "question.begin": answering.begin_small,
    "question.skip": answering.skip,
    "question.known": answering.take_known,
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
    "avoid.keep": avoiding.keep,
    "avoid.release": avoiding.release,
    "facts.see": facts.see,
    "facts.right": facts.right,
    "facts.wrong": facts.wrong,
    "facts.later": facts.later,
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
    "wishes.open": wishing.choose,
    "wishes.stop": wishing.stop,
    "request.show": replying.show,
    "request.look": replying.look,
    "request.accept": replying.accept,
    "request.ask": replying.ask,
    "request.decline": replying.decline,
    "request.because": replying.because,
    "request.pass": replying.pass_by,
    "request.later": replying.later,
    "request.again": replying.again,
    "request.never": replying.never,
    "round.skip": skipping.skip,
    "round.take_part": skipping.take_part,
    "round.online": waiting.online_is_fine,
    "round.speak": waiting.speak,
    "round.free_at": waiting.free_at,
    "round.keep": waiting.keep,
    **coordinating.PRESSES,
}
"""Buttons, by the name of their action."""

SUBMISSIONS: Mapping[str, Handler] = {
    "session.dated": conversing.keep_date,
    "question.changed": answering.changed,
    "standing.paused": standing.paused,
    "settings.save": settings.save,
    "relay.send": relaying.send,
    "wishes.keep": wishing.keep,
    "request.send": replying.send,
    "letter.seal": settled(letters.seal),
    "goals.keep": settled(agreeing.keep_goals),
    "steps.keep": settled(agreeing.keep_steps),
    "ratings.picked": rating.picked,
    "ratings.send": rating.send,
    "spotlight.send": settled(spotlighting.send),
    "win.keep": spotlighting.keep_win,
    "review.send": reviewing.send_review,
    "expectations.send": reviewing.send_expectations,
    **coordinating.SUBMISSIONS,
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
        "wishes.open",
        "request.ask",
        "letter.anew",
        "letter.draft",
        "letter.elsewhere",
        "letter.read",
        "programme.edit",
        "programme.new",
        "programme.open_to",
        "report.figure",
        "match.override",
        "pair.override",
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
