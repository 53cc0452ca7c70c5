"""What every draft under review begins with, whatever it brings together: its name, its figures, its numbered lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.people import Person
from flows.voice.coordinating import LONGEST, fitting, left_out_words
from flows.voice.message import Action, Block, Bullets, Button, Buttons, Facts, Heading, Note, Paragraph, Words
from flows.voice.people import mention
from flows.voice.say import Say

MOST_LEFT = 10
"""People without a match in one message."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pair, or a gathering of more, as a coordinator reads it: the number by which it is called, and a line of it."""

    number: int
    words: Words


def opened(number: int, opening: Words, facts: Sequence[tuple[str, Words]], say: Say) -> tuple[Block, ...]:
    """Which draft it is, and its figures."""
    heading = Heading(say.plain("Draft {number}", number=str(number)))
    return heading, Paragraph(opening), Facts(tuple(facts))


def listed(proposed: Sequence[Proposed], more: Action, say: Say, *, most: int, behind: int = 0) -> tuple[Block, ...]:
    """As many lines as a message holds, and the button `more` for those behind them; `behind`: so many follow that are
    not given at all."""
    shown = fitting([one.words for one in proposed], most=most, longest=LONGEST)
    if not shown:
        return ()
    left_out = len(proposed) - len(shown) + behind
    if not left_out:
        return (Bullets(shown),)
    following = proposed[len(shown)].number if len(shown) < len(proposed) else proposed[-1].number + 1
    action = Action(more.name, {**more.args, "from": str(following)})
    button = Buttons((Button(say.plain("Show more of the draft"), action),))
    return (Bullets(shown), *not_shown(left_out, say), button)


def left(heading: Words, lines: Sequence[Words], every: int, say: Say) -> tuple[Block, ...]:
    """Those for whom nobody was found; `every`: so many there are in all."""
    shown = tuple(lines[:MOST_LEFT])
    return (*((Paragraph(heading), Bullets(shown)) if shown else ()), *not_shown(every - MOST_LEFT, say))


def each_other(one: Person, other: Person, say: Say) -> Words:
    """Two who both learn and mentor, each with the other. It is allowed, and worth a look."""
    return say(
        "{one} and {other} mentor each other in this draft. {lock} gives one of them somebody else.",
        one=mention(one),
        other=mention(other),
        lock="/mentor-admin match lock",
    )


def few_times(people: Sequence[Person], say: Say) -> tuple[Words, ...]:
    """Beside the names of those who left few times to choose from: it may be why they have whom they have."""
    names = say.listing([one.name for one in people])
    return (say("Few free times, by their own answers: {names}.", names=names),) if people else ()


def not_shown(n: int, say: Say) -> tuple[Note, ...]:
    """What a message has no room for; nothing when n is 0 or less."""
    return (Note(left_out_words(n, say)),) if n > 0 else ()
