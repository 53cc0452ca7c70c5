"""A match begins: who is told what, and the conversation that the two share."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.calendar import iso_week
from flows.match import Match
from flows.people import Person, Role
from flows.voice import matches as voice
from flows.voice.message import Kind, Message, Post, ToMatch, ToPerson
from flows.voice.reasons import sentences
from handlers.turn import Turn


def begin(turn: Turn, match: Match) -> None:
    """Keep a new match, introduce its people to each other, and let the planner look at them."""
    turn.store.matches.add(match)
    people = {person.id: person for person in turn.store.people.all([one.person for one in match.members]).values()}
    turn.store.outbox.put(*_posts(turn, match, people), now=turn.now)
    turn.store.schedule.look_at(f"match:{match.id}", turn.now)
    for person in people:
        turn.store.schedule.look_at(f"person:{person}", turn.now)


def introduction(turn: Turn, match: Match, reader: Person, partner: Person, *, greeted: bool = False) -> Message:
    """You and this person are matched, in the reader's words."""
    say = turn.say_to(reader)
    role = match.member(reader.id).role
    offset = minutes_east(reader, turn.now)
    why = sentences(match.reasons, role, partner, turn.content.questions, offset, say)
    late = 0 < len(match.steps) < len(turn.content.journey.steps)
    return voice.introduction(match, role, partner, why, say, greeted=greeted, late=late)


def minutes_east(person: Person, now: datetime) -> int:
    """How far their clock is ahead of UTC now."""
    offset = now.astimezone(ZoneInfo(person.zone)).utcoffset()
    return (offset or timedelta()) // timedelta(minutes=1)


def _posts(turn: Turn, match: Match, people: dict[str, Person]) -> Iterator[Post]:
    for member in match.members:
        reader = people[member.person]
        partner = people[match.partners(reader.id)[0].person]
        yield Post(
            key=f"intro:{match.id}:{reader.id}",
            to=ToPerson(reader.id),
            message=introduction(turn, match, reader, partner),
            kind=Kind.MUST_ARRIVE,
            week=iso_week(turn.now, reader.zone),
            subject=match.id,
            step="introduction",
        )
    mentor, mentee = (people[match.in_role(role)[0].person] for role in (Role.MENTOR, Role.MENTEE))
    yield Post(
        key=f"shared:{match.id}",
        to=ToMatch(match.id),
        message=voice.shared(mentor, mentee, turn.say_to(mentee)),
        kind=Kind.MUST_ARRIVE,
        subject=match.id,
    )
