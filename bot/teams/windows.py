"""What answers the two invokes of a dialog, and the way into one for a word that was typed.

A dialog goes on with another page, says a last line, or closes at an empty answer: "Use dialogs with bots",
learn.microsoft.com. Nothing of it is kept here: a page is turned by asking once more for what opened the dialog.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.teams import render
from bot.teams.carried import Window
from bot.teams.limits import Json
from bot.teams.parse import Origin
from bot.teams.parts import parts
from bot.teams.refilling import refilled
from flows.voice import reaching
from flows.voice.message import Action, Form, Heading, Message
from flows.voice.say import Say
from handlers.inbound import Asked, Inbound, Pressed, Reply, Said, Submitted, What
from handlers.words import OPEN, command_in

TURNING: Final = 2_000
"""Bytes that the button takes which turns the page."""


def showing(message: Message, window: Window, say: Say, page: int = 0) -> Json:
    """The dialog shows this; what is too long for one card is read page by page."""
    here = replace(window, page=0)
    pages = _pages(message, here)
    number = min(page, len(pages) - 1)
    onward = (reaching.read_on(say), replace(window, page=number + 1)) if number + 1 < len(pages) else None
    return _goes_on(render.dialog(pages[number], here, onward=onward))


def sent_back(
    form: Message | None, lines: Message, window: Window, data: Json, errors: Mapping[str, str], say: Say
) -> Json:
    """The dialog shows its form with what was typed and what would fit; where the form is not known, those lines."""
    if form is None:
        return showing(lines, window, say)
    page = next(page for page in _pages(form, window) if _forms(page))
    return _goes_on(refilled(render.dialog(page, window), data, errors))


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
    return reply.message if any(what.action in _sending(form) for form in _forms(reply.message)) else None


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


def _pages(message: Message, window: Window) -> tuple[Message, ...]:
    """The message itself, or what is too long for one card in several pages, each with the same heading."""
    if render.fits(message, window):
        return (message,)
    start = 1 if isinstance(message.blocks[0], Heading) else 0
    fits = partial(render.fits, window=window, spare=TURNING)
    told = parts(Message(message.summary, message.blocks[start:]), fits)
    return tuple(Message(page.summary, (*message.blocks[:start], *page.blocks)) for page in told)


def _forms(message: Message) -> list[Form]:
    return [block for block in message.blocks if isinstance(block, Form)]


def _sending(form: Form) -> tuple[Action, ...]:
    return tuple(button.action for button in (form.submit, *form.keeps))


def _goes_on(info: Json) -> Json:
    return {"task": {"type": "continue", "value": info}}
