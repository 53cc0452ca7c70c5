"""What every contestant of the engine's bench does: a letter is written, its day comes, its writer hears of it."""

import base64
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from flows.activities.letter import KIND
from flows.activities.writing import Writing, WritingState
from flows.calendar import Hours
from flows.content import Content
from flows.match import Match, MatchState
from flows.match import Member as MatchMember
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice import letters as voice
from flows.voice.message import Message
from handlers.kit import Kit
from handlers.writing.opening import letter_subject
from storage.store import Store

LETTERS_EACH = 2
"""By one writer: who has heard three things in a week hears no more, and a conversation takes three at once."""
COHORT = "c1"
KEY = base64.urlsafe_b64encode(bytes(32)).decode()
"""Of data that is thrown away."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which letters one process writes, where its database and the platform are."""

    url: str
    api_url: str
    first: int
    letters: int


def people_programme(kit: Kit, people: int, team: str) -> None:
    """A running cohort in which everybody is matched with their neighbour and reached in a conversation that is open.

    It is noon where they all live, whenever the bench is run: in the evening nothing would be sent.
    """
    now = kit.now()
    hours = Hours(zone=zone_at_noon(now), work_days=frozenset(range(1, 8)), start=time(5), end=time(22))
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        cohort = Cohort(COHORT, "p1", "Bench", CohortState.RUNNING, now.date())
        store.programmes.add(Programme("p1", "Bench", Design(), "nobody", now), cohort)
        members: list[MatchMember] = []
        for number in range(people):
            account = Account("slack", team, f"U{number:05}")
            person = store.people.meet(account, Profile(f"Person {number}", hours.zone, "en"), f"person{number}")
            store.people.save(replace(person, hours=hours))
            store.people.keep_conversation(person.id, f"D{number:05}")
            role = Role.MENTOR if number % 2 else Role.MENTEE
            place = f"in{number}"
            participant = Participant(
                place, COHORT, person.id, Standing.JOINED, frozenset({role}), capacity=1, joined_at=now
            )
            store.participants.add(participant, source="command", at=now)
            members.append(MatchMember(person.id, place, role))
            if number % 2:
                ends = now.date() + timedelta(weeks=12)
                store.matches.add(Match(f"m{number // 2}", COHORT, MatchState.ACTIVE, tuple(members), now.date(), ends))
                members.clear()


def write_letter(kit: Kit, number: int) -> None:
    """The turn of a letter whose day has come when it is written: gesture, letter and the next look, as one."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        letter = _letter(number, now)
        store.inbox.first_time("slack", f"letter {number}", now.date())
        store.writings.add(letter)
        store.schedule.look_at(letter_subject(letter.id), now)


def told(content: Content, now: datetime) -> Message:
    """The message that comes of it, for who sends it in another way."""
    return voice.ready(_letter(0, now), now.date(), content.say("en", zone_at_noon(now)))


def _letter(number: int, now: datetime) -> Writing:
    person = number // LETTERS_EACH
    return Writing(
        id=f"w{number}",
        match=f"m{person // 2}",
        author=f"person{person}",
        kind=KIND,
        session=0,
        state=WritingState.SENT,
        at=now,
        words={"words": "What I hope to have learned by then, in the words that I would use today."},
        opens_on=now.date(),
    )


def zone_at_noon(now: datetime) -> str:
    """A zone in which it is about noon (the sign of these names counts westwards)."""
    return f"Etc/GMT{now.hour - 12:+}"
