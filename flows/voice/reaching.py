"""What stands where a platform lets us say nothing else: to somebody out of reach, to a press that was taken, and in a
chat in place of a dialog."""

from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Strong, Tone
from flows.voice.say import Say, flatten


def out_of_reach(say: Say) -> Message:
    """Somebody asked in a channel, and we cannot answer in private; everybody there reads it."""
    words = say("I answer in private, and cannot write to you yet. Add me to your own apps, then ask again.")
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def not_here_yet(say: Say) -> Message:
    """Somebody pressed a button in a channel, and we cannot answer in private; they alone read it."""
    words = say(
        "I answer in private, and cannot write to you yet. Add me to your own apps, then press again. Nothing is lost."
    )
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def taken(say: Say) -> Message:
    """A press has no other answer, because the same one was answered before."""
    words = say("I have that already. What follows is in this chat.")
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def file_gone(say: Say) -> Message:
    """Somebody said yes to a file whose message has no words any more."""
    words = say("I keep a file for a week, and this one is gone. Ask for it again, and you get the newest.")
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def read_on(say: Say) -> str:
    """The button below a page of a dialog that is too long for one."""
    return say.plain("Read on")


def door(title: str, way: Action, say: Say) -> Message:
    """A typed word is answered in a dialog, which only a button can open."""
    return Message(
        summary=say.plain("{title}: open it here.", title=title),
        blocks=(
            Paragraph((Strong(title),)),
            Buttons((Button(say.plain("Open"), way, Tone.MAIN),)),
            Note(say("It opens beside this chat, and nothing of it stays here.")),
        ),
    )
