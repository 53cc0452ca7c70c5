"""What is said to three people or more who were brought together, and to those who sit a round out."""

from collections.abc import Sequence
from datetime import date

from flows.formats import Format
from flows.match import Match
from flows.matching.gatherings.gathering import Cause, Left
from flows.people import Participant, Person, Role
from flows.space import Way
from flows.voice.calm import calm, line
from flows.voice.message import Action, Bullets, Button, Buttons, Message, Paragraph, Tone, Words
from flows.voice.people import mention
from flows.voice.say import Say, flatten

MOST_REASONS = 2


def introduction(
    match: Match, reader: Person, others: Sequence[Person], format_: Format, why: Sequence[Words], way: Way, say: Say
) -> Message:
    """You are together, with whom, and why; `others` are in the order of the match. One next step, and nothing after
    it."""
    opening, names = _opening(format_, say), say.listing([one.name for one in others])
    stands = Button(say.plain("See where I stand"), Action("standing.status"))
    leave = Button(say.plain("This is not for me"), Action("match.not_a_fit", {"match": match.id}))
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("You are with {names}.", names=names)),
            *((Bullets(tuple(why[:MOST_REASONS])),) if why else ()),
            Paragraph(_next_step(match, reader, others, way, say)),
            Buttons((stands, leave)),
        ),
    )


def _opening(format_: Format, say: Say) -> Words:
    match format_:
        case Format.CIRCLE:
            return say("**Your circle is complete.**")
        case Format.GROUP:
            return say("**Your group is complete.**")
        case Format.TEAM:
            return say("**Your team is complete.**")
        case Format.COFFEE:
            return say("**Your next coffee is for three.**")
        case _:
            return say("**You are three this time.**")


def leads(match: Match, person: str) -> bool:
    """Whether the first date is this person's to propose."""
    leading = [member.person for member in match.members if member.role in (Role.FACILITATOR, Role.MENTOR)]
    return leading[:1] == [person]


def _next_step(match: Match, reader: Person, others: Sequence[Person], way: Way, say: Say) -> Words:
    leader = next((one.first_name for one in others if leads(match, one.id)), "")
    if leads(match, reader.id):
        if way is Way.SHARED:
            return say("Next: propose a first date in the chat that you share. After that I leave you in peace.")
        return say("Next: open a chat with them and propose a first date. After that I leave you in peace.")
    if leader:
        return say("Next: {name} proposes a first date. After that I leave you in peace.", name=leader)
    if way is Way.SHARED:
        return say("Next: say hello in the chat that you share, and find half an hour. The rest is yours.")
    first = next((one.first_name for one in others if one.id == match.members[0].person), "")
    if first:
        return say("Next: {name} opens a chat with you all. The rest is yours.", name=first)
    return say("Next: open a chat with them and say when you have half an hour. The rest is yours.")


def shared(people: Sequence[Person], say: Say) -> Message:
    """The first lines of the conversation that they share."""
    return Message(
        summary=say.plain("This chat is yours: I cannot read what you write here."),
        blocks=(
            Paragraph(say("**I cannot read what you write here.** This chat is yours.")),
            Paragraph(say("You are together. A good first line says when you have half an hour.")),
            Bullets(tuple((mention(person),) for person in people)),
        ),
    )


def not_for_me(match: Match, others: Sequence[Person], say: Say, *, go_on: bool) -> Message:
    """What leaving does, before it is pressed; whether the others `go_on` together, or it ends for them too."""
    args = {"match": match.id}
    opening = say("Not every round fits, and nobody is to blame. Nothing has been sent.")
    names = say.listing([one.first_name for one in others])
    if go_on:
        what_then = say(
            "If you leave, {names} read that you are no longer with them, without a reason. They go on, and "
            "you stay in the programme.",
            names=names,
        )
    else:
        what_then = say(
            "If you leave, it ends for {names} too. They read so, without a reason. You all stay in the programme.",
            names=names,
        )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(what_then),
            Buttons(
                (
                    Button(say.plain("Give it a first talk"), Action("match.keep", args), Tone.MAIN),
                    Button(say.plain("Leave them"), Action("match.end", args), Tone.GRAVE),
                    Button(say.plain("Leave it as it is"), Action("match.keep", args)),
                )
            ),
        ),
    )


def kept(others: Sequence[Person], say: Say) -> Message:
    """Nothing changed."""
    names = say.listing([one.first_name for one in others])
    return line(say("You stay with {names}. Nothing has been sent.", names=names))


def you_left(others: Sequence[Person], say: Say) -> Message:
    """To the one who left."""
    names = say.listing([one.first_name for one in others])
    return line(
        say("You are no longer with {names}. Nobody was told why.", names=names),
        note=say("You stay in the programme. {word} stops that.", word="/mentor pause"),
    )


def went(name: str, say: Say, *, led: bool = False) -> Message:
    """To those who go on without somebody: no reason. Where that person `led`, any of them proposes dates now."""
    opening = say("**{name} is no longer with you.**", name=name)
    what_now = say("The rest of you go on. There is nothing for you to do.")
    if led:
        what_now = say("The rest of you go on. From now on, whoever likes proposes a date.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(what_now),
            calm(say),
        ),
    )


def ended(others: Sequence[Person], say: Say) -> Message:
    """To each of several, when a coordinator ended it, or somebody left without whom the others do not go on."""
    names = say.listing([one.first_name for one in others])
    opening = say("**Your time with {names} has ended.**", names=names)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("Thank you for the time you gave it. You stay in the programme.")),
            calm(say),
        ),
    )


def sittings(cohort: str, talks: Sequence[tuple[int, str]], say: Say, *, helps: bool) -> Message:
    """To each of an event: with whom they sit, one talk after the other; `talks` are (sitting, names). Who `helps` is
    asked, the others ask."""
    asks = say("Everybody brings a question for you.") if helps else say("Bring one question for each.")
    opening = say.many(
        len(talks), "**You have {n} short talk at {name}.**", "**You have {n} short talks at {name}.**", name=cohort
    )
    lines = tuple(say("Sitting {turn}: {names}", turn=str(turn), names=names) for turn, names in talks)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Bullets(lines),
            Paragraph(asks),
            Paragraph(say("Places change when the host says so.")),
            Buttons(
                (
                    Button(say.plain("Noted"), Action("notice.noted")),
                    Button(say.plain("See where I stand"), Action("standing.status")),
                )
            ),
        ),
    )


def sits_out(one: Left, participant: Participant, subject: str, next_round: date | None, say: Say) -> Message:
    """To somebody who sits a round out: the honest reason, what would help, and when; `subject` is in words."""
    opening, why, helps = _why(one.cause, subject, say)
    follows = (
        say("The next round is on {day}, and you are in it.", day=say.day(next_round))
        if next_round
        else say("You are in the next round.")
    )
    return Message(
        summary=f"{flatten(opening)} {flatten(why)}",
        blocks=(
            Paragraph(opening),
            Paragraph(why),
            *((Paragraph(helps),) if helps else ()),
            Paragraph(follows),
            Buttons(
                (
                    Button(say.plain("Change my answers"), Action("joining.review", {"cohort": participant.cohort})),
                    Button(say.plain("Keep it as it is"), Action("round.keep", {"participant": participant.id})),
                )
            ),
        ),
    )


def _why(cause: Cause, subject: str, say: Say) -> tuple[Words, Words, Words]:
    """What happened, why, and what would help."""
    word = "/mentor join"
    match cause:
        case Cause.ASKED_FOR:
            return (
                say("**Nobody needs your place yet.**"),
                say("This time there were more mentors than people who look for one."),
                say("Do you know who wants to learn? They can type {word}.", word=word),
            )
        case Cause.SKILL if subject:
            return (
                say("**We have found nobody for “{subject}” yet.**", subject=subject),
                say("Nobody who knows it has a place this time."),
                say("Do you know somebody? They can type {word}.", word=word),
            )
        case Cause.DAY:
            return (
                say("**We have found nobody for your piece of work yet.**"),
                say("Nobody who knows it is there on your day."),
                say("Another day would help."),
            )
        case Cause.NOBODY:
            return (
                say("**We have found nobody for you this time.**"),
                say("Nobody who fits is free right now."),
                say("More free hours in your answers could help."),
            )
        case Cause.FEW:
            return (
                say("**We have found nobody for you this time.**"),
                say("We are too few for one more this time."),
                say("Who else would like it? They can type {word}.", word=word),
            )
        case _:
            return (
                say("**We have not found your mentor yet.**"),
                say("All who would fit have their places taken."),
                say("Do you know a good mentor? They can type {word}.", word=word),
            )
