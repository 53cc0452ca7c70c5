"""What every contestant of the engine's bench does: letters are written or become due, and their writers hear of it.

With ours, half of the messages are put by turns and half by the planner, as in a programme's life; with the others all
are put by transactions like those turns.
"""

import base64
from collections.abc import Sequence
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
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.kit import Kit
from handlers.writing.opening import letter_subject
from storage.store import Store

EACH = 2
"""Messages to one writer: a conversation takes three at once."""
COHORT = "c1"
KEY = base64.urlsafe_b64encode(bytes(32)).decode()
"""Of data that is thrown away."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which messages one process is to cause, from `first` to before `end`, where its database and the platform are."""

    url: str
    api_url: str
    first: int
    end: int


def people_programme(kit: Kit, accounts: Sequence[Account]) -> None:
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
        for number, account in enumerate(accounts):
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


def on_slack(people: int, team: str) -> Sequence[Account]:
    """So many people of a workspace on Slack."""
    return [Account("slack", team, f"U{number:05}") for number in range(people)]


def prepare_letters(kit: Kit, messages: int) -> None:
    """The letters with odd numbers, whose day has come: the planner finds them."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        for number in range(1, messages, 2):
            letter = _letter(number, now)
            store.writings.add(letter)
            store.schedule.look_at(letter_subject(letter.id), now)


def write_letter(kit: Kit, number: int) -> None:
    """The turn of a letter with an even number: the gesture, what was written and the message that answers it."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        letter = _letter(number, now)
        store.inbox.first_time("slack", letter.id, now.date())
        store.writings.add(letter)
        post = Post(f"answer:{letter.id}", ToPerson(letter.author), _message(letter, kit.content, now), Kind.ANSWER)
        store.outbox.put(post, now=now)


def fill_outbox(kit: Kit, messages: int) -> None:
    """Messages that wait to be sent, to one person after the other."""
    now = kit.now()
    with kit.database.transaction() as connection:
        posts = (
            Post(f"backlog:{number}", ToPerson(letter.author), _message(letter, kit.content, now), Kind.MUST_ARRIVE)
            for number in range(messages)
            for letter in [_letter(number, now)]
        )
        Store(connection, kit.keyring).outbox.put(*posts, now=now)


def told(content: Content, now: datetime) -> Message:
    """The message that comes of it, for who sends it in another way."""
    return _message(_letter(0, now), content, now)


def _message(letter: Writing, content: Content, now: datetime) -> Message:
    return voice.ready(letter, now.date(), content.say("en", zone_at_noon(now)))


def _letter(number: int, now: datetime) -> Writing:
    person = number // EACH
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
