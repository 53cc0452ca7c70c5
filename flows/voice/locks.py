"""What coordinators read of what they decided before the rules do: pairs kept, kept apart, and people held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.people import Person
from flows.voice.calm import line
from flows.voice.limits import limit_word
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Form,
    Heading,
    Message,
    Note,
    Paragraph,
    Plain,
    TextField,
    Tone,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as it is shown: by whom, on which day of the reader, and, where limits were overridden, these and
    why."""

    by: str
    day: date
    limits: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """Two between whom hard limits stand."""

    mentee: Person
    mentor: Person
    limits: Sequence[str]


def limits_of(limits: Sequence[str], say: Say) -> str:
    """Several hard limits, in a few words each."""
    # Two of them may say the same: who pauses is not told from whom somebody avoids.
    return say.listing(list(dict.fromkeys(limit_word(limit, say) for limit in limits)))


def lock_lost(mentee: Person, mentor: Person, say: Say) -> Words:
    """A lock that does not hold now: it comes back when what is in its way is gone."""
    return say("The lock on {mentee} with {mentor} does not hold now.", mentee=mention(mentee), mentor=mention(mentor))


def locked(number: str, mentee: Person, mentor: Person, say: Say) -> Message:
    """A pair stays together in the next draft."""
    return line(
        say(
            "Pair {number} is locked: {mentee} with {mentor}.",
            number=number,
            mentee=mention(mentee),
            mentor=mention(mentor),
        ),
        note=say(
            "It stays when you draft again. The same words again let it go; in a new draft, with its number there. "
            "Nobody has been told."
        ),
    )


def released(number: str, mentee: Person, mentor: Person, say: Say) -> Message:
    """A pair may change again in the next draft."""
    return line(
        say(
            "Pair {number} is no longer locked: {mentee} with {mentor}.",
            number=number,
            mentee=mention(mentee),
            mentor=mention(mentor),
        ),
        note=say("The next draft may change it. Nobody has been told."),
    )


def lock_ended(mentee: Person, mentor: Person, say: Say) -> Message:
    """A lock that did not hold is let go."""
    return line(
        say("The lock on {mentee} with {mentor} is let go.", mentee=mention(mentee), mentor=mention(mentor)),
        note=say("Nobody has been told."),
    )


def forbidden(mentee: Person, mentor: Person, say: Say, *, were_a_pair: bool) -> Message:
    """Two people are kept apart from now on."""
    return line(
        say("{mentee} and {mentor} are kept apart in these rounds.", mentee=mention(mentee), mentor=mention(mentor)),
        note=say("They were a pair of this draft and are no longer: draft again. Nobody has been told.")
        if were_a_pair
        else say("Every draft keeps to it; the same words again let it go. Nobody has been told."),
    )


def permitted(mentee: Person, mentor: Person, say: Say) -> Message:
    """Two people may be a pair again."""
    return line(
        say("{mentee} and {mentor} may be a pair again.", mentee=mention(mentee), mentor=mention(mentor)),
        note=say("The next draft looks at them too. Nobody has been told."),
    )


def held(person: Person, partners: Sequence[str], say: Say) -> Message:
    """Somebody is kept out of the rounds; `partners` had them in this draft."""
    return line(
        say("{person} is on hold: no draft gives them anybody.", person=mention(person)),
        note=say(
            "Draft again: in this one they were with {names}. Nobody has been told.", names=say.listing(list(partners))
        )
        if partners
        else say("The same words again let them go. Nobody has been told."),
    )


def let_go(person: Person, say: Say) -> Message:
    """Somebody is in the rounds again."""
    return line(
        say("{person} is no longer on hold.", person=mention(person)),
        note=say("The next draft looks for somebody. Nobody has been told."),
    )


def pinned(told: Told, say: Say) -> Words:
    """Behind a pair of the review."""
    if told.limits:
        return say(
            "Locked by {by}, {day}, against {limits}: “{why}”",
            by=told.by,
            day=say.day(told.day),
            limits=limits_of(told.limits, say),
            why=told.why,
        )
    return say("Locked by {by}, {day}.", by=told.by, day=say.day(told.day))


def apart(mentee: Person, mentor: Person, told: Told, say: Say) -> Words:
    """A line of the review: two who are kept apart."""
    return say(
        "Kept apart by {by}, {day}: {mentee} and {mentor}.",
        mentee=mention(mentee),
        mentor=mention(mentor),
        by=told.by,
        day=say.day(told.day),
    )


def on_hold(person: Person, told: Told, say: Say) -> Words:
    """A line of the review: somebody who is held."""
    return say("On hold by {by}, {day}: {person}.", person=mention(person), by=told.by, day=say.day(told.day))


def refused(barred: Barred, action: Action | None, say: Say, *, by_hand: bool = False) -> Message:
    """A hard limit stands between two people. `action` opens the form of whoever decides against it; None where nobody
    can."""
    told = say(
        "{mentee} and {mentor} cannot be matched. What stands in the way: {limits}.",
        mentee=mention(barred.mentee),
        mentor=mention(barred.mentor),
        limits=limits_of(barred.limits, say),
    )
    if action is None:
        return line(told, note=say("Nothing has changed. Nobody can decide against this; another pair can."))
    button = say.plain("Match them anyway") if by_hand else say.plain("Lock it anyway")
    note = _against_it(say)
    if by_hand:
        note = say("You can decide against it and say why, which is kept with your name. Both are introduced at once.")
    buttons = Buttons((Button(button, action, Tone.GRAVE),))
    return Message(summary=flatten(told), blocks=(Paragraph(told), Note(note), buttons))


def swap_refused(barred: Sequence[Barred], action: Action | None, say: Say) -> Message:
    """An exchange of two mentors of which a hard limit stands against one pair or both; `action` as in `refused`."""
    told = say("These two pairs cannot exchange mentors.")
    found = Bullets(
        tuple(
            say(
                "Between {mentee} and {mentor}: {limits}.",
                mentee=mention(one.mentee),
                mentor=mention(one.mentor),
                limits=limits_of(one.limits, say),
            )
            for one in barred
        )
    )
    if action is None:
        note = say("Nothing has changed. Nobody can decide against this; another exchange can.")
        return Message(summary=flatten(told), blocks=(Paragraph(told), found, Note(note)))
    buttons = Buttons((Button(say.plain("Swap them anyway"), action, Tone.GRAVE),))
    return Message(summary=flatten(told), blocks=(Paragraph(told), found, Note(_against_it(say)), buttons))


def _against_it(say: Say) -> Words:
    return say("Nothing has changed. You can decide against it and say why: that is kept with your name.")


def ask_why(barred: Sequence[Barred], action: Action, say: Say, *, costs: Sequence[Words] = ()) -> Message:
    """The dialog of whoever decides against a limit; `costs` say what it does to the draft."""
    told = [
        say.plain(
            "{mentee} and {mentor}, against {limits}.",
            mentee=one.mentee.name,
            mentor=one.mentor.name,
            limits=limits_of(one.limits, say),
        )
        for one in barred
    ]
    why = TextField(
        "why",
        say.plain("Why it is right all the same"),
        hint=say.plain("Other coordinators read this."),
        limit=300,
        long=True,
    )
    return Message(
        summary=" ".join(told),
        blocks=(
            Heading(say.plain("Against a limit")),
            *(Paragraph((Plain(one),)) for one in told),
            *((Bullets(tuple(costs)),) if costs else ()),
            Form((why,), Button(say.plain("Decide against it"), action, Tone.GRAVE)),
        ),
    )


def why_needed(say: Say) -> str:
    """Beside the field, when nothing was written."""
    return say.plain("A few words, such as: both asked for it, and their director agrees.")
