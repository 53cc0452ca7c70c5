"""Who is written to: people who read from five in the morning to ten in the evening, and pairs who share a chat."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import Connection

from bot.playground.company import COMPANY
from flows.calendar import Hours
from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToMatch, ToPerson
from storage.sealing import Keyring
from storage.store import Store
from tests.engine.tempo import MONDAY_MORNING

ALL_DAY = Hours(zone="UTC", work_days=frozenset(range(1, 8)), start=time(5), end=time(22))
PEOPLE = tuple(member.id for member in COMPANY.members)
"""A person of the outbox has the id of their account."""
PAIRS = tuple(f"m{n}" for n in range(10))
"""Matches of the first twenty, two and two."""
FREE = PEOPLE[20:]
"""Who has not joined yet."""


def settle_in(connection: Connection, key: str) -> None:
    """Everybody is known, and every two of them are matched."""
    keyring = Keyring((base64.urlsafe_b64decode(key),), lambda: bytes(12))
    store = Store(connection, keyring)
    for member in COMPANY.members:
        account = Account("slack", COMPANY.team, member.id)
        person = store.people.meet(account, Profile(member.name, member.tz, member.locale), member.id)
        store.people.save(replace(person, hours=ALL_DAY))
    today = MONDAY_MORNING.date()
    cohort = Cohort("c1", "p1", "Mentoring", CohortState.OPEN, today, opened_at=MONDAY_MORNING)
    store.programmes.add(Programme("p1", "Mentoring", Design(), "", MONDAY_MORNING), cohort)
    for number, match in enumerate(PAIRS):
        members = []
        for person_id, role in zip(PEOPLE[2 * number : 2 * number + 2], (Role.MENTOR, Role.MENTEE), strict=True):
            place = Participant(f"t{person_id}", "c1", person_id, Standing.JOINED, frozenset({role}))
            store.participants.add(place, source="command", at=MONDAY_MORNING)
            members.append(Member(person_id, place.id, role))
        store.matches.add(Match(match, "c1", MatchState.ACTIVE, tuple(members), today, today + timedelta(weeks=12)))


def letters(
    number: int, *, prefix: str = "post", kinds: tuple[Kind, ...] = tuple(Kind), pairs: int = 5
) -> Iterator[Post]:
    """So many posts of these classes in turn, to everybody in turn; every `pairs`th (0: none) to two people at once."""
    for n in range(number):
        kind = kinds[n % len(kinds)]
        to = ToMatch(PAIRS[n % len(PAIRS)]) if pairs and n % pairs == pairs - 1 else ToPerson(PEOPLE[n % len(PEOPLE)])
        where = "group" if isinstance(to, ToMatch) else "dm"
        words = f"Message {n}"
        yield Post(f"{prefix}:{n:05}:{kind}:{where}", to, Message(words, (Paragraph((Plain(words),)),)), kind)
