"""The Tuesday message: one line and one button a match, the short question how it goes, and a way out."""

from collections.abc import Mapping, Sequence

from flows.journey import Task
from flows.nudge import Lack, Missing
from flows.voice.message import Action, Block, Button, Buttons, Line, Message, Note, Paragraph, Tone, Words
from flows.voice.say import Say, flatten
from flows.voice.sessions import Scene, about, which

Lines = Sequence[tuple[Scene, Missing]]


def tuesday(lines: Lines, check_in: Sequence[Scene], tasks: Mapping[str, Task], say: Say) -> Message:
    """What is missing, by match, and for `check_in` how it goes. At least one of the two must not be empty."""
    said = [(_line(scene, missing, tasks, say), _button(scene, missing, tasks, say)) for scene, missing in lines]
    blocks: list[Block] = []
    buttons: tuple[Button, ...] = ()
    if len(said) == 1:
        blocks.append(Paragraph(said[0][0]))
        buttons = (said[0][1],)
    else:
        blocks.extend(Line(words, button) for words, button in said)
    if lines and all(missing.last for _, missing in lines):
        blocks.append(Note(say("This is the last time that I bring it up.")))
    question = _how_it_goes(check_in, say)
    if check_in:
        if buttons:
            blocks.append(Buttons(buttons))
            buttons = ()
        blocks.append(Paragraph(question))
        blocks.append(Note(_seen_by(check_in, say)))
        blocks.append(Buttons(_moods(check_in, say)))
    blocks.append(Buttons((*buttons, *way_out(say))))
    return Message(flatten(said[0][0]) if said else flatten(question), tuple(blocks))


def way_out(say: Say) -> tuple[Button, ...]:
    """The last two buttons of every nudge."""
    return (
        Button(say.plain("Not this week"), Action("nudge.snooze")),
        Button(say.plain("Turn these off"), Action("nudge.off")),
    )


def _line(scene: Scene, missing: Missing, tasks: Mapping[str, Task], say: Say) -> Words:
    partner, number = scene.partner, which(missing.session, say)
    match missing.lack:
        case Lack.CARD if missing.session:
            return say("Your {which} conversation with **{partner}** is open.", which=number, partner=partner)
        case Lack.CARD if missing.activity == "closing":
            return say("This is the last week of your plan with **{partner}**.", partner=partner)
        case Lack.CARD:
            return say("It is time for a letter to yourself, beside your talks with **{partner}**.", partner=partner)
        case Lack.HELLO:
            return say("You and **{partner}** have not said hello yet. One line is enough.", partner=partner)
        case Lack.DATE:
            return say(
                "You and **{partner}** have no date for your {which} conversation yet.", partner=partner, which=number
            )
        case Lack.CONFIRMATION:
            return say("Did you and **{partner}** have your {which} conversation?", partner=partner, which=number)
        case Lack.ACTIVITY:
            line = say.text(tasks[missing.activity].line)
            return say("You and **{partner}**: {line}", partner=partner, line=line)
        case Lack.OVERDUE:
            return say("A step that you and **{partner}** agreed on is past its day.", partner=partner)
        case Lack.APPRECIATION:
            return say("Tell **{partner}** one thing that you saw and liked. Say just what it was.", partner=partner)


def _button(scene: Scene, missing: Missing, tasks: Mapping[str, Task], say: Say) -> Button:
    args = about(scene, missing.session, via="nudge")
    match missing.lack:
        case Lack.CARD:
            return Button(say.plain("See it"), Action("session.see", {**args, "step": missing.activity}), Tone.MAIN)
        case Lack.HELLO:
            return Button(say.plain("We are in touch"), Action("nudge.in_touch", args), Tone.MAIN)
        case Lack.DATE:
            return Button(say.plain("We have a date"), Action("session.date", args), Tone.MAIN)
        case Lack.CONFIRMATION:
            return Button(say.plain("We met"), Action("session.met", args), Tone.MAIN)
        case Lack.ACTIVITY:
            label = say.text(tasks[missing.activity].button)
            return Button(label, Action("activity.open", {**args, "kind": missing.activity}), Tone.MAIN)
        case Lack.OVERDUE:
            return Button(
                say.plain("See our steps"), Action("activity.open", {**args, "kind": missing.activity}), Tone.MAIN
            )
        case Lack.APPRECIATION:
            return Button(say.plain("I told them"), Action("nudge.told", args), Tone.MAIN)


def _seen_by(check_in: Sequence[Scene], say: Say) -> Words:
    return say.many(
        len(check_in),
        "How it goes is counted. {partner} does not see it.",
        "How it goes is counted. {partner} do not see it.",
        partner=_names(check_in, say),
    )


def _names(scenes: Sequence[Scene], say: Say) -> str:
    return say.listing([scene.partner for scene in scenes])


def _how_it_goes(scenes: Sequence[Scene], say: Say) -> Words:
    return say("How is it going with {partner}?", partner=_names(scenes, say))


def _moods(scenes: Sequence[Scene], say: Say) -> tuple[Button, ...]:
    args = {"matches": ",".join(scene.match for scene in scenes), "via": "nudge"}
    return (
        Button(say.plain("Fine"), Action("check_in.answer", {**args, "answer": "fine"})),
        Button(say.plain("Slow"), Action("check_in.answer", {**args, "answer": "slow"})),
        Button(say.plain("Stuck"), Action("check_in.answer", {**args, "answer": "stuck"})),
    )


def snoozed(day: str, say: Say) -> Message:
    """The calm line after "Not this week"; `day` is the next slot, in words."""
    line = say("That can wait. You hear from me on {day} at the earliest.", day=day)
    return Message(flatten(line), (Paragraph(line),))


def turned_off(say: Say) -> Message:
    """The calm line after "Turn these off"."""
    line = say("These messages are off. Your match and your place stay as they are.")
    on = Button(say.plain("Turn them on again"), Action("nudge.on"))
    note = Note(say("A card still comes when a conversation opens."))
    return Message(flatten(line), (Paragraph(line), note, Buttons((on,))))


def turned_on(day: str, say: Say) -> Message:
    """The calm line when they are wanted again."""
    line = say("These messages are on again. The next may come on {day}.", day=day)
    off = Button(say.plain("Turn these off"), Action("nudge.off"))
    return Message(flatten(line), (Paragraph(line), Buttons((off,))))


def in_touch(scene: Scene, say: Say) -> Message:
    """The calm line after the first contact."""
    line = say(
        "Good: you and {partner} are in touch. A date for your first conversation is next.", partner=scene.partner
    )
    have = Button(say.plain("We have a date"), Action("session.date", about(scene, 1, via="line")), Tone.MAIN)
    return Message(flatten(line), (Paragraph(line), Buttons((have,))))


def told(scene: Scene, say: Say) -> Message:
    """The calm line after the mentor told their mentee."""
    line = say("Noted that you told {partner}. What you said stays between you.", partner=scene.partner)
    return Message(flatten(line), (Paragraph(line),))
