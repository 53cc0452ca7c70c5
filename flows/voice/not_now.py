"""A mentor who wants no request for a while: what they read when they say so, meanwhile, and when they take it back."""

from datetime import datetime

from flows.people import Person
from flows.requests import Request
from flows.voice.calm import line
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Words
from flows.voice.say import Say, flatten


def noted(request: Request, partner: Person, until: datetime, say: Say) -> Message:
    """The reader wants no request for a while."""
    day = say.date(until)
    if request.is_asked:
        told = say(
            "Noted: nobody asks you before {day}. {name} hears that you cannot this time, and no reason.",
            name=partner.first_name,
            day=day,
        )
    else:
        told = say("Noted: nobody asks you before {day}. Nobody hears who said no, or why.", day=day)
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Buttons((ask_me_again(request, say),)),
            Note(say("Mentees whom you have stay with you.")),
        ),
    )


def ask_me_again(request: Request, say: Say) -> Button:
    """Takes a “No requests for now” back."""
    return Button(say.plain("I can be asked again"), Action("request.again", {"request": request.id}))


def quiet(until: datetime, say: Say) -> Words:
    """That the reader wants no request for a while, on `status`."""
    return say("nobody asks you before {day}", day=say.date(until))


def may_be_asked(say: Say) -> Message:
    """The “No requests for now” is taken back."""
    return line(
        say("You can be asked again, from now on."),
        note=say("Whoever asked you then has gone on to somebody else, and may name you once more."),
    )
