"""A round that is coming: participants hear of it the working day before, coordinators when it is due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from flows.budget import Charge, allowed
from flows.calendar import iso_week
from flows.coming import LATE, closes_at, due_at, first_look, heard_at, is_told, last_look, looked_for
from flows.people import Person
from flows.profile import Past, past_of
from flows.programme import Cohort
from flows.roles import EVERYWHERE, ORDER, Rank
from flows.voice import coming as voice
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.tick import Tick
from storage.store import Store

MOST = 200
"""Messages in one look: a turn that waits for the database waits for no more."""
A_DAY = timedelta(days=1)
"""Hours and zones may change while a round is near: it is looked at every day."""
COMING = "coming"
DUE = "due"
"""What is told of a round."""


def wake(store: Store, cohort: Cohort, now: datetime) -> None:
    """The round of a cohort has a date, or another one: look when somebody has to hear of it."""
    if cohort.next_round is not None:
        store.schedule.look_at(f"round:{cohort.id}", max(now, first_look(cohort.next_round)))


def expect(store: Store, cohort: Cohort, person: Person, now: datetime) -> None:
    """Somebody has come to a cohort, or is back: look when they have to hear of its round."""
    heard = heard_at(cohort.next_round, person) if cohort.next_round is not None else None
    if heard is not None and heard > now:
        store.schedule.look_at(f"round:{cohort.id}", heard)


@dataclass(frozen=True, slots=True)
class _Word:
    """COMING or DUE: who hears it, from when on and until when."""

    what: str
    person: Person
    message: Callable[[], Message]
    at: datetime
    until: datetime

    def post(self, cohort: str, round_on: date, now: datetime) -> Post:
        return Post(
            key=f"{self.what}:{cohort}:{round_on}:{self.person.id}",
            to=ToPerson(self.person.id),
            message=self.message(),
            kind=Kind.MUST_ARRIVE,
            not_after=self.until,
            week=iso_week(now, self.person.zone),
            subject=cohort,
            step=_step(self.what, round_on),
        )


def look(tick: Tick) -> datetime | None:
    """Tell those whose moment has come, at most MOST; then the next moment, None when there is nothing more to say."""
    try:
        cohort = tick.store.programmes.cohort(tick.subject)
    except LookupError:
        return None
    round_on = cohort.next_round
    if round_on is None or not cohort.takes_people or tick.now > last_look(round_on):
        return None
    if tick.now < first_look(round_on):
        return first_look(round_on)
    told = tick.store.outbox.told(cohort.id, [_step(what, round_on) for what in (COMING, DUE)])
    words = [*_to_participants(tick, cohort, round_on), *_to_coordinators(tick, cohort, round_on)]
    waiting = [one for one in words if (_step(one.what, round_on), one.person.id) not in told and tick.now < one.until]
    later = [one.at for one in waiting if one.at > tick.now]
    ready = sorted((one for one in waiting if one.at <= tick.now), key=lambda one: one.at)
    if _tell(tick, cohort, round_on, ready):
        return tick.now
    return min((*later, tick.now + A_DAY))


def _step(what: str, round_on: date) -> str:
    """In the history, charged to what a matching brings."""
    return f"round_{what}_{round_on}"


def _tell(tick: Tick, cohort: Cohort, round_on: date, words: Sequence[_Word]) -> bool:
    """Put what the weeks of the readers have room for. Whether some must be looked at again at once."""
    left_over = False
    for start in range(0, len(words), MOST):
        some = {one.person.id: one for one in words[start : start + MOST]}
        held = tick.store.people.hold_free(some)
        left_over = left_over or len(held) < len(some)
        histories = tick.store.season.histories(list(held))
        posts = [
            one.post(cohort.id, round_on, tick.now)
            for which, one in some.items()
            if which in held
            and allowed(Charge.MATCH_DAY, histories[which].in_week(iso_week(tick.now, one.person.zone), tick.now))
        ]
        tick.store.outbox.put(*posts, now=tick.now)
        if posts:
            return left_over or start + MOST < len(words)
    return left_over


def _to_participants(tick: Tick, cohort: Cohort, round_on: date) -> Iterator[_Word]:
    participants = tick.store.participants.in_cohort(cohort.id)
    people = tick.store.people.all([one.person for one in participants])
    living = tick.store.matches.living_around(cohort.id)
    here = {one.person: one.id for one in participants}
    pasts = {person: past_of(person, found, here) for person, found in living.items()}
    engaged = {member.participant for found in living.values() for match in found for member in match.members}
    for one in participants:
        person = people[one.person]
        roles = looked_for(one, pasts.get(one.person, Past()), cohort.format, engaged=one.id in engaged)
        heard = heard_at(round_on, person)
        if roles and heard is not None and is_told(one, person, heard, tick.now):
            message = partial(voice.coming, cohort, round_on, roles, tick.say_to(person), skips=one.skips)
            yield _Word(COMING, person, message, heard, closes_at(round_on, person))


def _to_coordinators(tick: Tick, cohort: Cohort, round_on: date) -> Iterator[_Word]:
    for person in _coordinators(tick.store, cohort):
        at = due_at(round_on, person)
        if person.active:
            message = partial(voice.due, cohort, round_on, tick.say_to(person))
            yield _Word(DUE, person, message, at, at + LATE)


def _coordinators(store: Store, cohort: Cohort) -> Sequence[Person]:
    """Who is appointed to run the programme, or all of them; nobody is: who made it."""
    enough = ORDER.index(Rank.COORDINATOR)
    appointed = {
        person
        for person, programme, role in store.programmes.appointed()
        if programme in (EVERYWHERE, cohort.programme) and ORDER.index(Rank(role)) >= enough
    }
    found = store.people.all(sorted(appointed or {store.programmes.get(cohort.programme).created_by}))
    return list(found.values())
