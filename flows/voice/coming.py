"""What is said of a round that is coming: that it comes, that somebody skips it, and that it is due."""

from collections.abc import Collection
from datetime import date, timedelta

from flows.people import Role
from flows.programme import Cohort
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone, Words
from flows.voice.say import Say, flatten

STATUS = Action("standing.status")


def coming(cohort: Cohort, round_on: date, roles: Collection[Role], say: Say, *, skips: bool) -> Message:
    """The working day before a round, to everybody who would be in it; `skips`: they have said that they skip it."""
    told = say(
        "**The next round of matching in {programme} is on {day}.**", programme=cohort.name, day=say.day(round_on)
    )
    if skips:
        return Message(
            summary=flatten(told),
            blocks=(
                Paragraph(told),
                Paragraph(say("You skip it, as you said. You keep your place for the one after it.")),
                Buttons((take_part(cohort, round_on, say), _leave(cohort, say))),
            ),
        )
    last = say.day(round_on - timedelta(days=1))
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Paragraph(_looks_for(roles, say)),
            Paragraph(say("If your answers still hold, there is nothing to do.")),
            Buttons((_answers(cohort, say), _leave(cohort, say), _skip(cohort, round_on, say))),
            Note(say("You can skip it until the end of {day}. You keep your place.", day=last)),
        ),
    )


def _looks_for(roles: Collection[Role], say: Say) -> Words:
    if Role.PEER in roles:
        return say("We look for people for you to meet.")
    if Role.MENTOR not in roles:
        return say("We look for a mentor for you.")
    if Role.MENTEE not in roles:
        return say("You have a free place, so we look for somebody who fits.")
    return say("We look for a mentor for you, and for somebody for your free place.")


def skipped(cohort: Cohort, round_on: date, say: Say) -> Message:
    """They skip the round."""
    told = say("**You skip the round on {day}.** You keep your place for the one after it.", day=say.day(round_on))
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Buttons((take_part(cohort, round_on, say), Button(say.plain("See where I stand"), STATUS))),
            Note(say("Your coordinators see that you skip it. Nobody is asked why.")),
        ),
    )


def takes_part(cohort: Cohort, round_on: date, say: Say) -> Message:
    """They have taken it back."""
    told = say(
        "**You are in the round on {day}.** You hear from us when we have found somebody.", day=say.day(round_on)
    )
    return Message(
        summary=flatten(told),
        blocks=(Paragraph(told), Buttons((_answers(cohort, say), _skip(cohort, round_on, say)))),
    )


def being_made(cohort: Cohort, round_on: date, say: Say, *, skips: bool) -> Message:
    """Too late to skip the round, or to be in it after all: what can be done instead."""
    told = say("**The round of {day} is already being made.**", day=say.day(round_on))
    if skips:
        rest = say("You are not in it, and nothing is lost: you are in the next one, without doing anything.")
        ways: tuple[Button, ...] = (_answers(cohort, say), Button(say.plain("See where I stand"), STATUS))
    else:
        rest = say(
            "If we find somebody and the time is wrong, say so when you hear of them. "
            "Or pause now: then nobody new is given to you."
        )
        ways = (
            Button(say.plain("Pause"), Action("standing.pause", {"cohort": cohort.id})),
            Button(say.plain("Leave it as it is"), STATUS),
        )
    return Message(summary=flatten(told), blocks=(Paragraph(told), Paragraph(rest), Buttons(ways)))


def gone(cohort: Cohort, ahead: date | None, say: Say, *, skips: bool) -> Message:
    """The button is of a round that was made or moved; `ahead` is the day of the next one."""
    if ahead is None:
        told = say("**That round is over.** You hear from us when the next one has a date.")
        return Message(
            summary=flatten(told),
            blocks=(Paragraph(told), Buttons((Button(say.plain("See where I stand"), STATUS),))),
        )
    told = say("**That round is over or has moved.** The next one is on {day}.", day=say.day(ahead))
    way = take_part(cohort, ahead, say) if skips else _skip(cohort, ahead, say)
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((_answers(cohort, say), way))))


def due(cohort: Cohort, round_on: date, say: Say) -> Message:
    """To the coordinators, on the day of a round that nobody has published."""
    told = say("**The next round of {programme} is due: {day}.**", programme=cohort.name, day=say.day(round_on))
    return Message(
        summary=flatten(told),
        blocks=(
            Paragraph(told),
            Paragraph(say("A draft reaches nobody before you publish it.")),
            Buttons(
                (
                    Button(say.plain("Draft it"), Action("match.draft", {"cohort": cohort.id}), Tone.MAIN),
                    Button(say.plain("Another day"), Action("programme.edit", {"programme": cohort.programme})),
                )
            ),
        ),
    )


def take_part(cohort: Cohort, round_on: date, say: Say) -> Button:
    """The button that takes a skip back."""
    return Button(say.plain("Take part after all"), Action("round.take_part", _args(cohort, round_on)), Tone.MAIN)


def _skip(cohort: Cohort, round_on: date, say: Say) -> Button:
    return Button(say.plain("Skip this round"), Action("round.skip", _args(cohort, round_on)))


def _answers(cohort: Cohort, say: Say) -> Button:
    return Button(say.plain("Change my answers"), Action("joining.review", {"cohort": cohort.id}))


def _leave(cohort: Cohort, say: Say) -> Button:
    return Button(say.plain("Leave the programme"), Action("standing.leave", {"cohort": cohort.id}))


def _args(cohort: Cohort, round_on: date) -> dict[str, str]:
    return {"cohort": cohort.id, "round": round_on.isoformat()}
