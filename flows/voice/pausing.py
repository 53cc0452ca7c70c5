"""A pause: until when, what it means, and coming back."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows.people import Person
from flows.programme import Cohort
from flows.until import NoDay, Trouble
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    DateField,
    Form,
    Heading,
    Message,
    Note,
    Paragraph,
    Plain,
    Tone,
)
from flows.voice.say import Say, flatten


def pause_dialog(cohorts: Sequence[Cohort], args: Mapping[str, str], say: Say) -> Message:
    """Until when; without a date, until the person says so. `args` say which programme, empty: each of them."""
    until = DateField(
        "until", say.plain("Back on"), hint=say.plain("Leave it empty to pause until you say so."), optional=True
    )
    return Message(
        summary=say.plain("Pause in {programme}", programme=_programmes(cohorts, say)),
        blocks=(
            Heading(say.plain("Take a break")),
            Paragraph(
                say(
                    "While you pause in {programme}, nobody new is given to you and no weekly message comes. "
                    "Your match stays, and nobody asks for a reason.",
                    programme=_programmes(cohorts, say),
                )
            ),
            Form((until,), Button(say.plain("Pause"), Action("standing.paused", args), Tone.MAIN)),
        ),
    )


def paused(cohorts: Sequence[Cohort], until: date | None, partners: Sequence[Person], say: Say) -> Message:
    """It is recorded."""
    programme = _programmes(cohorts, say)
    if until is None:
        told = say("**You pause in {programme}** until you say so.", programme=programme)
    else:
        day = say.day(until)
        told = say("**You pause in {programme}** until {day}. Then you are back.", programme=programme, day=day)
    blocks: list[Block] = [Paragraph(told)]
    if partners:
        names = say.listing([partner.first_name for partner in partners])
        blocks.append(Paragraph(say("Nothing has been sent to {names}. A word from you would be kind.", names=names)))
    blocks.append(Buttons((Button(say.plain("Come back"), Action("standing.resume")),)))
    return Message(summary=flatten(told), blocks=tuple(blocks))


def resumed(cohorts: Sequence[Cohort], say: Say) -> Message:
    """Back again."""
    told = say("**You are back in {programme}.** All goes on where it was.", programme=_programmes(cohorts, say))
    ways = Buttons((Button(say.plain("See where I stand"), Action("standing.status")),))
    return Message(summary=flatten(told), blocks=(Paragraph(told), ways))


def _programmes(cohorts: Sequence[Cohort], say: Say) -> str:
    return say.listing([cohort.name for cohort in cohorts])


def nothing_begins(cohort: str, say: Say) -> Message:
    """The reader said yes to a match while they pause: the request waits, as long as it would have."""
    told = say("You pause at the moment, so nothing begins. Come back first, then say yes.")
    back = Button(say.plain("Come back"), Action("standing.resume", {"cohort": cohort}), Tone.MAIN)
    leave = Button(say.plain("Go on with the pause"), Action("notice.noted"))
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((back, leave))))


def not_paused(say: Say) -> Message:
    """There was no pause to end."""
    told = say("You are not pausing, so nothing has changed.")
    ways = Buttons((Button(say.plain("See where I stand"), Action("standing.status")),))
    return Message(summary=flatten(told), blocks=(Paragraph(told), ways))


def no_day(trouble: NoDay, typed: str, example: str, say: Say) -> Message:
    """No day to pause until; `example` is one in the near future as it would be typed."""
    typed = typed if len(typed) <= 40 else typed[:40] + "…"
    match trouble.trouble:
        case Trouble.UNCLEAR:
            told = say(
                "I do not know which day “{typed}” is. Something like {word} fits.",
                typed=typed,
                word=f"/mentor pause {example}",
            )
        case _:
            told = (Plain(no_day_line(trouble, say)),)
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Buttons((Button(say.plain("Choose a day"), Action("standing.pause")),)),
            Note(say("Nothing has changed. Only you see this.")),
        ),
    )


def no_day_line(trouble: NoDay, say: Say) -> str:
    """The same beside the field of a dialog."""
    if trouble.trouble is Trouble.PAST and trouble.day is not None:
        return say.plain("{day} is not ahead of us. A later day fits.", day=say.day(trouble.day))
    if trouble.trouble is Trouble.FAR:
        return say.plain("That is more than a year ahead. A pause without a date fits better.")
    return say.plain("A day from the calendar fits here.")
