"""What answers the two invokes of a dialog, and the way into one for a word that was typed.

A dialog goes on with another page, says a last line, or closes at an empty answer: "Use dialogs with bots",
learn.microsoft.com.
"""

from collections.abc import Mapping

from bot.teams import render
from bot.teams.carried import Window
from bot.teams.limits import Json
from bot.teams.parse import Origin
from bot.teams.refilling import refilled
from flows.voice import reaching
from flows.voice.message import Action, Form, Heading, Message
from flows.voice.say import Say
from handlers.inbound import Asked, Inbound, Pressed, Reply, Said, Submitted, What
from handlers.words import OPEN, command_in


def showing(message: Message, window: Window) -> Json:
    """The dialog shows this."""
    return _goes_on(render.dialog(message, window))


def sent_back(form: Message | None, lines: Message, window: Window, data: Json, errors: Mapping[str, str]) -> Json:
    """The dialog shows its form with what was typed and what would fit; where the form is not known, those lines."""
    if form is None:
        return showing(lines, window)
    return _goes_on(refilled(render.dialog(form, window), data, errors))


def parting(words: str) -> Json:
    """The dialog says a last line."""
    return {"task": {"type": "message", "value": words}}


def opened(inbound: Inbound, where: Origin) -> Window:
    """The dialog that this press opens, or that goes on from it."""
    what = inbound.what
    opener = what.action if isinstance(what, Pressed | Submitted) else Action("")
    return Window(opener, inbound.id, where.window.card if where.window is not None else where.card)


def form_of(reply: Reply, inbound: Inbound) -> Message | None:
    """What the reply shows, when it holds the form that was sent."""
    what = inbound.what
    if not isinstance(what, Pressed | Submitted):
        return None
    forms = [block for block in reply.message.blocks if isinstance(block, Form)]
    return reply.message if any(what.action in _sending(form) for form in forms) else None


def door(message: Message, what: What, say: Say) -> Message:
    """The card that stands in a chat for a dialog: its title, and the button that opens it."""
    title = next((block.text for block in message.blocks if isinstance(block, Heading)), message.summary)
    return reaching.door(title, _way_to(what), say)


def _way_to(what: What) -> Action:
    match what:
        case Pressed(action) | Submitted(action):
            return action
        case Asked(command, words):
            return Action(OPEN, {"command": command, "words": words})
        case Said(text):
            return Action(OPEN, {"command": "mentor", "words": command_in(text)})
        case _:
            return Action(OPEN, {"command": "mentor", "words": ""})


def _sending(form: Form) -> tuple[Action, ...]:
    return tuple(button.action for button in (form.submit, *form.keeps))


def _goes_on(info: Json) -> Json:
    return {"task": {"type": "continue", "value": info}}
