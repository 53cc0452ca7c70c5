"""What is said when a request was answered, taken back or passed over in silence. Nobody hears who said no."""

from flows.people import Person, Role
from flows.requests import Request
from flows.voice.calm import calm, line
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten


def you_agreed(partner: Person, say: Say) -> Message:
    """One side said yes; the other has not answered yet."""
    return line(
        say("You said yes to {name}.", name=partner.first_name),
        note=say("As soon as {name} does, you are introduced. Either way you hear from us.", name=partner.first_name),
    )


def begun(partner: Person, say: Say) -> Message:
    """Both said yes."""
    return line(say("You and {name} both said yes. Your introduction is on its way.", name=partner.name))


def you_declined(request: Request, partner: Person, say: Say) -> Message:
    """The reader said no, in the words that the other side reads."""
    if request.is_asked:
        told = say("Noted. {name} hears that you cannot this time, and no reason.", name=partner.first_name)
    else:
        told = say("Noted: not this time. Nobody hears who said no, or why.")
    return line(told, note=say("You stay in the programme. {word} shows where you stand.", word="/mentor status"))


def never_again(partner: Person, say: Say) -> Message:
    """The two are not proposed to each other any more."""
    return line(
        say("You and {name} will not be matched. Nobody is told, and no reason is asked.", name=partner.first_name)
    )


def too_late(say: Say) -> Message:
    """Somebody said yes, and the two can be no pair any more. One sentence for whatever it is: a place that went, a
    pause, or that one of the two wants it so. Were they told apart, the last would show."""
    return line(
        say("Thank you for your yes. Something has changed since, and you two cannot be matched now."),
        note=say("It says nothing about you. You stay in the programme, and we look again in the next round."),
    )


def found_somebody(partner: Person, say: Say) -> Message:
    """To a mentor: the mentee no longer needs an answer."""
    return line(say("{name} has found somebody, so you need not answer.", name=partner.first_name))


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
        follows = say("You go first in the next round.")
    else:
        follows = say("We look for somebody else for you in the next round.")
    return Message(summary=flatten(opening), blocks=(Paragraph(opening), Paragraph(follows), calm(say)))


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
        follows = say("We look again in the next round, on {day}. Or you name others.", day=next_round)
    else:
        follows = say("We look again in the next round. Or you name others.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(follows),
            Buttons(
                (
                    Button(say.plain("Choose mentors"), Action("wishes.open", {"cohort": cohort}), Tone.MAIN),
                    Button(say.plain("Wait for the next round"), Action("notice.noted")),
                )
            ),
        ),
    )


def stopped(say: Say) -> Message:
    """The mentee's list is empty, and nobody is asked."""
    return line(
        say("Nobody is asked for you any more, and your list is empty."),
        note=say("You stay in the programme, and we look for you in the next round."),
    )


def taken_back(partner: Person, say: Say) -> Message:
    """The mentee no longer asks this mentor."""
    return line(
        say("{name} is no longer asked.", name=partner.first_name),
        note=say("If your list goes on, we ask the next one."),
    )
