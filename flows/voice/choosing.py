"""Who chooses in a programme, and what a mentee reads who names mentors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.programme import Choice, Cohort
from flows.voice.calm import line
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    ChoiceField,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    Plain,
    Tone,
    Words,
)
from flows.voice.say import Say

NOBODY = "-"
FIELDS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mentor as their match would see them, and no more: `name` tells them from the others on the list; `about` are
    their title, their area and what they offer to teach, as far as they show it."""

    mentor: str
    name: str
    about: tuple[str, ...]


def choice_word(choice: Choice, say: Say) -> str:
    """Who chooses, in a few words."""
    words = {
        Choice.DRAFT: say.plain("Your draft decides"),
        Choice.WISHES: say.plain("Your draft decides, with wishes"),
        Choice.ASK: say.plain("Mentees ask mentors"),
    }
    return words[choice]


def choice_field(chosen: Choice, say: Say) -> ChoiceField:
    """The question of a programme's dialog."""
    notes = {
        Choice.DRAFT: say.plain("You look at every pair first."),
        Choice.WISHES: say.plain("Mentees name up to three. Both agree first."),
        Choice.ASK: say.plain("One after the other. Who is left is drafted."),
    }
    return ChoiceField(
        "choice",
        say.plain("Who chooses?"),
        tuple(Option(one, choice_word(one, say), notes[one]) for one in Choice),
        hint=say.plain(
            "For one to one and reverse. Short lists find fewer people; the draft finds a mentor for as many as can be."
        ),
        chosen=chosen,
    )


def open_button(cohort: str, say: Say, tone: Tone = Tone.PLAIN) -> Button:
    """Opens the list."""
    return Button(say.plain("Choose mentors"), Action("wishes.open", {"cohort": cohort}), tone)


def wishes(cohort: Cohort, mentors: Sequence[Shown], chosen: Sequence[str], say: Say) -> Message:
    """The dialog in which a mentee names up to three mentors; `chosen` are those of before, dearest first."""
    labels = (
        say.plain("First of all"),
        say.plain("If that does not work out"),
        say.plain("And then"),
    )
    nobody = Option(NOBODY, say.plain("Nobody"))
    options = (*(Option(one.mentor, one.name) for one in mentors), nobody)
    known = {one.mentor for one in mentors}
    said = (*(one if one in known else NOBODY for one in chosen), *(NOBODY,) * len(FIELDS))
    if cohort.choice is Choice.ASK:
        opening = say("We ask them for you, one after the other. Each has three working days.")
        send = say.plain("Ask in this order")
    else:
        opening = say("Your wishes count in the next round, beside what fits and who has time.")
        send = say.plain("Keep my wishes")
    seen = say("Whoever you name may read that you did, and never in which order. Nobody else does.")
    return Message(
        summary=say.plain("Choose up to three mentors."),
        blocks=(
            Heading(say.plain("Choose mentors")),
            Paragraph(opening),
            Bullets(tuple(_shown(one, say) for one in mentors)),
            Form(
                tuple(
                    ChoiceField(name, label, options, chosen=said[place])
                    for place, (name, label) in enumerate(zip(FIELDS, labels, strict=True))
                ),
                Button(send, Action("wishes.keep", {"cohort": cohort.id}), Tone.MAIN),
            ),
            Note(seen),
        ),
    )


def _shown(one: Shown, say: Say) -> Words:
    about: Words = tuple(Plain(f" · {part}") for part in one.about)
    return (*say("**{name}**", name=one.name), *about)


def helps_with(skills: str, say: Say) -> str:
    """What a mentor offers to teach."""
    return say.plain("helps with {skills}", skills=skills)


def has_mentor(say: Say) -> Message:
    """The reader has found somebody, so there is nobody to choose."""
    return line(
        say("You have a mentor here now, so nobody else is asked for you."),
        note=say("{word} shows where you stand.", word="/mentor status"),
    )


def nobody_free(cohort: Cohort, today: date, say: Say) -> Message:
    """No mentor can be named at the moment."""
    told = say("No mentor with a free place fits right now, so there is nobody to choose.")
    return line(told, note=_draft_follows(cohort, today, say))


def _draft_follows(cohort: Cohort, today: date, say: Say) -> Words:
    if cohort.next_round is not None and cohort.next_round >= today:
        return say(
            "We look again in the next round, on {day}. You need not do anything.", day=say.day(cohort.next_round)
        )
    return say("We look again in the next round. You need not do anything.")


def twice(say: Say) -> str:
    """The same mentor stands in two fields."""
    return say.plain("That name stands above already. Another one, or nobody, fits here.")


def gone(say: Say) -> str:
    """A mentor cannot be named any more, for whatever reason: a place that went is told like a wish to be left out."""
    return say.plain("That mentor cannot be chosen any more. Another one, or nobody, fits here.")


def kept(cohort: Cohort, names: Sequence[str], today: date, say: Say) -> Message:
    """The list is kept, and what happens now."""
    if not names:
        told = say("You named nobody. {word} shows where you stand.", word="/mentor status")
        return line(told, note=_draft_follows(cohort, today, say))
    if cohort.choice is Choice.ASK:
        told = say("Your list is kept: {names}. We ask {first} first.", names=say.listing(names), first=names[0])
        note = say("You hear from us when somebody says yes, and when the next one is asked. Only you see the list.")
        return line(told, note=note)
    told = say("Your wishes are kept: {names}.", names=say.listing(names))
    return line(told, note=say("You can change them at any time before the next round. Only you see their order."))


def named(names: Sequence[str], say: Say) -> Words:
    """The mentee's list, for `status`."""
    if len(names) < 2:
        return (Plain(names[0]),) if names else say("nobody yet")
    return say("{names}, in this order", names=say.listing(names))
