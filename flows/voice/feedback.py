"""Three taps after a meeting, then the question of fit, all in one message that changes in place."""

from flows.feedback import FIT, HIGH, LOW, MIDDLE, TAPS
from flows.meetings import Meeting, Said
from flows.voice.meetings import asked_day
from flows.voice.message import Action, Button, Buttons, Facts, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten
from flows.voice.sessions import Scene, about, next_open, which


def ask(scene: Scene, meeting: Meeting, question: str, say: Say) -> Message:
    """One question with its three answers; the first of them also says which conversation is meant."""
    if question == FIT:
        return _ask_fit(scene, meeting, say)
    line = say(_question(question, say))
    opening = say(
        "You and **{partner}** had your {which} conversation.",
        partner=scene.partner,
        which=which(meeting.number, say),
    )
    first = question == TAPS[0]
    out = _not_met(scene, meeting, say) if first else _enough(scene, meeting, say)
    return Message(
        summary=f"{flatten(opening)} {flatten(line)}" if first else flatten(line),
        blocks=(
            *((Paragraph(opening),) if first else ()),
            Paragraph(line),
            Buttons((*(_tap(scene, meeting, question, answer, say) for answer in (HIGH, MIDDLE, LOW)), out)),
            Note(say("{partner} does not see this. Coordinators see only if you are on track.", partner=scene.partner)),
        ),
    )


def _question(question: str, say: Say) -> str:
    match question:
        case "useful":
            return say.plain("Was it worth your time?")
        case "heard":
            return say.plain("Did you feel heard?")
        case _:
            return say.plain("Do you know what comes next?")


def _tap(scene: Scene, meeting: Meeting, question: str, answer: int, say: Say) -> Button:
    labels = {HIGH: say.plain("Very much"), MIDDLE: say.plain("Partly"), LOW: say.plain("Not really")}
    args = about(scene, meeting.number, question=question, answer=str(answer))
    return Button(labels[answer], Action("feedback.tap", args))


def _not_met(scene: Scene, meeting: Meeting, say: Say) -> Button:
    args = about(scene, meeting.number, said=Said.NOT_YET.value, day=asked_day(meeting))
    return Button(say.plain("We did not meet"), Action("meeting.answer", args))


def _enough(scene: Scene, meeting: Meeting, say: Say) -> Button:
    return Button(say.plain("Enough for now"), Action("feedback.enough", about(scene, meeting.number)))


def _ask_fit(scene: Scene, meeting: Meeting, say: Say) -> Message:
    line = say("Do you and **{partner}** fit, as far as you can tell?", partner=scene.partner)
    labels = {HIGH: say.plain("It fits"), MIDDLE: say.plain("Not sure yet"), LOW: say.plain("Not a fit")}
    buttons = [
        Button(labels[answer], Action("feedback.tap", about(scene, meeting.number, question=FIT, answer=str(answer))))
        for answer in (HIGH, MIDDLE, LOW)
    ]
    note = Note(say("{partner} does not see this. Nothing happens by itself.", partner=scene.partner))
    return Message(flatten(line), (Paragraph(line), Buttons((*buttons, _enough(scene, meeting, say))), note))


def thanks(scene: Scene, meeting: Meeting, opened: Meeting | None, say: Say) -> Message:
    """The last state of the message, with the next conversation."""
    line = say(
        "Noted, what you said of your {which} conversation with {partner}.",
        which=which(meeting.number, say),
        partner=scene.partner,
    )
    return Message(flatten(line), (Paragraph(line), *next_open(scene, opened, say)))


def not_a_fit(scene: Scene, meeting: Meeting, say: Say) -> Message:
    """What each way does, before it is taken."""
    line = say("Thank you for saying so. Nobody has been told, {partner} neither.", partner=scene.partner)
    args = about(scene, meeting.number)
    talk, leave, keep = say.plain("Talk to a coordinator"), say.plain("Leave this match"), say.plain("Keep going")
    return Message(
        summary=flatten(line),
        blocks=(
            Paragraph(line),
            Facts(
                (
                    (talk, say("A coordinator sees that your match needs a look, and can ask how to help.")),
                    (leave, say("The match ends. {partner} hears neutral words and no reason.", partner=scene.partner)),
                    (keep, say("Nothing changes. I ask once more after your next conversation.")),
                )
            ),
            Buttons(
                (
                    Button(talk, Action("fit.talk", args)),
                    Button(leave, Action("standing.leave", {"match": scene.match}), Tone.GRAVE),
                    Button(keep, Action("fit.keep", args)),
                )
            ),
        ),
    )


def coordinator_will_look(scene: Scene, opened: Meeting | None, say: Say) -> Message:
    """The calm line after "Talk to a coordinator"."""
    line = say("A coordinator sees that you and {partner} need a look. They see no answers.", partner=scene.partner)
    return Message(flatten(line), (Paragraph(line), *next_open(scene, opened, say)))
