"""When a person may hear from us: local time, working hours, holidays and absence, turned into instants."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
EARLIEST = time(5)
LATEST = time(22)
# Far enough for any leave, near enough that counting days from it stays inside what dates can hold.
LAST_YEAR = 2199
DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's working time, as a rule in their own zone and never as stored instants."""

    zone: str = "UTC"
    """IANA name."""
    work_days: frozenset[int] = MONDAY_TO_FRIDAY
    """ISO weekdays, 1 is Monday."""
    start: time = time(9)
    end: time = time(17)
    """Local wall time; the end no longer belongs. Whatever is set, only 05:00 to 22:00 counts."""
    country: str = ""
    """ISO 3166 code whose public holidays are days off; empty, or a country nobody keeps a list for, has none."""
    away_until: date | None = None
    """The last day away, itself included. Every day up to it is off, however long ago the absence began."""

    def __post_init__(self) -> None:
        """Raise ValueError where no moment could ever be found."""
        try:
            _zone(self.zone)
        except (ZoneInfoNotFoundError, OSError) as unknown:
            raise ValueError(f"unknown time zone {self.zone!r}") from unknown
        if not self.work_days or not self.work_days <= frozenset(range(1, 8)):
            raise ValueError(f"work days are ISO weekdays from 1 to 7, at least one, not {sorted(self.work_days)}")
        if max(self.start, EARLIEST) >= min(self.end, LATEST):
            raise ValueError(f"no hour between {EARLIEST} and {LATEST} lies in {self.start} to {self.end}")
        if self.away_until is not None and self.away_until.year > LAST_YEAR:
            raise ValueError(f"away until {self.away_until} is too far ahead")


def local(at: datetime, hours: Hours) -> datetime:
    """The same instant on the person's clock."""
    return _local(at, hours.zone)


def is_working_day(day: date, hours: Hours) -> bool:
    """A work day that is neither a holiday nor a day away."""
    if day.isoweekday() not in hours.work_days:
        return False
    if hours.away_until is not None and day <= hours.away_until:
        return False
    return not hours.country or day not in _holidays(hours.country, day.year)


def is_working(at: datetime, hours: Hours) -> bool:
    """Whether the person may be written to at this instant."""
    day = local(at, hours).date()
    if not is_working_day(day, hours):
        return False
    opens, closes = _opening(day, hours)
    return opens <= at < closes


def next_working(at: datetime, hours: Hours) -> datetime:
    """The first instant, not before `at`, at which the person may be written to; in UTC."""
    for day in _days_from(local(at, hours).date(), hours):
        opens, closes = _opening(day, hours)
        # A day that a zone skipped altogether (Samoa, 30 December 2011) opens and closes at once.
        if opens < closes and at < closes:
            return max(at.astimezone(UTC), opens)
    raise AssertionError("days do not end")


def working_days_later(at: datetime, hours: Hours, days: int) -> datetime:
    """When so many of the person's working days have passed since `at`; in UTC. Outside their hours the count begins
    when these do: three days from a Saturday end on Thursday, at the hour at which Monday's work begins."""
    begun = local(next_working(at, hours), hours)
    day = next(islice(_days_from(begun.date(), hours), days, None))
    return at_local(day, begun.time(), hours.zone)


def shared_working(at: datetime, several: Sequence[Hours]) -> datetime:
    """The first instant, not before `at`, at which all of them may be written to; in UTC.

    Where their days do not meet within four weeks it is the first one's working hours that count.
    """
    moment = at
    while moment - at < FOUR_WEEKS:
        later = max(next_working(moment, hours) for hours in several)
        if later == moment:
            return later
        moment = later
    return next_working(at, several[0])


def weekly(at_or_after: datetime, hours: Hours, weekday: int, at: time) -> datetime:
    """The next moment of a weekly slot (ISO weekday, local wall time), in UTC; at most one an ISO week.

    A slot on a day off, or on one that a zone skips altogether, moves to the next working day of the same ISO week, at
    the same hour; when none is left, that week has no slot. A weekday after the person's last work day means that last
    work day, and a time outside their working hours means the start of these.
    """
    weekday = weekday if any(day >= weekday for day in hours.work_days) else max(hours.work_days)
    start, end = max(hours.start, EARLIEST), min(hours.end, LATEST)
    at = at if start <= at < end else start
    seen: tuple[int, int] | None = None
    today = local(at_or_after, hours).date()
    for day in _days_from(today - timedelta(days=today.isoweekday() - 1), hours):
        year, week, iso_weekday = day.isocalendar()
        if iso_weekday < weekday or seen == (year, week):
            continue
        moment = at_local(day, at, hours.zone)
        if local(moment, hours).date() != day:
            continue
        seen = (year, week)
        if moment >= at_or_after:
            return moment
    raise AssertionError("days do not end")


def iso_week(at: datetime, zone: str) -> str:
    """The ISO week of an instant on a zone's calendar, such as `2026-W12`."""
    year, week, _ = _local(at, zone).isocalendar()
    return f"{year}-W{week:02}"


def week_of(start: date, today: date) -> int:
    """The week of a programme that began on `start`: 1 for its first seven days, 0 or less before it."""
    return (today - start).days // 7 + 1


@lru_cache(maxsize=65_536)
def at_local(day: date, at: time, zone: str) -> datetime:
    """The instant of a local wall time, in UTC: the first of two in a fold, the first existing one after a gap."""
    place = _zone(zone)
    wall = datetime.combine(day, at)
    instant = wall.replace(tzinfo=place).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == wall:
        return instant
    return _end_of_gap(wall, place)


def _end_of_gap(wall: datetime, place: ZoneInfo) -> datetime:
    """The moment at which the clock jumped over this wall time."""
    # In a gap fold=1 takes the offset that follows and so lies before the jump; fold=0 lies after it (PEP 495).
    before = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    old = before.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _local(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(_zone(zone))


def _days_from(day: date, hours: Hours) -> Iterator[date]:
    """Working days in order, from this one on, without end."""
    if hours.away_until is not None:
        day = max(day, hours.away_until)
    while True:
        if is_working_day(day, hours):
            yield day
        day += DAY


def _opening(day: date, hours: Hours) -> tuple[datetime, datetime]:
    start = at_local(day, max(hours.start, EARLIEST), hours.zone)
    return start, at_local(day, min(hours.end, LATEST), hours.zone)


@lru_cache(maxsize=1_024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4_096)
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # Here and not above: it takes its time, and whoever matches a list needs no calendar.

    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        return frozenset()
