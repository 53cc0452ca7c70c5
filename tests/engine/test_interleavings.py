"""The engine under hundreds of interleavings of bad luck: lost answers, refusals, kills and freezes, by seed.

A seed that fails is the test's id; `pytest tests/engine/test_interleavings.py --seed 4711` plays it again.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from flows.content import Content, parse
from flows.people import Account, Profile
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToChannel, ToPerson
from storage import packs
from storage.database import Database, open_database
from storage.outbox import Outbox, State
from storage.people import People
from storage.tables import metadata
from storage.tables import outbox as outbox_table
from tests.engine.simulated import BEGINS, Replica, SkippingLoop, Wire, home_of

POSTS = 40
PEOPLE = 12
REPLICAS = 3
LONGEST = 3600.0
"""Seconds of the simulation in which everything must have come to its end."""
ENDS = frozenset(State) - {State.QUEUED, State.CLAIMED, State.SENDING}
TEXT = Message("Hello", (Paragraph((Plain("Hello"),)),))


@dataclass(frozen=True, slots=True)
class Played:
    """What a seed led to."""

    kinds: dict[str, Kind]
    readable: frozenset[str]
    states: dict[str, State]
    wire: Wire
    crashes: int
    impatient: int

    @property
    def told(self) -> str:
        """All that somebody must know of who looks for the fault; the same for the same seed."""
        lines = [f"{key} {self.states[key]} {self.wire.taken_at.get(key)}" for key in sorted(self.states)]
        return "\n".join([*lines, repr(self.wire.calls)])


@pytest.fixture(scope="module")
def content() -> Content:
    return parse(packs.read())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        asked = metafunc.config.getoption("--seed")
        many = 1000 if metafunc.config.option.markexpr == "long" else 20
        metafunc.parametrize("seed", range(many) if asked is None else [asked])


@pytest.fixture
def loop() -> Iterator[SkippingLoop]:
    loop = SkippingLoop()
    yield loop
    loop.close()


def play(seed: int, loop: SkippingLoop, content: Content) -> Played:
    """One interleaving to its end."""
    database = open_database("sqlite:///:memory:")
    metadata.create_all(database.engine)
    try:
        return loop.run_until_complete(_play(seed, loop, content, database))
    finally:
        database.close()


async def _play(seed: int, loop: SkippingLoop, content: Content, database: Database) -> Played:
    dice = Random(seed)
    wire = Wire(loop, dice)
    posts = _posts(dice, database)
    replicas = [Replica(f"r{number}", database, wire, content) for number in range(REPLICAS)]
    crashes = 0
    taken_back = False
    while not _ended(database) or loop.time() < 60:
        assert loop.time() < LONGEST, _states(database)
        await asyncio.sleep(dice.uniform(0.2, 8.0))
        if loop.time() > 240:
            continue
        which = dice.randrange(len(replicas))
        match dice.randrange(4):
            case 0:
                replicas[which].kill()
                replicas[which] = Replica(f"r{which}-{loop.time():.3f}", database, wire, content)
                crashes += 1
            case 1:
                replicas[which].freeze_at_intent(dice.choice([5.0, 100.0, 150.0]))
                crashes += 1
            case 2 if not taken_back:
                taken_back = True
                _cancel_one(dice, database)
            case _:
                pass
    impatient = sum(replica.messenger.impatient for replica in replicas)
    for replica in replicas:
        replica.kill()
    await asyncio.sleep(0)
    kinds = {post.key: post.kind for post in posts}
    readable = frozenset(post.key for post in posts if isinstance(post.to, ToPerson))
    return Played(kinds, readable, _states(database), wire, crashes, impatient)


def _posts(dice: Random, database: Database) -> Sequence[Post]:
    """Posts of every class to people in three workspaces, and to a channel in which nothing can be looked up."""
    posts = []
    with database.transaction() as connection:
        for number in range(POSTS):
            person = f"p{number % PEOPLE}"
            if number < PEOPLE:
                account = Account("slack", home_of(f"D{person}"), person)
                People(connection).meet(account, Profile(person, "UTC", "en"), person)
            to = ToChannel("slack", f"C{number}") if number % 5 == 0 else ToPerson(person)
            kind = dice.choice(list(Kind))
            begins = BEGINS + timedelta(seconds=dice.uniform(0, 120))
            posts.append(Post(f"post-{number:02}", to, TEXT, kind, not_before=begins))
        Outbox(connection).put(*posts, now=BEGINS)
    return posts


def _cancel_one(dice: Random, database: Database) -> None:
    with database.transaction() as connection:
        Outbox(connection).cancel(to_person=f"p{dice.randrange(PEOPLE)}")


def _states(database: Database) -> dict[str, State]:
    with database.transaction() as connection:
        return {
            row.key: State(row.state) for row in connection.execute(select(outbox_table.c.key, outbox_table.c.state))
        }


def _ended(database: Database) -> bool:
    return all(state in ENDS for state in _states(database).values())


def test_nothing_is_lost_and_nothing_comes_twice(seed: int, loop: SkippingLoop, content: Content) -> None:
    played = play(seed, loop, content)
    for key, state in played.states.items():
        taken, kind = played.wire.taken[key], played.kinds[key]
        doubts = played.wire.doubts[key] + played.crashes
        about = f"seed {seed}: {key}, a {kind}, is {state} and was taken {taken} times\n{played.told}"
        if kind is Kind.NUDGE:
            assert taken <= 1, about
        if key in played.readable:
            assert taken == (1 if state is State.SENT else 0), about
            assert state is not State.UNKNOWN, about
        else:
            assert taken <= 1 + doubts, about
            assert taken >= 1 or state is not State.SENT, about
            assert state is not State.UNKNOWN or kind is Kind.NUDGE, about
    assert played.impatient == 0, f"seed {seed}: called although the platform had asked to wait"


def test_a_seed_plays_the_same_again(content: Content) -> None:
    told = []
    for _ in range(2):
        loop = SkippingLoop()
        told.append(hashlib.sha256(play(7, loop, content).told.encode()).hexdigest())
        loop.close()
    assert told[0] == told[1]
