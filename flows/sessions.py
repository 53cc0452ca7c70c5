"""Where a match stands in its plan: which conversations were reached, which is open, and when the pair will talk."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from flows.calendar import at_local, local
from flows.journey import Step, StepKind
from flows.match import Match
from flows.meetings import Meeting, MeetingState
from flows.people import Person
from flows.refusal import Refusal

LATE = timedelta(weeks=4)
"""How far behind the end of the plan a date may lie."""


def reached(match: Match, steps: Sequence[Step], stored: Mapping[int, Meeting]) -> tuple[Meeting, ...]:
    """The conversations so far: what is stored, by number, and before anything is, the first one of the plan."""
    numbers = [step.number for step in steps if step.kind is StepKind.SESSION]
    if not stored and numbers:
        return (Meeting(match.id, numbers[0], match.started_on),)
    return tuple(stored[number] for number in numbers if number in stored)


def open_one(sessions: Sequence[Meeting]) -> Meeting | None:
    """The conversation that the pair is at."""
    return next((session for session in sessions if session.state is MeetingState.OPEN), None)


def following(steps: Sequence[Step], meeting: Meeting, today: date) -> Meeting | None:
    """What opens today behind this conversation; None after the last."""
    later = (step.number for step in steps if step.kind is StepKind.SESSION and step.number > meeting.number)
    return next((Meeting(meeting.match, number, today) for number in later), None)


def agreed_moment(day: str, clock: str, *, by: Person, now: datetime, ends_on: date) -> datetime:
    """A date and a time as a dialog holds them (YYYY-MM-DD, HH:MM), in that person's zone, as an instant.

    Raises Refusal("date.unclear"), ("date.past") or ("date.far").
    """
    try:
        wanted, hour = date.fromisoformat(day), datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007 - a wall time
    except ValueError:
        raise Refusal("date.unclear") from None
    today = local(now, by.hours).date()
    if wanted > max(ends_on, today) + LATE:
        raise Refusal("date.far")
    moment = at_local(wanted, hour, by.zone) if wanted >= today else now
    if moment <= now:
        raise Refusal("date.past")
    return moment
