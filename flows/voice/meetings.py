"""Did you meet? The question, asked once more when two answers differ, and what follows when a talk did not happen."""

from flows.meetings import Meeting, Said
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten
from flows.voice.sessions import Scene, about, which


def did_you_meet(scene: Scene, meeting: Meeting, say: Say, *, once_more: bool = False) -> Message:
    """The question, in the first working hour after the agreed time."""
    number = which(meeting.number, say)
    line = say("Did you and **{partner}** have your {which} conversation?", partner=scene.partner, which=number)
    note = say("Your answers did not fit together, so I ask you both once more.") if once_more else None
    return Message(
        summary=flatten(line),
        blocks=(
            Paragraph(line),
            *((Note(note),) if note else ()),
            Buttons(
                (
                    _answer(scene, meeting, Said.MET, say.plain("We met"), Tone.MAIN),
                    _answer(scene, meeting, Said.MOVED, say.plain("We moved it")),
                    _answer(scene, meeting, Said.NOT_YET, say.plain("Not yet")),
                    _answer(scene, meeting, Said.WONT, say.plain("We leave it out")),
                )
            ),
        ),
    )


def _answer(scene: Scene, meeting: Meeting, said: Said, label: str, tone: Tone = Tone.PLAIN) -> Button:
    args = about(scene, meeting.number, said=said.value, day=asked_day(meeting))
    return Button(label, Action("meeting.answer", args), tone)


def asked_day(meeting: Meeting) -> str:
    """The agreed day as a button carries it, "" for none: an answer to an earlier date is known by it."""
    return f"{meeting.planned_at:%Y-%m-%d}" if meeting.planned_at else ""


def it_happens(scene: Scene, meeting: Meeting, say: Say) -> Message:
    """They did not meet: three next steps."""
    line = say("It happens. What would help you and {partner} most?", partner=scene.partner)
    args = about(scene, meeting.number, via="line")
    return Message(
        summary=flatten(line),
        blocks=(
            Paragraph(line),
            Buttons(
                (
                    Button(say.plain("Find a time"), Action("session.date", args), Tone.MAIN),
                    Button(say.plain("Skip to the next"), Action("session.skip", args)),
                    Button(say.plain("Pause for a while"), Action("standing.pause", {"match": scene.match})),
                )
            ),
            Note(say("Or leave it as it is. Nothing more is asked today.")),
        ),
    )


def waiting(scene: Scene, say: Say) -> Message:
    """After the second asking, one answer alone decides nothing."""
    line = say("Noted. It is settled as soon as {partner} has answered too.", partner=scene.partner)
    return Message(flatten(line), (Paragraph(line),))
