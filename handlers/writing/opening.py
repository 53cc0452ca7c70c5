"""The day of a letter: a message to its writer, in their morning, however many years later."""

from datetime import date, datetime, time, timedelta

from flows.activities import letter as rules
from flows.activities.writing import WritingState
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


def wake_letters(store: Store, match: str, now: datetime) -> None:
    """The last conversation took place, or the match has ended: look whether letters open."""
    for letter in store.writings.letters(match):
        if letter.state is WritingState.SENT and letter.opens_on is None:
            store.schedule.look_at(letter_subject(letter.id), now)


def look(tick: Tick) -> datetime | None:
    """Tell the writer on the letter's day; the next moment to look, or None when it is told or there is none."""
    letter = tick.store.writings.letter(tick.subject)
    if letter is None or letter.state is not WritingState.SENT:
        return None
    author = tick.store.people.hold(letter.author)
    if not author.active:
        return None
    day = letter.opens_on
    if day is None:
        match = tick.store.matches.get(letter.match)
        day = rules.day_of_last_talk(match, last_talk(tick.store, tick.content, match))
        if day is None:
            over_at = match.over_at(person.zone for person in tick.store.matches.people_of(match.id))
            return max(over_at, tick.now + A_DAY)
        tick.store.writings.set_opening_day(letter.id, day)
    moment = _morning(day, author)
    if tick.now < moment:
        # By then the zone may keep another clock than the one that is known today: look again the day before.
        return moment - A_DAY if moment - A_DAY > tick.now else moment
    week = iso_week(tick.now, author.zone)
    if len(tick.store.season.history(author.id).in_week(week, tick.now)) >= ENOUGH:
        today = local(tick.now, author.hours).date()
        return _morning(today + timedelta(days=8 - today.isoweekday()), author)
    written_on = local(letter.at, author.hours).date()
    post = Post(
        key=letter_subject(letter.id),
        to=ToPerson(author.id),
        message=voice.ready(letter, written_on, tick.say_to(author)),
        kind=Kind.MUST_ARRIVE,
        week=week,
        subject=letter.id,
        step=rules.KIND,
    )
    tick.store.outbox.put(post, now=tick.now)
    return None


def _morning(day: date, person: Person) -> datetime:
    """When this person begins to work on that day, or on the next one on which they do."""
    return next_working(at_local(day, time(), person.zone), person.hours)
