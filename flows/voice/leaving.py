"""Leaving a programme: what it means, asked once, and what partners hear."""

from collections.abc import Sequence
from datetime import date

from flows.people import Person, Role
from flows.programme import Cohort
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    Message,
    Note,
    Paragraph,
    Tone,
)
from flows.voice.say import Say, flatten


def which(cohorts: Sequence[Cohort], verb: str, say: Say) -> Message:
    """In which programme? `verb` is the action that the choice leads to, such as "standing.leave"."""
    told = say("You are in more than one programme. Which one do you mean?")
    buttons = tuple(Button(cohort.name[:60], Action(verb, {"cohort": cohort.id})) for cohort in cohorts)
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons(buttons), Note(say("Only you see this."))))


def leave(
    cohort: Cohort,
    partners: Sequence[Person],
    say: Say,
    *,
    staying: Sequence[Person] = (),
    may_pause: bool = True,
) -> Message:
    """What leaving means, asked once. The match with `partners` ends, those `staying` go on together. `may_pause`: who
    is still answering the questions has nothing to pause."""
    told = say("**Leave {programme}?**", programme=cohort.name)
    blocks: list[Block] = [Paragraph(told)]
    if partners:
        names = say.listing([partner.name for partner in partners])
        blocks.append(
            Paragraph(
                say(
                    "Your match with {names} ends. They hear that you are no longer available in this programme, "
                    "without a reason. Your notes and goals stay with you both.",
                    names=names,
                )
            )
        )
    if staying:
        names = say.listing([one.name for one in staying])
        blocks.append(
            Paragraph(
                say(
                    "{names} go on together. They hear that you are no longer with them, without a reason.", names=names
                )
            )
        )
    if not partners and not staying:
        blocks.append(Paragraph(say("Nobody is told, and no match is looked for. You can join again later.")))
    args = {"cohort": cohort.id}
    blocks.append(
        Buttons(
            (
                Button(say.plain("Leave the programme"), Action("standing.leave_now", args), Tone.GRAVE),
                *((Button(say.plain("Pause instead"), Action("standing.pause", args)),) if may_pause else ()),
                Button(say.plain("Stay"), Action("standing.stay", args)),
            )
        )
    )
    return Message(summary=flatten(told), blocks=tuple(blocks))


def stayed(cohort: Cohort, say: Say) -> Message:
    """Nothing has changed."""
    told = say("You stay in {programme}. Nothing has changed.", programme=cohort.name)
    return Message(summary=flatten(told), blocks=(Paragraph(told),))


def left(cohort: Cohort, say: Say) -> Message:
    """It is done."""
    told = say("**You have left {programme}.** No more messages come from it.", programme=cohort.name)
    blocks: list[Block] = [Paragraph(told)]
    if cohort.takes_people:
        blocks.append(Buttons((Button(say.plain("Join again"), Action("joining.join", {"cohort": cohort.id})),)))
    return Message(summary=flatten(told), blocks=tuple(blocks))


def partner_left(name: str, role: Role, cohort: Cohort, today: date, say: Say) -> Message:
    """To the partner of somebody who left: neutral, what stays, what happens now. `role` is the reader's."""
    told = say("**{name} is no longer available in this programme.**", name=name)
    blocks: list[Block] = [Paragraph(told), Paragraph(say("Your notes and goals stay."))]
    if role is Role.MENTEE and cohort.takes_people and cohort.next_round is not None and cohort.next_round >= today:
        blocks.append(
            Paragraph(
                say("We look for somebody new for you. The next round is on {day}.", day=say.day(cohort.next_round))
            )
        )
    elif role is Role.MENTEE and cohort.takes_people:
        blocks.append(Paragraph(say("We look for somebody new for you in the next round.")))
    else:
        blocks.append(Paragraph(say("There is nothing for you to do.")))
    args = {"cohort": cohort.id}
    blocks.append(
        Buttons(
            (
                Button(say.plain("See where I stand"), Action("standing.status")),
                Button(say.plain("Take a break"), Action("standing.pause", args)),
            )
        )
    )
    return Message(summary=flatten(told), blocks=tuple(blocks))
