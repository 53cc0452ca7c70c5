"""A planner in a process of its own, which plans the same season as others do and may be killed at any moment."""

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from flows.content import Content, parse
from flows.journey import Journey, Step, StepKind
from flows.match import Match, MatchState, Member
from flows.people import SIDES, Account, Participant, Profile, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from handlers.kit import Kit
from handlers.planning import plan
from storage import packs
from storage.database import Database, open_database
from storage.sealing import Keyring
from storage.store import Store

STARTS = date(2027, 3, 1)
"""A Monday."""


def content(weeks: int) -> Content:
    """A season with one card for everybody in each of its weeks."""
    found = parse(packs.read())
    opening, prompt = (
        next(step for step in found.journey.steps if step.kind is kind) for kind in (StepKind.SESSION, StepKind.LETTER)
    )
    cards = (_card(prompt, week) for week in range(2, weeks + 1))
    return replace(found, journey=Journey((replace(opening, week=1, activities=()), *cards), found.journey.tasks))


def _card(prompt: Step, week: int) -> Step:
    return replace(prompt, id=f"card{week}", week=week, activities=())


def settle_in(database: Database, *, pairs: int, weeks: int) -> None:
    """Pairs of a cohort that begins on STARTS; everybody's slot is Tuesday at 09:30 in Lisbon."""
    begin = datetime.fromisoformat(f"{STARTS}T06:00+00:00")
    with database.transaction() as connection:
        store = Store(connection, _keyring())
        cohort = Cohort("c1", "p1", "Mentoring", CohortState.RUNNING, STARTS, weeks)
        store.programmes.add(Programme("p1", "Mentoring", Design(), "", begin), cohort)
        steps = tuple(step.id for step in content(weeks).journey.steps)
        for number in range(pairs):
            members = []
            for role in SIDES:
                account = Account("slack", "T1", f"U{number}{role}")
                person = store.people.meet(account, Profile("Ines Duarte", "Europe/Lisbon", "en"), f"p{number}{role}")
                place = Participant(f"t{number}{role}", cohort.id, person.id, Standing.JOINED, frozenset({role}))
                store.participants.add(place, source="command", at=begin)
                members.append(Member(person.id, place.id, role))
            match = Match(
                id=f"m{number}",
                cohort=cohort.id,
                state=MatchState.ACTIVE,
                members=tuple(members),
                started_on=STARTS,
                ends_on=STARTS + timedelta(weeks=weeks),
                steps=steps,
            )
            store.matches.add(match)
            store.schedule.look_at(f"match:{match.id}", begin)


def kit_of(database: Database, clock: Path, weeks: int) -> Kit:
    """`clock` is a file that holds the time of everybody."""
    return Kit(
        database=database,
        content=content(weeks),
        keyring=_keyring(),
        now=lambda: datetime.fromisoformat(clock.read_text(encoding="ascii")),
        new_id=lambda: "unused",
        owners=frozenset(),
    )


def run(url: str, clock: str, weeks: int) -> None:
    """Plan until killed."""
    database = open_database(url, durable=False)
    kit = kit_of(database, Path(clock), weeks)
    while True:
        if not database.submit(partial(plan, kit)).result().all_well():
            time.sleep(0.02)


def _keyring() -> Keyring:
    return Keyring((bytes(32),), lambda: bytes(12))
