"""Why not somebody else: what a coordinator reads of a pair that the draft does not have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.matching.editing.asking import Why
from flows.people import Person
from flows.voice.coordinating import line, mention
from flows.voice.locks import limits_of
from flows.voice.message import Action, Block, Bullets, Button, Buttons, Mention, Message, Note, Paragraph, Words
from flows.voice.prices import step
from flows.voice.rounds import of_100
from flows.voice.say import Say, flatten

MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that somebody asks about; scores are None where there is none to tell."""

    mentee: Person
    mentor: Person
    score: int
    now: Person | None
    """Whom the mentee has in the draft."""
    now_score: int = 0
    limits: Sequence[str] = ()
    """What stands in the way."""
    kept_apart: bool = False
    on_hold: bool = False
    least: int | None = None
    costs_a_place: bool = False


def together(mentee: Person, mentor: Person, score: int, say: Say) -> Message:
    """They are a pair of the draft."""
    return line(
        say(
            "{mentee} and {mentor} are a pair of this draft: {score} of 100.",
            mentee=mention(mentee),
            mentor=mention(mentor),
            score=of_100(score),
        )
    )


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
    if asked.costs_a_place:
        return say("{mentee} may be matched with {mentor}, but somebody would lose their place.", **two)
    if asked.least is None:
        return say("{mentee} may be matched with {mentor}. What it costs is not known at once.", **two)
    if asked.least < 100:
        return say("{mentee} may be matched with {mentor}, and it may cost the programme nothing.", **two)
    return say.many(
        asked.least // 100,
        "Giving {mentee} to {mentor} would cost the programme at least {n} point.",
        "Giving {mentee} to {mentor} would cost the programme at least {n} points.",
        **two,
    )


def _scores(asked: Asked, say: Say) -> Words:
    if asked.now is None:
        return say(
            "Their fit is {score} of 100. {mentee} has nobody in this draft.",
            mentee=mention(asked.mentee),
            score=of_100(asked.score),
        )
    return say(
        "Their fit is {score} of 100. In this draft {mentee} has {now}, with {now_score} of 100.",
        mentee=mention(asked.mentee),
        score=of_100(asked.score),
        now=mention(asked.now),
        now_score=of_100(asked.now_score),
    )


def asked_for(mentee: Person, mentor: Person, say: Say) -> Message:
    """The answer at once to whoever wants the exact price."""
    return line(
        say("Working out what it costs to give {mentee} to {mentor}.", mentee=mention(mentee), mentor=mention(mentor)),
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
            *(() if found.proved else (Note(say("The time was up, so that it may cost less than this.")),)),
            Note(say("By the people and locks of now. Nothing has changed, and nobody has been told.")),
        ),
    )


def still(people: int, say: Say) -> Message:
    """The line while it is worked out."""
    return line(
        say.many(people, "Still working, with {n} person to look at.", "Still working, with {n} people to look at.")
    )


def failed(code: str, say: Say) -> Message:
    """Nothing came of it."""
    return line(
        say("I could not work that out this time. Nothing has changed."),
        note=say("Please ask once more. If it fails again, whoever runs Alongside finds the reason under {code}.",
                 code=code),
    )  # fmt: skip


def _exactly(mentee: Mention, mentor: Mention, found: Why, say: Say) -> Words:
    if found.costs is None:
        return say("{mentee} cannot be given to {mentor} now: somebody left, or the place is locked.",
                   mentee=mentee, mentor=mentor)  # fmt: skip
    if found.fewer > 0:
        return say.many(
            found.fewer,
            "Giving {mentee} to {mentor} would cost {n} person their place.",
            "Giving {mentee} to {mentor} would cost {n} people their place.",
            mentee=mentee,
            mentor=mentor,
        )
    cost = round(found.costs / 100)
    if cost <= 0:
        return say("Giving {mentee} to {mentor} would cost the programme nothing.", mentee=mentee, mentor=mentor)
    return say.many(
        cost,
        "Giving {mentee} to {mentor} would cost the programme {n} point, exactly.",
        "Giving {mentee} to {mentor} would cost the programme {n} points, exactly.",
        mentee=mentee,
        mentor=mentor,
    )
