"""What coordinators read of a round that brings any number of people together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.matching.gatherings.gathering import SAME_TEAM, SMALLEST_CIRCLE, Cause, Gathering, Left
from flows.people import Person, Role
from flows.voice.coordinating import LONGEST, fitting, line, today_or
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Paragraph,
    Plain,
    Words,
)
from flows.voice.rounds import FULL, limit_word
from flows.voice.say import Say, flatten

MOST = 30
"""Gatherings in one message."""
MOST_LEFT = 10
MOST_BROKEN = 3
"""Broken limits that are named of one gathering."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A gathering as a coordinator reads it; `reasons` speak of it from outside, `subject` is in words."""

    number: int
    gathering: Gathering
    subject: str
    reasons: tuple[Words, ...]


def drafted(
    round_: GatheringRound,
    name: str,
    format_: Format,
    shown: Sequence[Proposed],
    people: Mapping[str, Person],
    left: Sequence[Words],
    say: Say,
) -> Message:
    """The draft from the first gathering that is given: who, why, which limits are broken, who sits out."""
    every = round_.proposal.gatherings
    lines = fitting([proposed(one, people, say) for one in shown[:MOST]], most=MOST, longest=LONGEST)
    opening = say(
        "Round {number} of {name}: {what}. Nobody has heard of it yet.",
        number=str(round_.number),
        name=name,
        what=counted(format_, len(every), say),
    )
    together = {person for one in every for person in one.people}
    alone = {one.person for one in round_.proposal.left} - together
    broken = sum(len(one.broken) for one in every)
    facts: list[tuple[str, Words]] = [
        (say.plain("People"), say("{n} together, {left} sit out", n=str(len(together)), left=str(len(alone))))
    ]
    if broken:
        facts.append((say.plain("Limits that could not be kept"), say("{n}", n=str(broken))))
    sure = (
        say("No better draft exists.")
        if round_.proposal.exact
        else say("The best that was found; a better one may exist.")
    )
    facts.append((say.plain("How sure"), sure))
    following = shown[0].number + len(lines) if shown else 1
    return Message(
        summary=flatten(opening),
        blocks=(
            Heading(say.plain("Matching, round {number}", number=str(round_.number))),
            Paragraph(opening),
            Facts(tuple(facts)),
            *((Bullets(lines),) if lines else ()),
            *_more(len(shown) - len(lines), round_, following, say),
            *((Paragraph(say("**Who sits out**")), Bullets(tuple(left[:MOST_LEFT]))) if left else ()),
            *_not_shown(len(left) - MOST_LEFT, say),
            Note(
                say(
                    "{lock} keeps one as it is, {publish} shows what would be sent.",
                    lock="/mentor-admin match lock 3",
                    publish="/mentor-admin match publish",
                )
            ),
        ),
    )


def counted(format_: Format, n: int, say: Say) -> str:
    """So many of what the format calls them."""
    match format_:
        case Format.CIRCLE:
            return say.plain_many(n, "{n} circle", "{n} circles")
        case Format.GROUP:
            return say.plain_many(n, "{n} group", "{n} groups")
        case Format.TEAM:
            return say.plain_many(n, "{n} team", "{n} teams")
        case Format.FLASH:
            return say.plain_many(n, "{n} short talk", "{n} short talks")
        case _:
            return say.plain_many(n, "{n} pair", "{n} pairs")


def proposed(one: Proposed, people: Mapping[str, Person], say: Say) -> Words:
    """One gathering in a line."""
    gathering = one.gathering
    names = say.listing([_named(people[seat.participant], seat.role, say) for seat in gathering.seats])
    about = say.plain(" about {subject}", subject=one.subject) if one.subject else ""
    sitting = say.plain("Sitting {n}: ", n=str(gathering.turn)) if gathering.turn else ""
    why: Words = tuple(span for words in one.reasons for span in (*words, *say(" ")))
    return say(
        "**{number}.** {sitting}{names}{about}, {score} of 100.{locked} {why}{leader}{broken}",
        number=str(one.number),
        sitting=sitting,
        names=names,
        about=about,
        score=str(round(gathering.score * 100 / FULL)),
        locked=say.plain(" Locked.") if gathering.locked else "",
        why=why,
        leader=say("Nobody in it has offered to facilitate. ") if _needs_leader(gathering) else (),
        broken=_broken(gathering, people, say),
    )


def _needs_leader(gathering: Gathering) -> bool:
    """Whether it is a circle without a facilitator; three peers are a pair that took in a third."""
    return len(gathering.seats) >= SMALLEST_CIRCLE and all(seat.role is Role.PEER for seat in gathering.seats)


def _named(person: Person, role: Role, say: Say) -> str:
    if role is Role.FACILITATOR:
        return say.plain("{name} (facilitates)", name=person.name)
    return say.plain("{name} (mentor)", name=person.name) if role is Role.MENTOR else person.name


def _broken(gathering: Gathering, people: Mapping[str, Person], say: Say) -> Words:
    """The limits that stand between some of them, the first few by name."""
    found: Words = ()
    for breach in gathering.broken[:MOST_BROKEN]:
        limits = say.listing([_limit(limit, say) for limit in breach.limits])
        found += say(
            "Not kept: {one} and {other}, {limits}. ",
            one=people[breach.one].name,
            other=people[breach.other].name,
            limits=limits,
        )
    more = len(gathering.broken) - MOST_BROKEN
    return (*found, *say.many(more, "And {n} more.", "And {n} more.")) if more > 0 else found


def _limit(name: str, say: Say) -> str:
    return say.plain("the same manager") if name == SAME_TEAM else limit_word(name, say)


def _more(left: int, round_: GatheringRound, start: int, say: Say) -> tuple[Block, ...]:
    if left <= 0:
        return ()
    action = Action("gatherings.more", {"round": round_.id, "cohort": round_.cohort, "from": str(start)})
    return (*_not_shown(left, say), Buttons((Button(say.plain("Show the next"), action),)))


def _not_shown(n: int, say: Say) -> tuple[Note, ...]:
    return (Note(say.many(n, "{n} more is not shown here.", "{n} more are not shown here.")),) if n > 0 else ()


def sits_out(one: Left, person: Person, subject: str, say: Say) -> Words:
    """Somebody who is in no gathering, for the coordinator; `subject` is in words."""
    name = say.plain("{name}, {subject}", name=person.name, subject=subject) if subject else person.name
    return say("{name}: {cause}", name=name, cause=flatten(_cause(one.cause, say)))


def _cause(cause: Cause, say: Say) -> Words:
    wordings: Mapping[Cause, Words] = {
        Cause.NOBODY: say("limits keep them from everybody who is free."),
        Cause.FEW: say("too few people for one more."),
        Cause.PLACES: say("those who fit have no place left."),
        Cause.SKILL: say("nobody is here who knows what they need."),
        Cause.DAY: say("nobody who could help is there on the day when it is due."),
        Cause.ASKED_FOR: say("nobody needed their place."),
    }
    return wordings[cause]


def locked(number: str, names: str, say: Say, *, on: bool) -> Message:
    """A gathering stays as it is in the next draft, or may change again."""
    if on:
        words = say("Number {number} is locked: {names}.", number=number, names=names)
        return line(words, note=say("It stays when you draft again. Nobody has been told."))
    words = say("Number {number} is no longer locked: {names}.", number=number, names=names)
    return line(words, note=say("The next draft may change it. Nobody has been told."))


def would_publish(format_: Format, n: int, name: str, say: Say) -> Words:
    """The first line of the dry run of `match publish`."""
    return say("This introduces {what} in **{name}**.", what=counted(format_, n, say), name=name)


def counts(
    readers: int, shared: int, ended: int, left: int, next_round: date | None, say: Say
) -> tuple[tuple[str, Words], ...]:
    """What publishing sends: introductions, shared chats, matches of the round before that end, who hears that there is
    nobody."""
    return (
        (say.plain("People who read an introduction"), say("{n}", n=str(readers))),
        *(((say.plain("Shared chats opened"), say("{n}", n=str(shared))),) if shared else ()),
        *(((say.plain("Matches of the last round that end"), say("{n}", n=str(ended))),) if ended else ()),
        *(((say.plain("People who hear that they sit out"), say("{n}", n=str(left))),) if left else ()),
        (say.plain("Next round"), (Plain(today_or(next_round, say)),)),
    )


def taken_out(names: str, say: Say) -> Words:
    """A gathering that may no longer be published."""
    return say("{names}: taken out, for somebody is pausing, has left, or is with others by now.", names=names)


def smaller(names: str, say: Say) -> Words:
    """Who is left out of a gathering that goes on without them."""
    return say("{names}: left out, for they are pausing, have left, or are with others by now.", names=names)


def published(readers: int, left: int, out: Sequence[Words], next_round: date | None, say: Say) -> Message:
    """The round is published."""
    first = say.many(readers, "{n} introduction is on its way.", "{n} introductions are on their way.")
    sitting = say.many(left, "{n} person hears that they sit out.", "{n} people hear that they sit out.")
    told = (first, sitting) if left else (first,)
    if next_round:
        note = say("Everybody reads it in their own working hours. Next round: {day}.", day=say.day(next_round))
    else:
        note = say("Everybody reads it in their own working hours. The next round has no date yet.")
    return Message(
        summary=" ".join(flatten(one) for one in told),
        blocks=(*(Paragraph(one) for one in told), *((Bullets(tuple(out)),) if out else ()), Note(note)),
    )
