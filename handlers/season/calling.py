"""What a match's own time brings: the question after an agreed time, and the end of its plan."""

from datetime import datetime, timedelta

from flows.budget import Charge, allowed
from flows.calendar import iso_week, local, next_working
from flows.meetings import Meeting
from flows.people import Person, is_around
from flows.sessions import open_one
from flows.voice import meetings as voice
from flows.voice.message import Kind, Post, ToPerson
from handlers.introducing import show_end, show_links
from handlers.season.closing import close_match
from handlers.season.scene import Stand, asked_key, asked_step, stand_of
from handlers.season.week import next_slot
from handlers.tick import Tick

AFTER = timedelta(hours=1)
"""How long after the agreed time the question comes: the talk itself takes about that long."""
STALE = timedelta(days=3)
"""A question that could not be put for so long is left to the weekly message."""


def look(tick: Tick) -> datetime | None:
    """Ask who may be asked now; the next moment at which somebody must be, at the latest the end of the plan."""
    try:
        stand = stand_of(tick.store, tick.content, tick.subject)
    except LookupError:
        return None
    match = stand.match
    if not match.is_alive:
        return None
    over_at = match.over_at(person.zone for person in stand.people.values())
    if tick.now >= over_at:
        close_match(tick.store, match, now=tick.now)
        show_end(tick, [match], stand.people)
        return None
    if match.apart:
        show_links(tick, match, stand.people)
    for person in stand.people.values():
        tick.store.schedule.look_at(f"person:{person.id}", next_slot(person, tick.now))
    meeting = open_one(stand.meetings)
    moments = [over_at]
    if meeting is not None and meeting.planned_at is not None:
        for person in stand.people.values():
            asked_at = next_working(meeting.planned_at + AFTER, person.hours)
            if asked_at > tick.now:
                moments.append(asked_at)
            elif tick.now - asked_at < STALE:
                _ask(tick, stand, meeting, person, asked_at)
    return min(moments)


def _ask(tick: Tick, stand: Stand, meeting: Meeting, person: Person, asked_at: datetime) -> None:
    if not person.nudges or person.id in meeting.answers or _is_quiet(tick, stand, person):
        return
    tick.store.people.hold(person.id)
    week = iso_week(tick.now, person.zone)
    if not allowed(Charge.MEETING, tick.store.season.history(person.id).in_week(week, tick.now)):
        return
    say = tick.say_to(person)
    post = Post(
        key=asked_key(meeting, person.id),
        to=ToPerson(person.id),
        message=voice.did_you_meet(stand.scene(person.id, say), meeting, say),
        kind=Kind.NUDGE,
        not_after=asked_at + STALE,
        week=week,
        subject=stand.match.id,
        step=asked_step(meeting),
    )
    tick.store.outbox.put(post, now=tick.now)


def _is_quiet(tick: Tick, stand: Stand, person: Person) -> bool:
    today = local(tick.now, person.hours).date()
    for member in stand.match.members:
        place, other = tick.store.participants.get(member.participant), stand.people[member.person]
        away_until = other.hours.away_until
        if not is_around(place.standing, place.paused_until, active=other.active, away_until=away_until, today=today):
            return True
    return False
