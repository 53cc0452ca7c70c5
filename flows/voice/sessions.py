"""The card of a step, what becomes of it, and the dialog for a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from flows.journey import Step, StepKind, Task
from flows.meetings import Meeting, MeetingState
from flows.people import Role
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
    TimeField,
    Tone,
)
from flows.voice.say import Say, flatten


@dataclass(frozen=True, slots=True)
class Scene:
    """What the messages of a conversation speak of: the match, its number, the partner's name and the reader's role."""

    match: str
    partner: str
    role: Role
    ends_on: date


def which(number: int, say: Say) -> str:
    """Such as "second", to stand before "conversation"."""
    match number:
        case 1:
            return say.plain("first")
        case 2:
            return say.plain("second")
        case 3:
            return say.plain("third")
        case 4:
            return say.plain("fourth")
        case 5:
            return say.plain("fifth")
        case 6:
            return say.plain("sixth")
        case _:
            return say.plain("next")


def about(scene: Scene, number: int, **more: str) -> dict[str, str]:
    """The arguments by which a button finds its conversation again."""
    return {"match": scene.match, "number": str(number), **more}


def card(scene: Scene, step: Step, meeting: Meeting | None, tasks: Sequence[Task], say: Say) -> Message:
    """A step in full, as its side of the match reads it; `meeting` is None for a step that is no conversation.

    `tasks` are the activities that the reader may open from here.
    """
    if meeting is not None and meeting.state is not MeetingState.OPEN:
        return over(scene, meeting, tasks, say)
    if step.kind is StepKind.LETTER or meeting is None:
        return _letter(scene, step, tasks, say)
    if meeting.planned_at is None:
        point = say(
            "Your {which} conversation with **{partner}** is open.",
            which=which(step.number, say),
            partner=scene.partner,
        )
    else:
        point = say(
            "You and **{partner}** meet on {moment}.", partner=scene.partner, moment=say.when(meeting.planned_at)
        )
    return Message(
        summary=flatten(point),
        blocks=(
            Heading(say.text(step.title)),
            Paragraph(point),
            Paragraph((Plain(say.text(step.texts[scene.role])),)),
            Buttons((*_openers(scene, step.number, tasks, say), *_moves(scene, meeting, say))),
        ),
    )


def _moves(scene: Scene, meeting: Meeting, say: Say) -> tuple[Button, ...]:
    label = say.plain("We have a date") if meeting.planned_at is None else say.plain("Another date")
    return (
        Button(label, Action("session.date", about(scene, meeting.number, via="card"))),
        Button(say.plain("We met"), Action("session.met", about(scene, meeting.number, via="card"))),
        Button(say.plain("Skip this one"), Action("session.skip", about(scene, meeting.number, via="card"))),
    )


def _openers(scene: Scene, number: int, tasks: Sequence[Task], say: Say) -> tuple[Button, ...]:
    return tuple(
        Button(
            say.text(task.button),
            Action("activity.open", about(scene, number, kind=task.id)),
            Tone.MAIN if place == 0 else Tone.PLAIN,
        )
        for place, task in enumerate(tasks)
    )


def _letter(scene: Scene, step: Step, tasks: Sequence[Task], say: Say) -> Message:
    point = say("It is time for a letter to yourself, beside your talks with **{partner}**.", partner=scene.partner)
    later = Button(say.plain("Not this week"), Action("nudge.snooze", {"match": scene.match}))
    return Message(
        summary=flatten(point),
        blocks=(
            Heading(say.text(step.title)),
            Paragraph(point),
            Paragraph((Plain(say.text(step.texts[scene.role])),)),
            Buttons((*_openers(scene, 0, tasks, say), later)),
        ),
    )


def over(scene: Scene, meeting: Meeting, tasks: Sequence[Task], say: Say) -> Message:
    """The calm line of a conversation that took place or was left out; what can still be written stays within reach."""
    number = which(meeting.number, say)
    if meeting.state is MeetingState.SKIPPED:
        line = say(
            "You and {partner} left out your {which} conversation. Nothing is lost by it.",
            partner=scene.partner,
            which=number,
        )
        return Message(flatten(line), (Paragraph(line),))
    line = say("You and {partner} had your {which} conversation.", partner=scene.partner, which=number)
    openers = _openers(scene, meeting.number, tasks, say)
    return Message(flatten(line), (Paragraph(line), Buttons(openers)) if openers else (Paragraph(line),))


def ask_date(scene: Scene, meeting: Meeting, *, via: str, suggested: date, hour: time, say: Say) -> Message:
    """The dialog for day and time, both in the reader's own zone."""
    day = DateField("day", say.plain("Day"), value=suggested)
    clock = TimeField("hour", say.plain("Time"), hint=say.plain("In your time. You two see this."), value=hour)
    point = say("When do you and {partner} meet?", partner=scene.partner)
    keep = Button(say.plain("Keep this date"), Action("session.dated", about(scene, meeting.number, via=via)))
    return Message(flatten(point), (Heading(say.plain("Your next date")), Paragraph(point), Form((day, clock), keep)))


def dated(scene: Scene, meeting: Meeting, at: datetime, say: Say) -> Message:
    """The calm line after a date was agreed, outside the card."""
    line = say("You and **{partner}** meet on {moment}.", partner=scene.partner, moment=say.when(at))
    change = Button(say.plain("Another date"), Action("session.date", about(scene, meeting.number, via="line")))
    see = Button(say.plain("See the card"), Action("session.see", about(scene, meeting.number)))
    return Message(
        flatten(line), (Paragraph(line), Note(say("I will ask afterwards how it went.")), Buttons((change, see)))
    )


def skipped(scene: Scene, meeting: Meeting, opened: Meeting | None, say: Say) -> Message:
    """The calm line after a conversation was left out, with the next one."""
    line = say(
        "You left out your {which} conversation with {partner}. Nothing is lost by it.",
        which=which(meeting.number, say),
        partner=scene.partner,
    )
    return Message(flatten(line), (Paragraph(line), *next_open(scene, opened, say)))


def next_open(scene: Scene, opened: Meeting | None, say: Say) -> tuple[Block, ...]:
    """The line that the next conversation is open; nothing after the last."""
    if opened is None:
        return ()
    line = say("Your {which} conversation is open.", which=which(opened.number, say))
    return (
        Paragraph(line),
        Buttons((Button(say.plain("See it"), Action("session.see", about(scene, opened.number))),)),
    )


def date_errors(key: str, *, example: date, last: date, say: Say) -> dict[str, str]:
    """What would fit, for each field, by the key of the refusal."""
    if key == "date.far":
        return {"day": say.plain("That is after the end of your plan. A day before {last} fits.", last=say.day(last))}
    if key == "date.past":
        return {"day": say.plain("That moment has passed. Try {day}, for example.", day=say.day(example))}
    return {"day": say.plain("A day and a time are needed, such as {day}, 10:00.", day=say.day(example))}


def below(scene: Scene, say: Say) -> Message:
    """The calm line after a card was asked for."""
    line = say("The card for you and {partner} is below.", partner=scene.partner)
    return Message(flatten(line), (Paragraph(line),))
