"""People as coordinators see them, a cohort's and one by one, and what each of them is there, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.match import Match, MatchState
from flows.people import Participant, Person, Role, Standing
from flows.voice.coordinating import LONGEST, MOST_NAMES, fitting, left_out_words
from flows.voice.message import Bullets, Facts, Heading, Mention, Message, Note, Paragraph, Plain, Words
from flows.voice.say import Say


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


def mention(person: Person) -> Mention:
    """A person, as the platform shows people."""
    return Mention(person.account, person.name)


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


def _listed(one: Listed, say: Say) -> Words:
    parts = [roles(one.participant.roles, say), standing(one.participant, say)]
    if one.in_a_match:
        parts.append(say.plain("in a match"))
    if one.unreachable:
        parts.append(say.plain("cannot be reached: {reason}", reason=one.unreachable))
    told = ", ".join(part for part in parts if part)
    return say("{person}: {what}", person=mention(one.person), what=told)


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


def state(of: MatchState, say: Say) -> str:
    """A match's state, in a word."""
    words = {
        MatchState.ACTIVE: say.plain("active"),
        MatchState.COMPLETED: say.plain("completed"),
        MatchState.ENDED: say.plain("ended"),
    }
    return words[of]
