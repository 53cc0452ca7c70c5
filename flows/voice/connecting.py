"""Two accounts of one person: the code that joins them, and where the bot writes."""

from collections.abc import Sequence
from dataclasses import replace

from flows.connecting import in_two
from flows.people import Account, Person
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten
from flows.voice.spaces import write_button


def code(signs: str, say: Say) -> Message:
    """The code, and what to do with it."""
    opening = say(
        "**Your code is {code}.** In the other app, write this to me: {command}",
        code=in_two(signs),
        command=f"/mentor connect {in_two(signs)}",
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("Then I know that both accounts are yours, and you can answer me in either app.")),
            Note(say("It works once, for 30 minutes. Only you see it: who types it acts as you.")),
        ),
    )


def connected(say: Say) -> Message:
    """Said in the app where the code was typed."""
    opening = say("**This account is yours too now.** You can answer me here and in the other app.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("What I write goes on arriving in the other app, until you choose this one.")),
            Buttons((_here(say),)),
        ),
    )


def notice(account: Account, say: Say) -> Message:
    """Said in the app where the code was asked for, since a code may fall into wrong hands."""
    opening = say("**Your account in the other app is connected.** You can answer me there too.")
    which = {"platform": account.platform, "workspace": account.workspace, "user": account.user}
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Buttons((Button(say.plain("That was not me"), Action("connect.undo", which)),)),
            Note(say("I go on writing to you here. {command} in the other app changes that.", command=_COMMAND)),
        ),
    )


def undone(say: Say) -> Message:
    """The account is a stranger's again."""
    words = say("**Taken back.** That account is no longer yours here, and I answer it as I would a stranger's.")
    note = say("Nothing was lost. I write to you here.")
    return Message(summary=flatten(words), blocks=(Paragraph(words), Note(note)))


def stands(say: Say, *, here: bool) -> Message:
    """Where the bot writes to somebody who has several accounts; `here`: in the app in which they ask."""
    more = Button(say.plain("Connect another account"), Action("connect.code"))
    if here:
        words = say("**I write to you here.** Your account in the other app is yours too, and you can answer me there.")
        note = say("To be written to there, type {command} in the other app.", command=_COMMAND)
        return Message(summary=flatten(words), blocks=(Paragraph(words), Note(note), Buttons((more,))))
    words = say("**I write to you in the other app.** You can answer me here too.")
    return Message(summary=flatten(words), blocks=(Paragraph(words), Buttons((_here(say), more))))


def moved(say: Say) -> Message:
    """They are written to here from now on."""
    words = say("**From now on I write to you here.** What I wrote in the other app stays there, and still works.")
    note = say("To go back, type {command} in the other app.", command=_COMMAND)
    return Message(summary=flatten(words), blocks=(Paragraph(words), Note(note)))


def relayed(pairs: Sequence[tuple[str, Person]], say: Say) -> Message:
    """With these (id of a match, partner) they write through the bot, now that they are written to elsewhere."""
    names = say.listing([partner.first_name for _, partner in pairs])
    words = say(
        "I carry over what you and {names} write to each other, for you are in different apps now.", names=names
    )
    buttons = tuple(write_button(match, partner, say) for match, partner in pairs)
    note = say("A chat that you share already stays where it is.")
    return Message(summary=flatten(words), blocks=(Paragraph(words), Buttons(buttons), Note(note)))


def elsewhere(say: Say) -> Message:
    """What somebody did here is answered by a message in the app in which they are written to."""
    words = say("That is done. What follows is in the other app, where I write to you.")
    return Message(summary=flatten(words), blocks=(Paragraph(words), Buttons((_here(say),))))


def with_more_elsewhere(message: Message, say: Say) -> Message:
    """An answer whose other half is a message in the app in which they are written to."""
    return replace(message, blocks=(*message.blocks, Note(say("The rest is in the other app, where I write to you."))))


def ask_button(say: Say) -> Button:
    """Asks for a code, or where the bot writes."""
    return Button(say.plain("Connect another account"), Action("connect.ask"))


def _here(say: Say) -> Button:
    return Button(say.plain("Write to me here instead"), Action("connect.here"), Tone.MAIN)


_COMMAND = "/mentor connect"
