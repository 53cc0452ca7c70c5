"""A question that a mentor asks first, and the mentee's one answer: carried over once, and kept by nobody."""

from flows.people import Person, Role
from flows.requests import Request
from flows.voice.calm import line
from flows.voice.message import (
    Action,
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
)
from flows.voice.requests import answering, ways
from flows.voice.say import Say, flatten

LONGEST = 600
"""Characters of a question or its answer."""


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
                    answering(request, mentor, say),
                    Button(_instead(request, say), Action("request.pass", args)),
                )
            ),
        ),
    )


def _instead(request: Request, say: Say) -> str:
    """What it is for a mentee not to answer: who asked takes it back, who was asked says no."""
    return say.plain("Take my request back") if request.is_asked else say.plain("Not this time")


def answer(request: Request, mentee: Person, words: Sealed | Quote, say: Say) -> Message:
    """To a mentor: what the mentee answers."""
    opening = say("**{name} has answered you.**", name=mentee.first_name)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            words,
            Note(say("I carried this over and keep no copy.")),
            ways(request, Role.MENTOR, mentee, say),
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
            ways(request, Role.MENTOR, partner, say),
        ),
    )
