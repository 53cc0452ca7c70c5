"""A round of matching that is coming: whom it is about, when they hear of it, and until when it can be skipped."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from flows.calendar import at_local, is_working_day, local, next_working
from flows.formats import Format
from flows.people import Participant, Person, Role, is_around
from flows.profile import Past

DAYS_BACK = 14
"""So long before a round somebody's last working day may lie, over holidays; who is away longer is not told."""
LATE = timedelta(days=7)
"""So long after its day a coordinator is told that a round is due."""
_DAY = timedelta(days=1)


def first_look(round_on: date) -> datetime:
    """Before this moment nobody, wherever they work, has to hear of the round."""
    return datetime.combine(round_on - DAYS_BACK * _DAY, time(), UTC) - _DAY


def last_look(round_on: date) -> datetime:
    """After this moment nobody hears of the round any more."""
    return datetime.combine(round_on, time(), UTC) + LATE + 4 * _DAY


def heard_at(round_on: date, person: Person) -> datetime | None:
    """When they hear of the round: their own last working day before it begins. None: there is none in reach."""
    for back in range(1, DAYS_BACK + 1):
        day = round_on - back * _DAY
        if is_working_day(day, person.hours):
            return next_working(at_local(day, time(), person.zone), person.hours)
    return None


def closes_at(round_on: date, person: Person) -> datetime:
    """The round can be skipped until then: the beginning of its day on the person's own clock."""
    return at_local(round_on, time(), person.zone)


def may_be_skipped(round_on: date | None, today: date) -> bool:
    """Whether a round is ahead, and its day has not begun where the person is."""
    return round_on is not None and today < round_on


def due_at(round_on: date, person: Person) -> datetime:
    """When a coordinator hears that the round is due: their first working hour from its day on."""
    return next_working(at_local(round_on, time(), person.zone), person.hours)


def looked_for(participant: Participant, past: Past, format_: Format, *, engaged: bool) -> frozenset[Role]:
    """The roles in which somebody would be in a round: without a mentor, with a free place, or as a peer who is with
    nobody; `engaged`: they are in a match of this programme, which some formats end with the round. Empty: not in it.
    """
    return frozenset(_wanted(participant, past, format_, engaged=engaged))


def _wanted(participant: Participant, past: Past, format_: Format, *, engaged: bool) -> Iterator[Role]:
    if Role.PEER in participant.roles and (format_.ends_with_round or not engaged):
        yield Role.PEER
    if Role.MENTEE in participant.roles and not past.has_mentor:
        yield Role.MENTEE
    if Role.MENTOR in participant.roles and participant.capacity > past.load:
        yield Role.MENTOR


def is_told(participant: Participant, person: Person, heard: datetime, now: datetime) -> bool:
    """Whether somebody who would be in the round hears of it: who joined later has just read its date, and who pauses
    or is away is not in it."""
    today = local(now, person.hours).date()
    away_until = person.hours.away_until
    around = is_around(
        participant.standing, participant.paused_until, active=person.active, away_until=away_until, today=today
    )
    return around and (participant.joined_at is None or participant.joined_at < heard)
