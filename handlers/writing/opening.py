"""The day of a letter: a message to its writer, in their morning, however many years later."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from flows.activities import letter as rules
from flows.activities.writing import Writing, WritingState
from flows.budget import ENOUGH
from flows.calendar import at_local, iso_week, local, next_working
from flows.people import Person
from flows.voice import letters as voice
from flows.voice.message import Kind, Post, ToPerson
from handlers.tick import Tick
from handlers.writing.scene import last_talk
from storage.store import Store

A_DAY = timedelta(days=1)


def letter_subject(letter: str) -> str:
    """A letter in the schedule."""
    return f"letter:{letter}"


def wake_letters(store: Store, *matches: str, now: datetime) -> None:
    """The last conversation took place, or these have ended: look whether letters open."""
    sealed = [
        letter_subject(letter.id)
        for letter in store.writings.letters(*matches)
        if letter.state is WritingState.SENT and letter.opens_on is None
    ]
    store.schedule.look_at_all(sealed, now)


def look(ticks: Sequence[Tick]) -> Mapping[str, datetime | None]:
    """Tell the writers on the letters' day; the next moment to look at each, or None when it is told or there is none.

    Many letters open on the same morning, so they are read together, and so are their writers.
    """
    store = ticks[0].store
    letters = store.writings.these_letters([tick.subject for tick in ticks])
    sealed = {which: letter for which, letter in letters.items() if letter.state is WritingState.SENT}
    authors = store.people.hold_free({letter.author for letter in sealed.values()})
    moments: dict[str, datetime | None] = {}
    ready: list[tuple[Tick, Writing, Person]] = []
    for tick in ticks:
        letter = sealed.get(tick.subject)
        if letter is None:
            moments[tick.subject] = None
            continue
        author = authors.get(letter.author)
        if author is None:
            continue
        comes = _comes(tick, letter, author) if author.active else None
        moments[letter.id] = comes
        if author.active and comes is None:
            ready.append((tick, letter, author))
    moments |= _tell(store, ready)
    return moments


def _comes(tick: Tick, letter: Writing, author: Person) -> datetime | None:
    """When to look at it again, or None when its morning has come."""
    day = letter.opens_on
    if day is None:
        match = tick.store.matches.get(letter.match)
        day = rules.day_of_last_talk(match, last_talk(tick.store, tick.content, match))
        if day is None:
            over_at = match.over_at(person.zone for person in tick.store.matches.people_of(match.id))
            return max(over_at, tick.now + A_DAY)
        tick.store.writings.set_opening_day(letter.id, day)
    moment = _morning(day, author)
    if tick.now >= moment:
        return None
    # By then the zone may keep another clock than the one that is known today: look again the day before.
    return moment - A_DAY if moment - A_DAY > tick.now else moment


def _tell(store: Store, ready: Sequence[tuple[Tick, Writing, Person]]) -> Mapping[str, datetime | None]:
    """Whoever was told enough this week hears of their letter in the next."""
    histories = store.season.histories(list({author.id for _, _, author in ready}))
    told: Counter[str] = Counter()
    posts: list[Post] = []
    moments: dict[str, datetime | None] = {}
    for tick, letter, author in ready:
        week = iso_week(tick.now, author.zone)
        if len(histories[author.id].in_week(week, tick.now)) + told[author.id] >= ENOUGH:
            today = local(tick.now, author.hours).date()
            moments[letter.id] = _morning(today + timedelta(days=8 - today.isoweekday()), author)
        else:
            told[author.id] += 1
            posts.append(_post(tick, letter, author, week))
    if posts:
        store.outbox.put(*posts, now=ready[0][0].now)
    return moments


def _post(tick: Tick, letter: Writing, author: Person, week: str) -> Post:
    written_on = local(letter.at, author.hours).date()
    return Post(
        key=letter_subject(letter.id),
        to=ToPerson(author.id),
        message=voice.ready(letter, written_on, tick.say_to(author)),
        kind=Kind.MUST_ARRIVE,
        week=week,
        subject=letter.id,
        step=rules.KIND,
    )


def _morning(day: date, person: Person) -> datetime:
    """When this person begins to work on that day, or on the next one on which they do."""
    return next_working(at_local(day, time(), person.zone), person.hours)
