"""The first words to somebody who has just met the bot."""

from flows.people import Person
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten


def welcome(me: Person, say: Say) -> Message:
    """Once a person, for ever: what this is, what it costs, and that nothing has to be done. A platform may not have
    told their name yet."""
    opening = (
        say("**Hello {name}. Mentoring runs in this chat.**", name=me.first_name)
        if me.is_named
        else say("**Hello. Mentoring runs in this chat.**")
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(
                say(
                    "Two people, four talks, a few weeks. You say what you want to learn or share, and see why we "
                    "chose your partner. Joining takes three minutes. {command} shows what else I can do.",
                    command="/mentor help",
                )
            ),
            Buttons(
                (
                    Button(say.plain("Join"), Action("joining.join"), Tone.MAIN),
                    Button(say.plain("Not now"), Action("programme.not_now")),
                )
            ),
            Note(say("Nobody is told that you were here.")),
        ),
    )
