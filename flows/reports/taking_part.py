"""How far people came, which conversations took place, and how much of the offered time was used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.match import Match, MatchState
from flows.meetings import Meeting, MeetingState
from flows.people import Participant, Role, Standing
from flows.reports.records import Records

HOURS_OF_A_TALK = 1
DAYS_A_MONTH = 30.4375
"""On average over four years."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people came how far; nobody is left out of an earlier step for having gone on or left later.

    How many were invited is not known: the invitation stands in a channel.
    """

    began: int
    joined: int
    drafted: int
    matched: int
    talked: int
    """Their first conversation took place."""
    completed: int
    """Their match ran to its end."""
    left: int


@dataclass(frozen=True, slots=True)
class Talks:
    """The conversations of one number, over all matches: with a date ahead, held, left out."""

    number: int
    planned: int
    held: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of conversation that took place, and hours that mentors offered until now, in whole hours."""

    used: int
    offered: int


def funnel(records: Records) -> Funnel:
    """Count people by how far they came."""
    everybody = records.participants
    joined = {one.id for one in everybody if one.joined_at is not None}
    matched = _participants(records.matches)
    talked = _participants(match for match in records.matches if held(records.meetings.get(match.id, ())))
    completed = _participants(match for match in records.matches if match.state is MatchState.COMPLETED)
    return Funnel(
        began=len(everybody),
        joined=len(joined),
        drafted=len(records.drafted),
        matched=len(matched),
        talked=len(talked),
        completed=len(completed),
        left=sum(one.standing is Standing.LEFT for one in everybody),
    )


def talks(records: Records, numbers: Sequence[int]) -> tuple[Talks, ...]:
    """One line for each conversation of the plan."""
    reached = [meeting for meetings in records.meetings.values() for meeting in meetings]
    found = []
    for number in numbers:
        mine = [meeting for meeting in reached if meeting.number == number]
        planned = sum(one.state is MeetingState.OPEN and one.planned_at is not None for one in mine)
        skipped = sum(one.state is MeetingState.SKIPPED for one in mine)
        found.append(Talks(number, planned, len(held(mine)), skipped))
    return tuple(found)


def hours(records: Records, today: date) -> Hours:
    """Each conversation counts one hour; each mentor's offer counts from the day on which both they and the programme
    had begun, to today or the programme's last day."""
    used = HOURS_OF_A_TALK * sum(len(held(meetings)) for meetings in records.meetings.values())
    offered = sum(
        _offered(one, records.hours, records.cohort.starts_on, records.cohort.ends_on, today)
        for one in records.participants
        if Role.MENTOR in one.roles
    )
    return Hours(used, round(offered))


def held(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Those that took place."""
    return tuple(meeting for meeting in meetings if meeting.state is MeetingState.MET)


def _offered(one: Participant, hours: Mapping[str, float], starts_on: date, ends_on: date, today: date) -> float:
    if one.joined_at is None or one.standing is Standing.LEFT:
        return 0
    days = (min(today, ends_on) - max(starts_on, one.joined_at.date())).days + 1
    return hours.get(one.id, 0) * max(0, days) / DAYS_A_MONTH


def _participants(matches: Iterable[Match]) -> frozenset[str]:
    return frozenset(member.participant for match in matches for member in match.members)
