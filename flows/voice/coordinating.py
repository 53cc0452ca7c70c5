"""What coordinators read at their desk: dry runs, people, roles, and small words of the desk itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.match import Match, MatchState
from flows.people import Participant, Person, Role, Standing
from flows.roles import Rank
from flows.voice import plain
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Mention,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten

MOST_NAMES = 40
LONGEST = 7_500
"""Characters of a list in one message; the strictest platform takes about 13,000 in all."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many began to join, joined, pause, left, are in a match, cannot be reached; mentors and mentees joined."""

    began: int
    joined: int
    mentors: int
    mentees: int
    paused: int
    left: int
    in_a_match: int
    unreachable: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of `people`: `unreachable` is the platform's reason, or empty."""

    person: Person
    participant: Participant
    in_a_match: bool
    unreachable: str


@dataclass(frozen=True, slots=True)
class Paired:
    """A match as a coordinator may see it: who with whom, in which role of the person asked about, and its state."""

    partner: str
    role: Role
    match: Match


def fitting(lines: Sequence[Words], *, most: int, longest: int) -> tuple[Words, ...]:
    """The first lines, `most` of them and about `longest` characters together: a message holds no more."""
    shown: list[Words] = []
    length = 0
    for words in lines[:most]:
        length += len(flatten(words))
        if shown and length > longest:
            break
        shown.append(words)
    return tuple(shown)


def mention(person: Person) -> Mention:
    """A person, as the platform shows people."""
    return Mention(person.account, person.name)


def dry_run(
    opening: Words,
    facts: Sequence[tuple[str, Words]],
    preview: Message | None,
    button: str,
    action: Action,
    say: Say,
    *,
    notes: Sequence[Words] = (),
    grave: bool = False,
) -> Message:
    """What would happen, with counts and a preview, and the one button that does it."""
    shown = plain.sentences(preview) if preview else ()
    nothing_yet = say("Nothing has been sent or changed yet. The button works once, for 30 minutes.")
    return Message(
        summary=flatten(opening) + " " + flatten(nothing_yet),
        blocks=(
            Paragraph(opening),
            *((Facts(tuple(facts)),) if facts else ()),
            *((Bullets(tuple(notes)),) if notes else ()),
            *(Quote((Plain(sentence),)) for sentence in shown),
            Note(nothing_yet),
            Buttons(
                (
                    Button(button, action, Tone.GRAVE if grave else Tone.MAIN),
                    Button(say.plain("Not now"), Action("confirm.drop", dict(action.args))),
                )
            ),
        ),
    )


def dropped(say: Say) -> Message:
    """The coordinator did not confirm."""
    return line(say("Nothing has been sent or changed. Type the command again when you want it."))


def line(words: Words, *, note: Words = ()) -> Message:
    """One calm line; a note may say what comes next."""
    return Message(summary=flatten(words), blocks=(Paragraph(words), *((Note(note),) if note else ())))


def people(name: str, funnel: Funnel, listed: Sequence[Listed], say: Say, *, pooled: bool = False) -> Message:
    """A cohort's people: counts first, then at most MOST_NAMES lines, and how many are left out. `pooled`: all are of
    one kind, and nobody is mentor or mentee."""
    shown = fitting([_listed(one, say) for one in listed[:MOST_NAMES]], most=MOST_NAMES, longest=LONGEST)
    left_out = len(listed) - len(shown)
    sides = (
        (say.plain("As mentor"), say("{n}", n=str(funnel.mentors))),
        (say.plain("As mentee"), say("{n}", n=str(funnel.mentees))),
    )
    counts: tuple[tuple[str, Words], ...] = (
        (say.plain("Began to join"), say("{n}", n=str(funnel.began))),
        (say.plain("Joined"), say("{n}", n=str(funnel.joined))),
        *(() if pooled else sides),
        (say.plain("In a match"), say("{n}", n=str(funnel.in_a_match))),
        (say.plain("Pausing"), say("{n}", n=str(funnel.paused))),
        (say.plain("Left"), say("{n}", n=str(funnel.left))),
        (say.plain("Cannot be reached"), say("{n}", n=str(funnel.unreachable))),
    )
    summary = say.plain_many(
        funnel.joined,
        "{n} person has joined {programme}.",
        "{n} people have joined {programme}.",
        programme=name,
    )
    return Message(
        summary=summary,
        blocks=(
            Heading(say.plain("People in {programme}", programme=name)),
            Facts(counts),
            *((Bullets(shown),) if shown else ()),
            *((Note(left_out_words(left_out, say)),) if left_out else ()),
        ),
    )


def left_out_words(n: int, say: Say) -> Words:
    """How many a long list does not show."""
    return say.many(n, "{n} more is not shown here.", "{n} more are not shown here.")


def _listed(one: Listed, say: Say) -> Words:
    parts = [roles(one.participant.roles, say), standing(one.participant, say)]
    if one.in_a_match:
        parts.append(say.plain("in a match"))
    if one.unreachable:
        parts.append(say.plain("cannot be reached: {reason}", reason=one.unreachable))
    told = ", ".join(part for part in parts if part)
    return say("{person}: {what}", person=mention(one.person), what=told)


def roles(held: frozenset[Role], say: Say) -> str:
    """What somebody is in a cohort, in words."""
    if Role.FACILITATOR in held:
        return say.plain("facilitator")
    if Role.PEER in held:
        return say.plain("peer")
    if held == {Role.MENTOR, Role.MENTEE}:
        return say.plain("mentor and mentee")
    if held == {Role.MENTOR}:
        return say.plain("mentor")
    return say.plain("mentee") if held else ""


def role(held: Role, say: Say) -> str:
    """One role, in a word."""
    words = {
        Role.MENTOR: say.plain("mentor"),
        Role.MENTEE: say.plain("mentee"),
        Role.PEER: say.plain("peer"),
        Role.FACILITATOR: say.plain("facilitator"),
    }
    return words[held]


def standing(participant: Participant, say: Say) -> str:
    """Where a participant stands, in words."""
    match participant.standing:
        case Standing.ANSWERING:
            return say.plain("still answering")
        case Standing.JOINED if participant.skips:
            return say.plain("joined, skips the next round")
        case Standing.JOINED:
            return say.plain("joined")
        case Standing.PAUSED if participant.paused_until is not None:
            return say.plain("pausing until {day}", day=say.day(participant.paused_until))
        case Standing.PAUSED:
            return say.plain("pausing")
        case Standing.LEFT:
            return say.plain("left")


def person(
    about: Person,
    places: Sequence[tuple[str, Participant, Sequence[tuple[str, Words]]]],
    pairs: Sequence[Paired],
    unreachable: str,
    say: Say,
) -> Message:
    """One person: `places` are (programme, participant, public answers). Never what is private, sealed or anonymous."""
    blocks: list[Paragraph | Facts | Bullets | Note] = []
    for name, participant, answers in places:
        facts: list[tuple[str, Words]] = [
            (say.plain("Programme"), (Plain(name),)),
            (say.plain("Standing"), (Plain(standing(participant, say)),)),
        ]
        if participant.roles:
            facts.append((say.plain("Takes part as"), (Plain(roles(participant.roles, say)),)))
        if Role.MENTOR in participant.roles:
            facts.append((say.plain("Places offered"), (Plain(str(participant.capacity)),)))
        blocks.append(Facts((*facts, *answers)))
    if not places:
        blocks.append(Paragraph(say("{name} has not joined a programme.", name=about.name)))
    if pairs:
        blocks.append(Bullets(tuple(_paired(one, say) for one in pairs)))
    if unreachable:
        blocks.append(Note(say("Messages do not arrive. The platform says: {reason}", reason=unreachable)))
    return Message(
        summary=say.plain("{name}: what a coordinator may see.", name=about.name),
        blocks=(
            Paragraph(say("**{name}** {title}", name=about.name, title=about.title)),
            *blocks,
            Note(say("Private answers, letters, ratings, check-ins and feedback are never shown here.")),
        ),
    )


def _paired(one: Paired, say: Say) -> Words:
    return say(
        "{role} with {partner}: {state} since {day}",
        role=role(one.role, say),
        partner=one.partner,
        state=state(one.match.state, say),
        day=say.day(one.match.ended_on or one.match.started_on),
    )


def state(of: MatchState, say: Say) -> str:
    """A match's state, in a word."""
    words = {
        MatchState.ACTIVE: say.plain("active"),
        MatchState.COMPLETED: say.plain("completed"),
        MatchState.ENDED: say.plain("ended"),
    }
    return words[of]


def rank(of: Rank, say: Say) -> str:
    """A coordinator's role, in a word."""
    words = {
        Rank.VIEWER: say.plain("viewer"),
        Rank.COORDINATOR: say.plain("coordinator"),
        Rank.OWNER: say.plain("owner"),
    }
    return words[of]


def appointed(
    lines: Sequence[tuple[Person, Sequence[tuple[Rank, str]]]], owners: int, say: Say, *, start: int = 0
) -> Message:
    """Who may do what, one line a person: each of their roles with a programme's name, or "" for every one. MOST_NAMES
    people from the one behind the first `start`."""
    shown = lines[start : start + MOST_NAMES]
    opening = say.many(
        owners,
        "{n} owner stands in the settings of this installation.",
        "{n} owners stand in the settings of this installation.",
    )
    more = {"from": str(start + len(shown))}
    return Message(
        summary=say.plain("Who runs mentoring here. {opening}", opening=flatten(opening)),
        blocks=(
            Heading(say.plain("Who runs mentoring here")),
            Paragraph(opening),
            *((Bullets(tuple(_appointed(who, held, say) for who, held in shown)),) if shown else ()),
            Note(
                say(
                    "{appoint} gives a role, {dismiss} takes it away. Roles: viewer, coordinator, owner.",
                    appoint="/mentor-admin roles appoint Mira Okafor coordinator",
                    dismiss="/mentor-admin roles dismiss Mira Okafor",
                )
            ),
            *(
                (Buttons((Button(say.plain("Show more"), Action("roles.more", more)),)),)
                * (start + len(shown) < len(lines))
            ),
        ),
    )


def _appointed(who: Person, held: Sequence[tuple[Rank, str]], say: Say) -> Words:
    told = [
        say.plain("{role} in {programme}", role=rank(what, say), programme=name)
        if name
        else say.plain("{role} everywhere", role=rank(what, say))
        for what, name in held
    ]
    return say("{person}: {roles}", person=mention(who), roles=say.listing(told))


def now_appointed(who: Person, what: Rank, name: str, say: Say) -> Message:
    """Somebody got a role; `name` is a programme, or "" for every one."""
    if name:
        words = say("{person} is now {role} of {name}.", person=mention(who), role=rank(what, say), name=name)
    else:
        words = say("{person} is now {role} of every programme.", person=mention(who), role=rank(what, say))
    return line(words, note=say("They have not been told: a word from you is kinder."))


def now_dismissed(who: Person, say: Say) -> Message:
    """Somebody lost a role."""
    return line(say("{person} no longer has that role.", person=mention(who)))


def today_or(day: date | None, say: Say) -> str:
    """A day in words, or that it is still open."""
    return say.day(day) if day else say.plain("not set yet")
