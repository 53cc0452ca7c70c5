"""The short regular question between conversations, and what follows from "stuck"."""

from collections.abc import Sequence

from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph
from flows.voice.say import Say, flatten
from flows.voice.sessions import Scene, about


def noted(answer: str, say: Say) -> Message:
    """The calm line after an answer."""
    line = say("Noted: it goes well.") if answer == "fine" else say("Noted: it goes slowly. That is all right.")
    return Message(flatten(line), (Paragraph(line),))


def stuck_with(scenes: Sequence[Scene], say: Say) -> Message:
    """Somebody with several matches is stuck: in which one?"""
    line = say("Thank you for saying so. With whom is it stuck?")
    buttons = [
        Button(scene.partner[:70], Action("check_in.answer", {"matches": scene.match, "answer": "stuck"}))
        for scene in scenes
    ]
    return Message(flatten(line), (Paragraph(line), Buttons(tuple(buttons))))


def stuck(scene: Scene, say: Say) -> Message:
    """Nobody is told unless the person wants it."""
    line = say("Thank you for saying so. Nobody has been told. May a coordinator know?")
    ask = say("They would see that you and {partner} need a look, and no more.", partner=scene.partner)
    return Message(
        summary=flatten(line),
        blocks=(
            Paragraph(line),
            Note(ask),
            Buttons(
                (
                    Button(say.plain("They may know"), Action("check_in.share", {"match": scene.match})),
                    Button(say.plain("Keep it to me"), Action("check_in.keep", {"match": scene.match})),
                    Button(say.plain("Find a time"), Action("session.date", about(scene, 0, via="line"))),
                )
            ),
        ),
    )


def shared(scene: Scene, say: Say) -> Message:
    """The calm line once a coordinator may know."""
    line = say("A coordinator sees that you and {partner} need a look.", partner=scene.partner)
    return Message(flatten(line), (Paragraph(line),))


def kept(say: Say) -> Message:
    """The calm line when it stays with the person."""
    line = say("It stays with you. You can tell a coordinator whenever you like.")
    return Message(flatten(line), (Paragraph(line),))
