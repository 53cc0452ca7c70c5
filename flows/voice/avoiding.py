"""Never to be matched with somebody: asked and answered between the bot and one person, and told to nobody else."""

from collections.abc import Sequence

from flows.people import Person
from flows.voice.message import Action, Block, Button, Buttons, Line, Message, Note, Paragraph
from flows.voice.say import Say, flatten
from flows.voice.writing import short

MOST = 20
"""People in one list, each with a button."""


def avoided(them: Person, match: str, say: Say) -> Message:
    """From now on; `match` is the one that the two have now, "" when they have none."""
    if match:
        opening = say(
            "**You and {name} will not be matched again.** Nobody is told, and nobody asks why.", name=them.name
        )
    else:
        opening = say("**You and {name} will not be matched.** Nobody is told, and nobody asks why.", name=them.name)
    blocks: list[Block] = [Paragraph(opening)]
    buttons = [_release(them, say)]
    if match:
        blocks.append(
            Paragraph(
                say(
                    "You two have a match now, and this does not end it. The button below leads there: no reason is "
                    "asked, and {name} does not read who ended it.",
                    name=them.first_name,
                )
            )
        )
        buttons.insert(0, Button(say.plain("This is not a fit"), Action("match.not_a_fit", {"match": match})))
    return Message(
        summary=flatten(opening),
        blocks=(
            *blocks,
            Buttons(tuple(buttons)),
            Note(say("Only you see this.")),
        ),
    )


def let_go(them: Person, say: Say) -> Message:
    """No longer."""
    told = say("You no longer avoid {name}. Nobody was told, before or now.", name=them.name)
    again = Button(
        say.plain("Avoid {name} again", name=short(them.first_name)), Action("avoid.keep", {"person": them.id})
    )
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((again,)), Note(say("Only you see this."))))


def listed(people: Sequence[Person], say: Say) -> Message:
    """Everybody whom the reader avoids, each with the way back."""
    example = "/mentor avoid Hannah Weiss"
    if not people:
        told = say("You avoid nobody. {example} keeps you two from being matched, and nobody is told.", example=example)
        return Message(summary=flatten(told), blocks=(Paragraph(told), Note(say("Only you see this."))))
    told = say("You will not be matched with these people. None of them is told.")
    lines = tuple(
        Line(
            say("**{name}**", name=one.name),
            _release(one, say, list="1"),
        )
        for one in people[:MOST]
    )
    left = len(people) - len(lines)
    more = say.many(
        left,
        "{n} more is not shown here. The name behind {command} brings its button. Only you see this.",
        "{n} more are not shown here. A name behind {command} brings its button. Only you see this.",
        command="/mentor avoid",
    )
    return Message(
        summary=flatten(told), blocks=(Paragraph(told), *lines, Note(more if left else say("Only you see this.")))
    )


def _release(them: Person, say: Say, **args: str) -> Button:
    label = say.plain("Stop avoiding {name}", name=short(them.first_name))
    return Button(label, Action("avoid.release", {"person": them.id, **args}))
