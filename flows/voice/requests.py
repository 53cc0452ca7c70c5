"""What the two who may become a match are asked before anything begins, and how each may answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.people import Person, Role
from flows.requests import Cause, Question, Request
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Message,
    Note,
    Paragraph,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten, in_a_row
from flows.voice.writing import short


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
            Paragraph(in_a_row(opening, what)),
            Bullets(tuple(reasons[:3])),
            Note(say("It begins when you both say yes, by {day}. A no is told to nobody.", day=say.moment(until))),
            ways(request, role, partner, say),
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
            Note(say("Your answer by {day} is soon enough. A no is kind, too.", day=say.moment(until))),
            ways(request, Role.MENTOR, partner, say),
        ),
    )


def in_programme(message: Message, programme: str, say: Say) -> Message:
    """The same to somebody who is in more than one programme."""
    opening, *rest = message.blocks
    return replace(message, blocks=(opening, Note(say("In {programme}.", programme=programme)), *rest))


def _known(person: Person, say: Say) -> str:
    """As far as somebody is shown before both agree: first name and title."""
    if not person.title:
        return person.first_name
    return say.plain("{name} ({title})", name=person.first_name, title=person.title)


def ways(request: Request, role: Role, partner: Person, say: Say) -> Buttons:
    """The answers of whoever holds `role`, the likely one first."""
    args = {"request": request.id}
    accept = Button(say.plain("Accept"), Action("request.accept", args), Tone.MAIN)
    ask = Button(say.plain("Ask something first"), Action("request.ask", args))
    never = Button(say.plain("Not this person"), Action("request.never", args))
    if role is Role.MENTEE:
        no = Button(say.plain("Not this time"), Action("request.pass", args))
        return Buttons((accept, never, no))
    no = Button(say.plain("Not this time"), Action("request.decline", args))
    later = Button(say.plain("No requests for now"), Action("request.later", args))
    question = (ask,) if request.question is Question.NONE else ()
    return Buttons((accept, *question, no, never, later))


def why_not(request: Request, partner: Person, say: Say) -> Message:
    """Which of three reasons it is; only that is kept."""
    if request.is_asked:
        opening = say("Which comes closest? {name} hears only that you cannot this time.", name=partner.first_name)
    else:
        opening = say("Which comes closest? Nobody hears who said no, or why.")
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
            Note(say("Nobody else reads which one you choose.")),
        ),
    )


def answer_button(request: Request, role: Role, partner: Person, say: Say) -> Button:
    """On `status`: shows an open request again, or to a mentee who was asked something the form for the answer."""
    if role is Role.MENTEE and request.question is Question.ASKED:
        return answering(request, partner, say)
    return Button(
        say.plain("Answer about {name}", name=short(partner.first_name)),
        Action("request.show", {"request": request.id}),
        Tone.MAIN,
    )


def answering(request: Request, mentor: Person, say: Say) -> Button:
    """Opens the form for what a mentor wanted to know."""
    label = say.plain("Answer {name}", name=short(mentor.first_name))
    return Button(label, Action("request.ask", {"request": request.id}), Tone.MAIN)


def standing(request: Request, role: Role, partner: Person, until: datetime, say: Say) -> tuple[str, Words]:
    """An open request on `status`: whose answer is awaited, and until when."""
    label = say.plain("Waiting for your answer") if role in request.awaited else say.plain("Waiting for an answer from")
    return label, say("{name}, until {day}", name=partner.first_name, day=say.moment(until))
