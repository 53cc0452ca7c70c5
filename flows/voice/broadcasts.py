"""What a coordinator sends to everybody in a cohort."""

from collections.abc import Sequence

from flows.people import Person
from flows.programme import Cohort
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    ChoiceField,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    Plain,
    Quote,
    TextField,
    Tone,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten

SUMMARY = 300


def form(cohorts: Sequence[Cohort], text: str, say: Say) -> Message:
    """To whom, and what."""
    options = tuple(Option(cohort.id, cohort.name[:75]) for cohort in cohorts[:100])
    fields = (
        ChoiceField("cohort", say.plain("To everybody in"), options, chosen=options[0].value),
        TextField(
            "text",
            say.plain("Your words"),
            hint=say.plain("Everybody who takes part reads this."),
            value=text,
            limit=600,
            long=True,
        ),
    )
    return Message(
        summary=say.plain("A word to everybody in a programme."),
        blocks=(
            Heading(say.plain("A word to everybody")),
            Form(fields, Button(say.plain("Show me first"), Action("broadcast.write"), Tone.MAIN)),
        ),
    )


def would_send(people: int, cohort: Cohort, say: Say) -> Words:
    """The first line of the dry run."""
    return say.many(
        people,
        "This goes to {n} person in **{name}**, in their working hours.",
        "This goes to {n} people in **{name}**, in their working hours.",
        name=cohort.name,
    )


def said(cohort: Cohort, by: Person, text: str, say: Say) -> Message:
    """The coordinator's words, as typed and never as markup."""
    return Message(
        summary=say.plain("A word from {by}: {text}", by=by.name, text=text[:SUMMARY]),
        blocks=(
            Paragraph(say("A word from {by}, who runs **{name}**:", by=mention(by), name=cohort.name)),
            Quote((Plain(text),)),
            Buttons(
                (
                    Button(say.plain("See where I stand"), Action("standing.status")),
                    Button(say.plain("Settings"), Action("settings.open")),
                )
            ),
        ),
    )


def sent(people: int, left: Sequence[Words], say: Say) -> Message:
    """It is on its way, with whom it leaves out in words."""
    words = say.many(people, "Your words are on their way to {n} person.", "Your words are on their way to {n} people.")
    note = say("{command} shows who got them.", command="/mentor-admin outbox")
    return Message(
        summary=flatten(words), blocks=(Paragraph(words), *((Bullets(tuple(left)),) if left else ()), Note(note))
    )
