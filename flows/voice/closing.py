"""The last week of a match and what comes after."""

from flows.voice.message import Action, Button, Buttons, Heading, Message, Note, Paragraph
from flows.voice.say import Say, flatten
from flows.voice.sessions import Scene


def last_week(scene: Scene, met: int, title: str, say: Say) -> Message:
    """The plan ends: how often they met, and the next choice. `title` is the pack's."""
    point = say("Your plan with **{partner}** ends on {day}.", partner=scene.partner, day=say.day(scene.ends_on))
    done = say.many(met, "You two talked once.", "You two talked {n} times.") if met else None
    return Message(
        summary=flatten(point),
        blocks=(
            Heading(say.text(title)),
            Paragraph(point),
            *((Paragraph(done),) if done else ()),
            Paragraph(say("What would you like after that?")),
            Buttons(
                (
                    _choice(scene, "ourselves", say.plain("We go on by ourselves")),
                    _choice(scene, "again", say.plain("Another match")),
                    _choice(scene, "enough", say.plain("That is it for now")),
                )
            ),
            Note(say("{partner} does not see what you choose.", partner=scene.partner)),
        ),
    )


def _choice(scene: Scene, choice: str, label: str) -> Button:
    return Button(label, Action("closing.choose", {"match": scene.match, "choice": choice}))


def chosen(scene: Scene, choice: str, say: Say) -> Message:
    """The calm line after the choice."""
    match choice:
        case "ourselves":
            line = say("Noted: you and {partner} go on by yourselves. Nobody keeps count.", partner=scene.partner)
        case "again":
            line = say("Noted: you would like another match. /mentor join shows what is open.")
        case _:
            line = say("Noted. The door stays open.")
    return Message(flatten(line), (Paragraph(line),))
