"""Cohorts of twelve weeks, played from due moment to due moment with people who answer or stay silent."""

import gc
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.migrating import migrate
from bot.simulation.answering import Answerer
from bot.simulation.population import Somebody, populate
from bot.slack import render
from flows import content
from flows.calendar import Hours, is_working, iso_week
from flows.journey import plan_for
from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Person, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.space import Space
from flows.voice import plain
from flows.voice.message import Kind, ToPerson
from handlers.delivering import Delivery, claim, intend, settle
from handlers.inbound import Asked, Inbound, Place
from handlers.introducing import begin
from handlers.kit import Kit
from handlers.outcomes import Outcome, Sent
from handlers.pacing import Act, Paces
from handlers.planning import MOST, next_look, plan
from handlers.router import dispatch
from handlers.turn import Turn
from storage import packs
from storage.limits import Pace
from storage.sealing import Keyring
from storage.sqlite import SqliteDatabase
from storage.store import Store

FIRST_MONDAY = datetime(2027, 1, 4, 6, 0, tzinfo=UTC)
COHORT = timedelta(weeks=12)
BREAK = timedelta(weeks=2)
JOINING = timedelta(weeks=1)
"""People join in the week before they are matched."""
BATCH = 500
TEAM = "T0SIM"
SPACES = {"slack": Space(shared=True)}
OWNER = "simulation"
PACES = {"slack": Paces({act: Pace(60_000_000, burst=BATCH) for act in Act}, conversation=Pace(60, burst=3))}
"""Nobody's servers are spared here, but a conversation is as calm as a real one."""


@dataclass(slots=True)
class Record:
    """What was seen from outside. `per_week` counts proactive messages by (person, local ISO week); `active` holds the
    weeks in which somebody had a match; `mentees` is how many mentees a mentor has, 0 for a mentee."""

    messages: int = 0
    proactive: int = 0
    acts: int = 0
    doubled: int = 0
    out_of_hours: int = 0
    seconds: float = 0.0
    per_week: Counter[tuple[str, str]] = field(default_factory=Counter)
    active: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentees: dict[str, int] = field(default_factory=dict)


class Simulation:
    """One run on a database file of its own, which nobody keeps: without fsync."""

    def __init__(self, folder: Path, *, pairs: int, weeks: int, seed: str) -> None:
        self._now = FIRST_MONDAY - JOINING
        self._end = FIRST_MONDAY + timedelta(weeks=weeks)
        self._mentorships = populate(pairs, seed)
        self._seed = seed
        self._ids = iter(range(10**9))
        self._nonces = iter(range(10**9))
        # One thread plays it all, so a commit can hold a planner, a sender and everybody who answers.
        self._database = SqliteDatabase(f"sqlite:///{folder / 'simulation.db'}", synchronous="OFF")
        self._kit = Kit(
            database=self._database,
            content=content.parse(packs.read()),
            keyring=Keyring((bytes(32),), lambda: next(self._nonces).to_bytes(12, "big")),
            now=lambda: self._now,
            new_id=lambda: f"{next(self._ids):08}",
            owners=frozenset(),
            spaces=SPACES,
        )
        self._people: dict[str, Person] = {}
        self._answerers: dict[str, Answerer] = {}
        self._keys: set[str] = set()
        self._said: set[tuple[str, date, str, tuple[tuple[str, ...], ...]]] = set()
        self.record = Record()

    def run(self) -> Record:
        """Play to the end."""
        # Nearly everything that is made here is a frozen value without cycles: collecting them only takes time.
        gc.disable()
        try:
            return self._play()
        finally:
            gc.enable()

    def _play(self) -> Record:
        begun = time.perf_counter()
        migrate(self._kit.database)
        self._meet_everybody()
        number, starts = 0, FIRST_MONDAY
        while starts < self._end:
            number += 1
            cohort, places = self._open_cohort(number, starts)
            self._walk(starts)
            self._match(cohort, places)
            self._walk(min(starts + COHORT, self._end))
            starts += COHORT + BREAK
            self._walk(min(starts - JOINING, self._end))
        self._kit.database.close()
        self.record.acts = sum(answerer.acts for answerer in self._answerers.values())
        self.record.seconds = time.perf_counter() - begun
        return self.record

    # -- the stage

    def _meet_everybody(self) -> None:
        everybody = [one for pair in self._mentorships for one in (pair.mentor, *pair.mentees)]
        with self._kit.database.transaction() as connection:
            store = Store(connection, self._kit.keyring)
            for somebody in everybody:
                self._meet(store, somebody)
        for mentorship in self._mentorships:
            self.record.mentees[mentorship.mentor.name] = len(mentorship.mentees)
            self.record.mentees |= {mentee.name: 0 for mentee in mentorship.mentees}

    def _meet(self, store: Store, somebody: Somebody) -> None:
        account = Account("slack", TEAM, somebody.name)
        met = store.people.meet(account, Profile(somebody.name, somebody.zone, "en"), self._kit.new_id())
        hours = Hours(zone=somebody.zone, country=somebody.country)
        person = Person(id=met.id, account=account, name=somebody.name, locale="en", hours=hours)
        store.people.save(person)
        self._people[person.id] = person
        if not somebody.silent:
            take = partial(dispatch, kit=self._kit)
            self._answerers[person.id] = Answerer(account, somebody.name, self._seed, somebody.zone, take)

    def _open_cohort(self, number: int, starts: datetime) -> tuple[Cohort, Mapping[str, Participant]]:
        """A cohort in which everybody has joined, by name."""
        cohort = Cohort(f"c{number}", f"p{number}", f"Cohort {number}", CohortState.RUNNING, starts.date())
        with self._kit.database.transaction() as connection:
            store = Store(connection, self._kit.keyring)
            store.programmes.add(Programme(cohort.programme, cohort.name, Design(), "", self._now), cohort)
            places = {}
            for person in self._people.values():
                role = Role.MENTOR if self.record.mentees[person.name] else Role.MENTEE
                places[person.name] = self._join(store, cohort, person, role)
                store.schedule.look_at(f"person:{person.id}", self._now)
        return cohort, places

    def _match(self, cohort: Cohort, places: Mapping[str, Participant]) -> None:
        """Everybody is introduced at once, as when a round is published."""
        person = self._people[places[self._mentorships[0].mentor.name].person]
        asked = Inbound("", person.account, Asked("mentor", ""), Place.PRIVATE, self._now)
        say = self._kit.content.say("en", person.zone)
        with self._kit.database.transaction() as connection:
            store = Store(connection, self._kit.keyring)
            turn = Turn(asked, person, store, self._kit.content, say, self._now, self._kit.new_id, frozenset(), SPACES)
            matches = [
                self._pair(cohort, places[mentorship.mentor.name], places[mentee.name])
                for mentorship in self._mentorships
                for mentee in mentorship.mentees
            ]
            begin(turn, *matches)
        for match in matches:
            for member in match.members:
                self._note_weeks(self._people[member.person], match)

    def _pair(self, cohort: Cohort, mentor: Participant, mentee: Participant) -> Match:
        kept, _ = plan_for(self._kit.content.journey, cohort.starts_on, cohort.ends_on)
        return Match(
            id=self._kit.new_id(),
            cohort=cohort.id,
            state=MatchState.ACTIVE,
            members=(Member(mentor.person, mentor.id, Role.MENTOR), Member(mentee.person, mentee.id, Role.MENTEE)),
            started_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            steps=tuple(step.id for step in kept),
        )

    def _join(self, store: Store, cohort: Cohort, person: Person, role: Role) -> Participant:
        participant = Participant(
            id=self._kit.new_id(),
            cohort=cohort.id,
            person=person.id,
            standing=Standing.JOINED,
            roles=frozenset({role}),
            capacity=5,
            joined_at=self._now,
        )
        store.participants.add(participant, source="command", at=self._now)
        return participant

    def _note_weeks(self, person: Person, match: Match) -> None:
        day = self._now
        while day.date() <= min(match.ends_on, self._end.date()):
            self.record.active[person.name].add(iso_week(day, person.zone))
            day += timedelta(days=1)

    # -- time

    def _walk(self, until: datetime) -> None:
        while True:
            with self._database.together():
                while self._step():
                    pass
            due = self._next_due()
            if due is None or due > until:
                break
            self._now = max(due, self._now + timedelta(seconds=1))
        self._now = until

    def _step(self) -> bool:
        while plan(self._kit).all_well() == MOST:
            pass
        deliveries = claim(self._kit, OWNER, PACES, most=BATCH)
        if deliveries:
            self._send(deliveries)
        return bool(deliveries)

    def _send(self, deliveries: Sequence[Delivery]) -> None:
        reached = [self._opened(delivery) for delivery in deliveries]
        opened = [after for before, after in zip(deliveries, reached, strict=True) if after is not before]
        held = intend(self._kit, OWNER, reached, opened)
        outcomes: list[tuple[Delivery, Outcome]] = []
        for delivery in held:
            render.message(delivery.claimed.message)
            self._note(delivery)
            outcomes.append((delivery, Sent(delivery.conversation, f"{len(self._keys)}.0")))
        settle(self._kit, OWNER, outcomes)
        for delivery in held:
            # A message that changes in place notifies nobody.
            if isinstance(delivery.claimed.to, ToPerson) and not delivery.claimed.edits:
                answerer = self._answerers.get(delivery.claimed.to.person)
                if answerer is not None:
                    answerer.answer(delivery.claimed.message, self._now)

    def _opened(self, delivery: Delivery) -> Delivery:
        if delivery.conversation:
            return delivery
        conversation = "+".join(account.user for account in delivery.accounts)
        return Delivery(delivery.claimed, delivery.platform, delivery.accounts, conversation, delivery.receipt)

    def _note(self, delivery: Delivery) -> None:
        claimed = delivery.claimed
        self.record.messages += 1
        self.record.doubled += claimed.key in self._keys
        self._keys.add(claimed.key)
        if not isinstance(claimed.to, ToPerson) or claimed.kind is Kind.ANSWER or claimed.edits:
            return
        person = self._people[claimed.to.person]
        offers = tuple((one.action.name, *one.action.args.values()) for one in plain.buttons(claimed.message))
        said = (person.id, self._now.date(), claimed.message.summary, offers)
        self.record.doubled += said in self._said
        self._said.add(said)
        self.record.proactive += 1
        self.record.out_of_hours += not is_working(self._now, person.hours)
        self.record.per_week[person.name, iso_week(self._now, person.zone)] += 1

    def _next_due(self) -> datetime | None:
        with self._kit.database.transaction() as connection:
            store = Store(connection, self._kit.keyring)
            moments = [moment for moment in (next_look(store), store.outbox.first_due()) if moment]
            return min(moments) if moments else None
