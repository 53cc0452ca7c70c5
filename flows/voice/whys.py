"""Why not somebody else: what a coordinator reads of a pair that the draft does not have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.matching.editing.asking import Why
from flows.people import Person
from flows.voice.calm import line
from flows.voice.fit import about, at_least, fit
from flows.voice.locks import limits_of
from flows.voice.message import Action, Block, Bullets, Button, Buttons, Mention, Message, Note, Paragraph, Words
from flows.voice.people import mention
from flows.voice.prices import step
from flows.voice.say import Say, flatten

MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that somebody asks about, and what is known of it at once; scores are in points."""

    mentee: Person
    mentor: Person
    score: int
    now: Person | None
    """Whom the mentee has in the draft, and how well these two fit; None and 0 for nobody."""
    now_score: int = 0
    limits: Sequence[str] = ()
    """What stands in the way."""
    kept_apart: bool = False
    on_hold: bool = False
    least: int | None = None
    """So much worse at least would the draft be, of a `whole` of that worth."""
    whole: int = 0
    costs_a_place: bool = False
    let_go: bool = False
    """Whether a coordinator's decision about one of them was let go after the draft was made."""


def together(mentee: Person, mentor: Person, score: int, reasons: Sequence[Words], say: Say) -> Message:
    """They are a pair of the draft, and why."""
    first = say(
        "{mentee} and {mentor} are a pair of this draft, with a fit of {fit} %.",
        mentee=mention(mentee),
        mentor=mention(mentor),
        fit=fit(score),
    )
    told = (Bullets(tuple(reasons)),) if reasons else ()
    return Message(flatten(first), (Paragraph(first), *told))


def why_not(asked: Asked, action: Action | None, say: Say) -> Message:
    """What is known at once. `action` works out the exact price; None where there is none."""
    first = _answer(asked, say)
    blocks: list[Block] = [Paragraph(first), Paragraph(_scores(asked, say))]
    if action is not None:
        blocks.append(
            Note(
                say(
                    "{lock} shows what changes, and does it.",
                    lock=f"/mentor-admin match lock {asked.mentee.name}, {asked.mentor.name}",
                )
            )
        )
        blocks.append(Buttons((Button(say.plain("Work it out exactly"), action),)))
    return Message(summary=flatten(first), blocks=tuple(blocks))


def _answer(asked: Asked, say: Say) -> Words:
    two = {"mentee": mention(asked.mentee), "mentor": mention(asked.mentor)}
    if asked.limits:
        return say(
            "{mentee} and {mentor} cannot be matched. What stands in the way: {limits}.",
            limits=limits_of(asked.limits, say),
            **two,
        )
    if asked.kept_apart:
        return say("{mentee} and {mentor} are kept apart by a coordinator.", **two)
    if asked.on_hold:
        return say("{mentee} and {mentor} may be matched, but one of them is on hold.", **two)
    if asked.let_go:
        return say(
            "{mentee} may be matched with {mentor}. This draft was made before a lock that concerns them was let go; "
            "a new draft looks at it.",
            **two,
        )
    if asked.costs_a_place:
        return say("{mentee} may be matched with {mentor}, but somebody would lose their place.", **two)
    if asked.least is None:
        return say("{mentee} may be matched with {mentor}. What it costs is not known at once.", **two)
    percent = at_least(asked.least, asked.whole)
    if not percent:
        return say("{mentee} may be matched with {mentor}, and the draft may be as good with it.", **two)
    return say(
        "{mentee} may be matched with {mentor}, but the draft would be at least {percent} % worse.",
        percent=say.number(percent),
        **two,
    )


def _scores(asked: Asked, say: Say) -> Words:
    if asked.now is None:
        return say(
            "Their fit is {fit} %. {mentee} has nobody in this draft.",
            mentee=mention(asked.mentee),
            fit=fit(asked.score),
        )
    return say(
        "Their fit is {fit} %. In this draft {mentee} has {now}, with a fit of {now_fit} %.",
        mentee=mention(asked.mentee),
        fit=fit(asked.score),
        now=mention(asked.now),
        now_fit=fit(asked.now_score),
    )


def asked_for(mentee: Person, mentor: Person, say: Say) -> Message:
    """The answer at once to whoever wants the exact price."""
    return line(
        say(
            "Working out what it costs to match {mentee} with {mentor}.", mentee=mention(mentee), mentor=mention(mentor)
        ),
        note=say("The answer comes to our chat in a moment. Nothing changes."),
    )


def exactly(mentee: Person, mentor: Person, found: Why, people: Mapping[str, Person], say: Say) -> Message:
    """The exact price, with who would move. `people` are by participant."""
    first = _exactly(mention(mentee), mention(mentor), found, say)
    steps = [step(one, people, say) for one in found.steps if one.mentee in people]
    return Message(
        summary=flatten(first),
        blocks=(
            Paragraph(first),
            *((Bullets(tuple(steps[:MOST_STEPS])),) if steps else ()),
            Note(_how_sure(found, say)),
        ),
    )


def _how_sure(found: Why, say: Say) -> Words:
    if found.costs is None:
        return say("Nothing has changed, and nobody was told.")
    if found.proved:
        return say("Worked out exactly, with the people and locks of now. Nothing has changed, and nobody was told.")
    return say("The time was up, so it may cost less than this. Nothing has changed, and nobody was told.")


def still(people: int, say: Say) -> Message:
    """The line while it is worked out."""
    return line(
        say.many(people, "Still working, with {n} person to look at.", "Still working, with {n} people to look at.")
    )


def failed(code: str, say: Say) -> Message:
    """Nothing came of it."""
    return line(
        say("I could not work that out this time. Nothing has changed."),
        note=say(
            "Please ask once more. If it fails again, whoever runs Alongside finds the reason under {code}.", code=code
        ),
    )


def _exactly(mentee: Mention, mentor: Mention, found: Why, say: Say) -> Words:
    two = {"mentee": mentee, "mentor": mentor}
    if found.costs is None:
        return say("{mentee} cannot be matched with {mentor} now: somebody left, or the place is locked.", **two)
    if found.fewer > 0:
        return say.many(
            found.fewer,
            "With {mentee} and {mentor} matched, {n} person fewer would have a mentor.",
            "With {mentee} and {mentor} matched, {n} people fewer would have a mentor.",
            **two,
        )
    if found.costs <= 0:
        return say("With {mentee} and {mentor} matched, the draft would be as good as without.", **two)
    percent = about(found.costs, found.whole)
    if not percent:
        return say("With {mentee} and {mentor} matched, the draft would be less than 0.1 % worse.", **two)
    return say(
        "With {mentee} and {mentor} matched, the draft would be {percent} % worse.", percent=say.number(percent), **two
    )
