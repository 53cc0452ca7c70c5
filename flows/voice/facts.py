"""What a company says of somebody, to that person: one card when it is news, all of it where they ask, and their word
on it."""

from flows.facts import Known, Word
from flows.facts_used import Reporting
from flows.people import Person
from flows.voice.letters import long_day
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    Facts,
    Message,
    Note,
    Paragraph,
    Plain,
    Tone,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten


def listed(known: Known, manager: str, say: Say) -> tuple[tuple[str, str], ...]:
    """What is known, by name, without what is not; `manager` is what they are called."""
    found = (
        (say.plain("Line manager"), manager),
        (say.plain("Department"), known.department),
        (say.plain("Site"), known.site),
        (say.plain("Level"), "" if known.level is None else str(known.level)),
        (say.plain("Started on"), "" if known.started_on is None else long_day(known.started_on, say)),
    )
    return tuple((name, value) for name, value in found if value)


def news(say: Say) -> Message:
    """The card to somebody who takes part, when something about them is new. It names nothing: it waits in a queue."""
    told = say("**Your company has told us where you work and since when.**")
    return Message(
        summary=say.plain("Your company has told us where you work and since when. Is it right?"),
        blocks=(
            Paragraph(told),
            Paragraph(say("It helps us find somebody who fits you. Your match does not see it. Is it right?")),
            Buttons(
                (
                    Button(say.plain("See what it says"), Action("facts.see"), Tone.MAIN),
                    Button(say.plain("Not now"), Action("facts.later")),
                )
            ),
        ),
    )


def shown(known: Known, manager: str, brought_by: Person | None, say: Say) -> Message:
    """All that is known of the reader, and their word on it."""
    summary = say.plain("What your company has told us about you")
    rows = tuple((name, (Plain(value),)) for name, value in listed(known, manager, say))
    return Message(
        summary=summary,
        blocks=(
            Paragraph(say("**What your company has told us about you**")),
            Facts(rows),
            Note(used_for(say)),
            *_from(brought_by, say),
            Buttons(
                (
                    Button(say.plain("That is right"), Action("facts.right"), Tone.MAIN),
                    Button(say.plain("Something is wrong"), Action("facts.wrong")),
                )
            ),
        ),
    )


def used_for(say: Say) -> Words:
    """What it is for, and who sees it."""
    return say(
        "Matching uses it: nobody is matched with their own line manager, and level, site and department count. "
        "Only you see it here, and whoever gave it to us."
    )


def nothing(say: Say) -> Message:
    """There is nothing any more."""
    told = say("Your company tells us nothing about you at the moment.")
    return Message(summary=flatten(told), blocks=(Paragraph(told),))


def later(say: Say) -> Message:
    """Not now."""
    told = say("That is fine. {settings} shows it whenever you like.", settings="/mentor settings")
    return Message(summary=flatten(told), blocks=(Note(told),))


def noted(word: Word, cohort: str, brought_by: Person | None, say: Say) -> Message:
    """The reader's word is kept, and what they can do; `cohort` is one that they have joined, "" for none."""
    if word is Word.RIGHT:
        told = say("Noted: that is right. {settings} shows it whenever you like.", settings="/mentor settings")
        return Message(summary=flatten(told), blocks=(Note(told),))
    told = say("Noted: something is wrong. Where you work is now taken from your own answers alone.")
    change = Button(say.plain("Change my answers"), Action("joining.review", {"cohort": cohort}))
    blocks: list[Block] = [Paragraph(told)]
    if brought_by is not None:
        who = mention(brought_by)
        blocks.append(
            Paragraph(say("Manager and level come from your company's list. Ask {who} to put them right.", who=who))
        )
    return Message(summary=flatten(told), blocks=(*blocks, *((Buttons((change,)),) if cohort else ())))


def in_settings(known: Known, manager: str, brought_by: Person | None, say: Say) -> tuple[Block, ...]:
    """The same below the settings; nothing where nothing is known."""
    rows = tuple((name, (Plain(value),)) for name, value in listed(known, manager, say))
    if not rows:
        return ()
    heading = Paragraph(say("**What your company has told us about you**"))
    return (heading, Facts(rows), Note(used_for(say)), *_from(brought_by, say))


def _from(brought_by: Person | None, say: Say) -> tuple[Note, ...]:
    if brought_by is None:
        return ()
    return (Note(say("It came from {who}, who can put it right.", who=mention(brought_by))),)


def reporting_line(reporting: Reporting, say: Say) -> tuple[Note, ...]:
    """Under a draft: of whom it could not check that a mentor is not their manager; nothing when it could of all."""
    missing = reporting.people - reporting.known
    if missing <= 0:
        return ()
    command = "/mentor-admin people import"
    if not reporting.known:
        return (
            Note(
                say(
                    "**Reporting line not checked**: nobody's manager is known. {command} brings them.", command=command
                )
            ),
        )
    told = say.many(
        missing,
        "**Reporting line not checked** for {n} of {all}: their manager is not known. {command} brings it.",
        "**Reporting line not checked** for {n} of {all}: their managers are not known. {command} brings them.",
        all=str(reporting.people),
        command=command,
    )
    return (Note(told),)
