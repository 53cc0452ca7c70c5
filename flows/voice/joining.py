"""The answer to the wish to join: where the first question is, which programme, or that none is open."""

from collections.abc import Sequence

from flows.programme import Cohort
from flows.voice.message import Action, Button, Line, Message, Note, Paragraph
from flows.voice.say import Say, flatten

MOST = 20
"""Programmes with a button; a message holds fifty lines at most."""


def begun(cohort: Cohort, say: Say) -> Message:
    """The answer to the wish to join."""
    told = say("The first question is in our private chat. You can join {programme} there.", programme=cohort.name)
    return Message(summary=flatten(told), blocks=(Paragraph(told), Note(say("Only you see this."))))


def goes_on(cohort: Cohort, say: Say) -> Message:
    """The answer to the wish to join, when it was begun before."""
    told = say("You have begun to join {programme}. The next question is in our private chat.", programme=cohort.name)
    return Message(summary=flatten(told), blocks=(Paragraph(told), Note(say("Only you see this."))))


def which_programme(cohorts: Sequence[Cohort], typed: str, say: Say) -> Message:
    """More than one is open, or none has the name that was typed."""
    if typed:
        told = say("No open programme is called “{typed}”. These are open:", typed=_cut(typed))
    else:
        told = say("More than one programme is open. Which one would you like to join?")
    lines = tuple(
        Line(
            say("**{programme}**, from {day}", programme=cohort.name, day=say.day(cohort.starts_on)),
            Button(
                say.plain("Join {programme}", programme=_cut(cohort.name)),
                Action("joining.join", {"cohort": cohort.id}),
            ),
        )
        for cohort in cohorts[:MOST]
    )
    left = len(cohorts) - len(lines)
    note = (
        say.many(
            left,
            "{n} more is open. Its name behind {command} leads there. Only you see this.",
            "{n} more are open. A name behind {command} leads there. Only you see this.",
            command="/mentor join",
        )
        if left
        else say("Only you see this.")
    )
    return Message(summary=flatten(told), blocks=(Paragraph(told), *lines, Note(note)))


def nothing_open(say: Say) -> Message:
    """No cohort takes people now."""
    told = say(
        "There is no mentoring programme that you could join at the moment. "
        "The next one is announced by an invitation with a button to join."
    )
    return Message(summary=flatten(told), blocks=(Paragraph(told), Note(say("Only you see this."))))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
