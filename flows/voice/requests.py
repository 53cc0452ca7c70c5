"""What is said of a request: to the two who may become a match, and of how it ended. Nobody hears who said no."""

from collections.abc import Sequence
from datetime import datetime

from flows.people import Person, Role
from flows.requests import Cause, Question, Request
from flows.voice.coordinating import line
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
    Quote,
    Sealed,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten
from flows.voice.writing import short

LONGEST = 600
"""Characters of a question or its answer."""


def proposal(
    request: Request, role: Role, partner: Person, reasons: Sequence[Words], until: datetime, say: Say
) -> Message:
    """We would like to introduce you: what each of the two reads before anything begins. The reader holds `role`."""
    opening = say("**We would like to introduce you to {name}.**", name=_known(partner, say))
    if role is Role.MENTOR:
        what = say("{name} is looking for a mentor.", name=partner.first_name)
    else:
        what = say("{name} could be your mentor.", name=partner.first_name)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph((*opening, *say(" "), *what)),
            Bullets(tuple(reasons[:3])),
            Note(say("It begins when you both say yes, by {day}. A no is told to nobody.", day=_day(until, say))),
            _ways(request, role, partner, say),
        ),
    )


def asked(request: Request, partner: Person, reasons: Sequence[Words], until: datetime, say: Say) -> Message:
    """Somebody asks a mentor."""
    opening = say("**{name} asks whether you would be a mentor.**", name=_known(partner, say))
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Bullets(tuple(reasons[:3])),
            Note(say("Your answer by {day} is soon enough. A no is kind, too.", day=_day(until, say))),
            _ways(request, Role.MENTOR, partner, say),
        ),
    )


def _known(person: Person, say: Say) -> str:
    """As far as somebody is shown before both agree: first name and title."""
    if not person.title:
        return person.first_name
    return say.plain("{name} ({title})", name=person.first_name, title=person.title)


def _ways(request: Request, role: Role, partner: Person, say: Say) -> Buttons:
    args = {"request": request.id}
    accept = Button(say.plain("Accept"), Action("request.accept", args), Tone.MAIN)
    ask = Button(say.plain("Ask something first"), Action("request.ask", args))
    never = Button(say.plain("Not this person"), Action("request.never", args))
    if role is Role.MENTEE:
        no = Button(say.plain("Not this time"), Action("request.pass", args))
        return Buttons((accept, never, no))
    no = Button(say.plain("Decline"), Action("request.decline", args))
    later = Button(say.plain("Not now"), Action("request.later", args))
    question = (ask,) if request.question is Question.NONE else ()
    return Buttons((accept, *question, no, never, later))


def _day(until: datetime, say: Say) -> str:
    return say.moment(until)


def why_not(request: Request, partner: Person, say: Say) -> Message:
    """Which of three reasons it is; only that is kept."""
    opening = say("Which comes closest? {name} reads only that it does not fit this time.", name=partner.first_name)
    causes = (
        (Cause.TIME, say.plain("Not enough time")),
        (Cause.FIELD, say.plain("Not my field")),
        (Cause.OTHER, say.plain("Somebody else suits better")),
    )
    args = {"request": request.id}
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Buttons(
                (
                    *(Button(label, Action("request.because", {**args, "cause": cause})) for cause, label in causes),
                    Button(say.plain("Back"), Action("request.show", args)),
                )
            ),
            Note(say("Coordinators see no name with it.")),
        ),
    )


def you_agreed(partner: Person, say: Say) -> Message:
    """One side said yes; the other has not answered yet."""
    return line(
        say("You said yes to {name}.", name=partner.first_name),
        note=say("As soon as {name} does, you are introduced. Either way you hear from us.", name=partner.first_name),
    )


def begun(partner: Person, say: Say) -> Message:
    """Both said yes."""
    return line(say("You and {name} both said yes. Your introduction is on its way.", name=partner.name))


def you_declined(partner: Person, say: Say) -> Message:
    """The reader said no."""
    return line(
        say("It is noted. {name} reads that it does not fit this time, and no reason.", name=partner.first_name),
        note=say("You stay in the programme. {word} shows where you stand.", word="/mentor status"),
    )


def never_again(partner: Person, say: Say) -> Message:
    """The two are not proposed to each other any more."""
    return line(
        say("You and {name} are not put together. Nobody is told, and no reason is asked.", name=partner.first_name)
    )


def too_late(say: Say) -> Message:
    """Somebody said yes, and the two can be no pair any more. One sentence for whatever it is: a place that went, a
    pause, or that one of the two wants it so. Were they told apart, the last would show."""
    return line(
        say("Thank you for your yes. Something has changed since, and you two cannot be matched now."),
        note=say("It says nothing about you. You stay in the programme, and the next draft looks again."),
    )


def found_somebody(partner: Person, say: Say) -> Message:
    """To a mentor: the mentee no longer needs an answer."""
    return line(say("{name} has found somebody. There is nothing to do.", name=partner.first_name))


def moved_on(partner: Person, say: Say) -> Message:
    """To a mentor who did not answer: nobody waits any more."""
    return line(
        say("{name} has moved on, so nobody waits for your answer.", name=partner.first_name),
        note=say("That is all right. You stay in the programme."),
    )


def over(say: Say) -> Message:
    """Neither side is told who ended it, or why."""
    return line(say("This is over. Nobody waits for your answer any more."))


def released(role: Role, say: Say) -> Message:
    """To one side of a proposal that came to nothing: no word of who, and none of why."""
    opening = say("**This pair does not come together this time.** It happens, and says nothing about you.")
    if role is Role.MENTEE:
        follows = say("You go first in the next draft.")
    else:
        follows = say("The next draft looks for somebody else.")
    return Message(summary=flatten(opening), blocks=(Paragraph(opening), Paragraph(follows), _calm(say)))


def next_one(before: Person, after: Person, cohort: str, say: Say) -> Message:
    """To a mentee: one does not fit, the next is asked."""
    opening = say(
        "**{before} cannot this time. We ask {after} next.**", before=before.first_name, after=after.first_name
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Note(say("That says nothing about you. Mentors have few places.")),
            Buttons(
                (
                    Button(say.plain("Change my list"), Action("wishes.open", {"cohort": cohort})),
                    Button(say.plain("Stop asking"), Action("wishes.stop", {"cohort": cohort})),
                )
            ),
        ),
    )


def nobody_left(cohort: str, next_round: str, say: Say) -> Message:
    """To a mentee: the list is at its end; `next_round` is a day in words, or "" where none is set."""
    opening = say("**Nobody on your list can this time.** That says nothing about you: mentors have few places.")
    if next_round:
        follows = say("We look for you in the next draft, on {day}. Or you name others.", day=next_round)
    else:
        follows = say("We look for you in the next draft. Or you name others.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(follows),
            Buttons(
                (
                    Button(say.plain("Choose mentors"), Action("wishes.open", {"cohort": cohort}), Tone.MAIN),
                    Button(say.plain("Wait for the draft"), Action("notice.noted")),
                )
            ),
        ),
    )


def stopped(say: Say) -> Message:
    """The mentee's list is empty, and nobody is asked."""
    return line(
        say("Nobody is asked for you any more, and your list is empty."),
        note=say("You stay in the programme, and the next draft looks for you."),
    )


def taken_back(partner: Person, say: Say) -> Message:
    """The mentee no longer asks this mentor."""
    return line(
        say("{name} is no longer asked.", name=partner.first_name),
        note=say("If your list goes on, we ask the next one."),
    )


def write(request: Request, partner: Person, role: Role, say: Say) -> Message:
    """The form for a mentor's question, or the mentee's answer."""
    args = {"request": request.id}
    label = say.plain("Your question") if role is Role.MENTOR else say.plain("Your answer")
    words = TextField(
        "words",
        label,
        hint=say.plain("Only {name} sees this.", name=partner.first_name),
        limit=LONGEST,
        long=True,
    )
    send = Button(say.plain("Send it"), Action("request.send", args), Tone.MAIN)
    return Message(
        summary=say.plain("A few words to {name}.", name=partner.first_name),
        blocks=(
            Heading(say.plain("A few words")),
            Paragraph(say("I carry it over once and keep no copy. The three days begin anew.")),
            Form((words,), send),
        ),
    )


def unfit(words: str, say: Say) -> str:
    """A friendly line for words that cannot go; "" when they can."""
    if not words:
        return say.plain("A few words are enough here.")
    if len(words) > LONGEST:
        return say.plain("That is more than fits here. {most} letters are the most.", most=str(LONGEST))
    return ""


def question(request: Request, mentor: Person, words: Sealed | Quote, say: Say) -> Message:
    """To a mentee: what the mentor would like to know first."""
    opening = say("**{name} would like to know something first.**", name=mentor.first_name)
    args = {"request": request.id}
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            words,
            Note(say("You can answer once. Only {name} sees it.", name=mentor.first_name)),
            Buttons(
                (
                    _answer(request, mentor, say),
                    Button(say.plain("Rather not"), Action("request.pass", args)),
                )
            ),
        ),
    )


def answer(request: Request, mentee: Person, words: Sealed | Quote, say: Say) -> Message:
    """To a mentor: what the mentee answers."""
    opening = say("**{name} has answered you.**", name=mentee.first_name)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            words,
            Note(say("I carried this over and keep no copy.")),
            _ways(request, Role.MENTOR, mentee, say),
        ),
    )


def carried(request: Request, partner: Person, role: Role, say: Say) -> Message:
    """The words are on their way; a mentor may decide all the same."""
    told = say("Your words are on their way to {name}.", name=partner.first_name)
    if role is Role.MENTEE:
        return line(told, note=say("{name} has three working days from now on.", name=partner.first_name))
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Note(say("You need not wait for the answer.")),
            _ways(request, Role.MENTOR, partner, say),
        ),
    )


def answer_button(request: Request, role: Role, partner: Person, say: Say) -> Button:
    """On `status`: shows an open request again, or to a mentee who was asked something the form for the answer."""
    if role is Role.MENTEE and request.question is Question.ASKED:
        return _answer(request, partner, say)
    return Button(
        say.plain("Answer about {name}", name=short(partner.first_name)),
        Action("request.show", {"request": request.id}),
        Tone.MAIN,
    )


def _answer(request: Request, mentor: Person, say: Say) -> Button:
    label = say.plain("Answer {name}", name=short(mentor.first_name))
    return Button(label, Action("request.ask", {"request": request.id}), Tone.MAIN)


def standing(request: Request, role: Role, partner: Person, until: datetime, say: Say) -> Words:
    """An open request on `status`: who is awaited, and until when."""
    if role in request.awaited:
        return say("{name} waits for your word, until {day}", name=partner.first_name, day=_day(until, say))
    return say("{name} is being asked, until {day}", name=partner.first_name, day=_day(until, say))


def _calm(say: Say) -> Buttons:
    return Buttons(
        (
            Button(say.plain("See where I stand"), Action("standing.status")),
            Button(say.plain("Noted"), Action("notice.noted")),
        )
    )
