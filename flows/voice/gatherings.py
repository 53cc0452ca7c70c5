"""What coordinators read of a round that brings any number of people together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.matching.gatherings.gathering import SAME_TEAM, SMALLEST_CIRCLE, Cause, Gathering, Left, Proposal
from flows.people import Person, Role
from flows.voice import drafts
from flows.voice.calm import line
from flows.voice.coordinating import today_or
from flows.voice.drafts import Proposed
from flows.voice.fit import at_most, fit
from flows.voice.limits import limit_word
from flows.voice.message import Action, Bullets, Message, Note, Paragraph, Plain, Words
from flows.voice.say import Say, flatten, in_a_row

MOST = 30
"""Gatherings in one message."""
MOST_BROKEN = 3
"""Broken limits that are named of one gathering."""


def drafted(
    round_: GatheringRound,
    name: str,
    format_: Format,
    shown: Sequence[Proposed],
    left: Sequence[Words],
    say: Say,
    *,
    freed: Sequence[str] = (),
) -> Message:
    """The draft from the first gathering that is given: who, why, which limits are broken, who sits out. `freed` are
    the names of those who were together by a lock that does not hold any more."""
    every = round_.proposal.gatherings
    opening = say(
        "Draft {number} for {name}: {what}. Nobody has heard of it yet.",
        number=str(round_.number),
        name=name,
        what=counted(format_, len(every), say),
    )
    more = Action("gatherings.more", {"round": round_.id, "cohort": round_.cohort})
    return Message(
        summary=flatten(opening),
        blocks=(
            *drafts.opened(round_.number, opening, tuple(_figures(round_, format_, say)), say),
            *(Paragraph(_let_go(names, say)) for names in freed),
            *drafts.listed(shown, more, say, most=MOST),
            *drafts.left(
                say("**Still open**") if format_ is Format.MOSAIC else say("**Who sits out**"), left, len(left), say
            ),
            Note(_ways(every, format_, shown, say)),
        ),
    )


def _figures(round_: GatheringRound, format_: Format, say: Say) -> Iterator[tuple[str, Words]]:
    """How many come together, how many sit out, what could not be kept, and how sure that is."""
    every = round_.proposal.gatherings
    together = {person for one in every for person in one.people}
    alone = {one.person for one in round_.proposal.left} - together
    broken = sum(len(one.broken) for one in every)
    themes = sum(one.person in together for one in round_.proposal.left)
    yield say.plain("People who come together"), say("{n}", n=str(len(together)))
    yield say.plain("People who sit out"), say("{n}", n=str(len(alone)))
    if themes and format_ is Format.MOSAIC:
        yield say.plain("Things to learn that nobody helps with yet"), say("{n}", n=str(themes))
    if broken:
        yield say.plain("Limits that could not be kept"), say("{n}", n=str(broken))
    yield say.plain("How sure"), _sure(round_.proposal, say)


def _sure(proposal: Proposal, say: Say) -> Words:
    if proposal.gap == 0:
        return say("No better draft exists.")
    if proposal.gap is None or proposal.gap >= proposal.fit:
        return say("This is the best that was found; a better one may exist.")
    percent = say.number(at_most(proposal.gap, proposal.fit))
    return say("This is the best that was found; another is at most {percent} % better.", percent=percent)


def _let_go(names: str, say: Say) -> Words:
    return say(
        "No longer locked: {names}. Somebody is pausing, has left, is with others by now, or a limit stands between "
        "two of them.",
        names=names,
    )


def _ways(every: Sequence[Gathering], format_: Format, shown: Sequence[Proposed], say: Say) -> Words:
    """What can be done next. A short talk cannot be locked."""
    publish = "/mentor-admin match publish"
    if not every:
        return say("Nobody who is free could be brought together. Who joins from now on is in the next draft.")
    if format_ is Format.FLASH or not shown:
        return say("{publish} shows what would be sent.", publish=publish)
    number = str(shown[0].number)
    lock = f"/mentor-admin match lock {number}"
    return say(
        "{lock} keeps number {number} as it is, {publish} shows what would be sent.",
        lock=lock,
        number=number,
        publish=publish,
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


def proposed(
    number: int,
    gathering: Gathering,
    subject: str,
    reasons: Sequence[Words],
    people: Mapping[str, Person],
    say: Say,
) -> Proposed:
    """One gathering in a line; `reasons` speak of it from outside, `subject` is in words."""
    words = in_a_row(
        _headed(number, gathering, subject, people, say),
        say("Locked.") if gathering.locked else (),
        *reasons,
        say("Nobody in it has offered to facilitate.") if _needs_leader(gathering) else (),
        *_broken(gathering, people, say),
    )
    return Proposed(number, words)


def _headed(number: int, gathering: Gathering, subject: str, people: Mapping[str, Person], say: Say) -> Words:
    """Who it is, how well they fit, and, where that is so, in which sitting and about what."""
    names = say.listing([_named(people[seat.participant], seat.role, say) for seat in gathering.seats])
    facts = {"number": str(number), "names": names, "fit": fit(gathering.score)}
    turn = str(gathering.turn)
    if gathering.turn and subject:
        return say(
            "**{number}.** Sitting {turn}: {names} about {subject}, fit {fit} %.", turn=turn, subject=subject, **facts
        )
    if gathering.turn:
        return say("**{number}.** Sitting {turn}: {names}, fit {fit} %.", turn=turn, **facts)
    if subject:
        return say("**{number}.** {names} about {subject}, fit {fit} %.", subject=subject, **facts)
    return say("**{number}.** {names}, fit {fit} %.", **facts)


def _needs_leader(gathering: Gathering) -> bool:
    """Whether it is a circle without a facilitator; three peers are a pair that took in a third."""
    return len(gathering.seats) >= SMALLEST_CIRCLE and all(seat.role is Role.PEER for seat in gathering.seats)


def _named(person: Person, role: Role, say: Say) -> str:
    if role is Role.FACILITATOR:
        return say.plain("{name} (facilitates)", name=person.name)
    return say.plain("{name} (mentor)", name=person.name) if role is Role.MENTOR else person.name


def _broken(gathering: Gathering, people: Mapping[str, Person], say: Say) -> Iterator[Words]:
    """The limits that stand between some of them, the first few by name."""
    for breach in gathering.broken[:MOST_BROKEN]:
        yield say(
            "Not kept: {one} and {other}, {limits}.",
            one=people[breach.one].name,
            other=people[breach.other].name,
            limits=say.listing([_limit(limit, say) for limit in breach.limits]),
        )
    more = len(gathering.broken) - MOST_BROKEN
    if more > 0:
        yield say.many(more, "{n} more limit is not kept.", "{n} more limits are not kept.")


def _limit(name: str, say: Say) -> str:
    return say.plain("the same manager") if name == SAME_TEAM else limit_word(name, say)


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
        note = say(
            "It stays when you draft again. The same words again let it go; in a new draft, with its number there. "
            "Nobody has been told."
        )
        return line(words, note=note)
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
    return say(
        "{names}: taken out, because somebody is pausing, has left, is with others by now, or a limit stands between "
        "two of them.",
        names=names,
    )


def smaller(names: str, say: Say) -> Words:
    """Who is left out of a gathering that goes on without them."""
    return say("{names}: left out, because they are pausing, have left, or are with others by now.", names=names)


def published(readers: int, left: int, out: Sequence[Words], next_round: date | None, say: Say) -> Message:
    """The round is published."""
    first = say.many(readers, "{n} introduction is on its way.", "{n} introductions are on their way.")
    sitting = say.many(left, "{n} person hears that they sit out.", "{n} people hear that they sit out.")
    told = (*((first,) if readers else ()), *((sitting,) if left else ()))
    if next_round:
        note = say("Everybody reads it in their own working hours. Next round: {day}.", day=say.day(next_round))
    else:
        note = say("Everybody reads it in their own working hours. The next round has no date yet.")
    return Message(
        summary=flatten(in_a_row(*told)),
        blocks=(*(Paragraph(one) for one in told), *((Bullets(tuple(out)),) if out else ()), Note(note)),
    )
