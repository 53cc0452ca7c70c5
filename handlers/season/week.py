"""One person's week: what is known of their matches, and the Tuesday message that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.calendar import at_local, iso_week, local, weekly
from flows.content import Content
from flows.nudge import MatchFacts, TellTuesday
from flows.people import Person
from flows.voice import nudges
from flows.voice.message import Message
from flows.voice.say import Say
from handlers.season.openers import offered
from handlers.season.scene import Stand
from storage.season import History, Place
from storage.store import Store

FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Week:
    """One person at one moment; `iso` is their local ISO week."""

    person: Person
    history: History
    matches: tuple[MatchFacts, ...]
    places: Sequence[Place]
    today: date
    iso: str


def week_of_person(store: Store, content: Content, person: Person, now: datetime) -> Week:
    """Load what the slot must know."""
    history = store.season.history(person.id)
    today = local(now, person.hours).date()
    matches = store.season.matches(person.id, journey=content.journey, history=history, offered=offered(), today=today)
    return Week(
        person, history, matches, store.season.places(person.id, today=today), today, iso_week(now, person.zone)
    )


def next_slot(person: Person, at_or_after: datetime) -> datetime:
    """The person's first slot that is not before a moment."""
    return weekly(at_or_after, person.hours, person.nudge_day, person.nudge_at)


def slot_of_week(person: Person, at: datetime) -> datetime | None:
    """The slot of the person's local week, before or after that moment; None when this week has none."""
    today = local(at, person.hours).date()
    monday = at_local(today - timedelta(days=today.isoweekday() - 1), time(), person.zone)
    slot = next_slot(person, monday)
    return slot if iso_week(slot, person.zone) == iso_week(at, person.zone) else None


def end_of_week(slot: datetime, person: Person) -> datetime:
    """The end of the Friday of the slot's local week, or of its Sunday for somebody who works at the weekend."""
    day = local(slot, person.hours).date()
    last = FRIDAY if day.isoweekday() <= FRIDAY else 7
    return at_local(day + timedelta(days=last - day.isoweekday()), time(23, 59), person.zone)


def stand_for(store: Store, facts: Sequence[MatchFacts]) -> dict[str, Stand]:
    """These matches with their people, by id."""
    ids = {member.person for one in facts for member in one.match.members}
    people = store.people.all(sorted(ids))
    return {
        one.match.id: Stand(one.match, {m.person: people[m.person] for m in one.match.members}, one.steps, one.sessions)
        for one in facts
    }


def tuesday(store: Store, content: Content, week: Week, saying: TellTuesday, say: Say) -> Message:
    """The Tuesday message with the names in it."""
    wanted = [facts for facts in week.matches if facts.match.id in saying.check_in]
    stands = stand_for(store, [*(facts for facts, _ in saying.lines), *wanted])
    scenes = {match: stand.scene(week.person.id, say) for match, stand in stands.items()}
    return nudges.tuesday(
        [(scenes[facts.match.id], missing) for facts, missing in saying.lines],
        [scenes[match] for match in saying.check_in],
        content.journey.tasks,
        say,
    )
