"""The anonymous pulse, as a coordinator reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.pulses import Window, WindowName
from flows.voice.message import Block, Bullets, Heading, Message, Note, Paragraph, Words
from flows.voice.say import Say, flatten


@dataclass(frozen=True, slots=True)
class Result:
    """A question's level from 0 to 100, and how many answered."""

    wording: str
    level: int
    answers: int


@dataclass(frozen=True, slots=True)
class Told:
    """A window and the results that may be shown; none while it is open, or of fewer than five."""

    window: Window
    results: tuple[Result, ...]


def pulse(name: str, told: Sequence[Told], today: date, say: Say) -> Message:
    """Every window with its days, and what the closed ones say."""
    opening = say("The pulse of **{name}** asks by itself, three times.", name=name)
    blocks: list[Block] = [Heading(say.plain("Pulse")), Paragraph(opening)]
    for one in told:
        blocks.append(Paragraph(_window(one, today, say)))
        if one.results:
            blocks.append(Bullets(tuple(_result(result, say) for result in one.results)))
    blocks.append(Note(say("Anonymous. Results show when a window has closed and five people or more have answered.")))
    return Message(summary=flatten(opening), blocks=tuple(blocks))


def _window(one: Told, today: date, say: Say) -> Words:
    window = one.window
    names = {
        WindowName.START: say.plain("At the start"),
        WindowName.MIDDLE: say.plain("In the middle"),
        WindowName.END: say.plain("At the end"),
    }
    which, first, last = names[window.name], say.day(window.opens), say.day(window.closes)
    if today < window.opens:
        return say("**{which}**: opens on {first}.", which=which, first=first)
    if window.is_open(today):
        return say("**{which}**: open until {last}.", which=which, last=last)
    if one.results:
        return say("**{which}**: closed on {last}. Levels go from 0 to 100.", which=which, last=last)
    return say("**{which}**: closed on {last}, with fewer than five answers.", which=which, last=last)


def _result(result: Result, say: Say) -> Words:
    return say.many(
        result.answers,
        "{question} {level}, {n} answer",
        "{question} {level}, {n} answers",
        question=say.text(result.wording),
        level=str(result.level),
    )
