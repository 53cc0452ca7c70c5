"""The end of a programme, to coordinators and to those who took part."""

from collections.abc import Sequence

from flows.programme import Cohort
from flows.voice.calm import calm
from flows.voice.message import Bullets, Message, Paragraph, Words
from flows.voice.say import Say, flatten


def ended(cohort: Cohort, partners: Sequence[str], say: Say) -> Message:
    """To each participant when a programme closes; `partners` are first names, none when they had no match."""
    if partners:
        opening = say("**Your match with {partners} has ended.**", partners=say.listing(partners))
        body = say("Thank you for the time you gave it. What you both wrote stays with you.")
    else:
        opening = say("**{name} has come to its end.**", name=cohort.name)
        body = say("There was no match for you this time. You are welcome when a new one starts.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(body),
            calm(say),
        ),
    )


def would_close(cohort: Cohort, say: Say) -> Words:
    """The first line of the dry run of `close`."""
    return say("This closes **{name}**. Its matches end, and everybody reads words such as these:", name=cohort.name)


def closing_counts(matches: int, early: int, people: int, say: Say) -> tuple[tuple[str, Words], ...]:
    """What closing does, in numbers."""
    return (
        (say.plain("Matches that end"), say("{n}", n=str(matches))),
        (say.plain("Of these before their last day"), say("{n}", n=str(early))),
        (say.plain("People who read it"), say("{n}", n=str(people))),
    )


def closed(cohort: Cohort, people: int, left: Sequence[Words], say: Say) -> Message:
    """The programme is closing; `left` says in words who does not hear of it."""
    words = say.many(
        people,
        "**{name}** is closing, and {n} person hears of it. When you have read the report, archive it.",
        "**{name}** is closing, and {n} people hear of it. When you have read the report, archive it.",
        name=cohort.name,
    )
    return Message(summary=flatten(words), blocks=(Paragraph(words), *((Bullets(tuple(left)),) if left else ())))


def would_archive(cohort: Cohort, say: Say) -> Words:
    """The first line of the dry run of `programme archive`."""
    return say("This puts **{name}** away. Nobody is told; it can be read and no longer changed.", name=cohort.name)


def archived(cohort: Cohort, say: Say) -> Message:
    """The programme is put away."""
    words = say("**{name}** is archived.", name=cohort.name)
    return Message(summary=flatten(words), blocks=(Paragraph(words),))
