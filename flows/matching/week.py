"""Free time in a usual week: a bit for each of its 672 quarter hours, counted in UTC from Monday at midnight.

A quarter is the finest step between two zones, so nobody's half hour is lost; the week wraps round. Nothing known is 0.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {"am": range(9, 13), "pm": range(13, 17)}
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
PARTS_ASKED = 3
"""Parts of a day that somebody should name: who can meet at one time only has few possible partners, and is served
before those who have many."""
WEEK = 7 * 24
QUARTERS = 4 * WEEK
_WHOLE = (1 << QUARTERS) - 1
_SPAN = re.compile(rf"({'|'.join(DAYS)}) +([0-9]{{1,2}}) *- *([0-9]{{1,2}})")


def in_utc(slots: Iterable[str], offset: int) -> int:
    """The free time that local parts of a day, such as "mon-am", mean; `offset` is in minutes east of UTC.

    Raises ValueError for an unknown slot.
    """
    free = 0
    for slot in slots:
        day, _, part = slot.partition("-")
        if day not in DAYS or part not in PARTS:
            raise ValueError(f"unknown slot {slot!r}: a day {DAYS}, a hyphen and a part of it {tuple(PARTS)}")
        free |= _local(DAYS.index(day), PARTS[part].start, PARTS[part].stop)
    return _moved(free, offset)


def read_spans(text: str, offset: int) -> int:
    """The free time that local hours such as `mon 9-12|wed 14-16` mean, with whole hours from 0 to 24.

    Raises ValueError with the part that cannot be read.
    """
    free = 0
    for part in text.casefold().split("|"):
        if not part.strip():
            continue
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise ValueError(part.strip())
        start, stop = int(found[2]), int(found[3])
        if not start < stop <= 24:
            raise ValueError(part.strip())
        free |= _local(DAYS.index(found[1]), start, stop)
    return _moved(free, offset)


def offset_in(zone: str, week_of: date) -> int:
    """Minutes east of UTC on the Monday of that week. Raises ValueError for what is no zone."""
    try:
        place = ZoneInfo(zone)
    except (LookupError, OSError):  # A folder of zones, such as "Europe", is an OSError.
        raise ValueError(f"no time zone {zone!r}") from None
    monday = week_of - timedelta(days=week_of.weekday())
    # At noon: where clocks are moved at night, midnight may not exist.
    offset = datetime.combine(monday, time(12), tzinfo=place).utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) // 60


def hours_in(free: int) -> int:
    """Whole hours in it, however scattered its quarters are."""
    return free.bit_count() // 4


def is_little(free: int) -> bool:
    """Whether somebody named some free time, and less than they were asked for."""
    return 0 < hours_in(free) < PARTS_ASKED * len(PARTS["am"])


def names(free: int) -> tuple[str, ...]:
    """The hours in UTC, such as "tue-09" for 9 to 10, that are free in their middle: how shared time is stored.

    The middle, because no zone is more than half an hour off, and an hour of theirs then belongs to one of ours.
    """
    return tuple(name for name, middle in _HOURS if free & middle)


def in_local(hours: Iterable[str], offset: int) -> tuple[str, ...]:
    """Local parts of a day that hold one of these stored hours, in the order of the week: how a reader is told."""
    known = 0
    for name in hours:
        day, _, hour = name.partition("-")
        known |= _middle(DAYS.index(day) * 24 + int(hour))
    return tuple(slot for slot in SLOTS if in_utc((slot,), offset) & known)


def _middle(hour: int) -> int:
    """The bit of the quarter in the middle of an hour of the week."""
    return 1 << 4 * hour + 2


_HOURS = tuple((f"{DAYS[hour // 24]}-{hour % 24:02}", _middle(hour)) for hour in range(WEEK))


def _local(day: int, start: int, stop: int) -> int:
    """From one hour of a day to another, on the local clock."""
    return ((1 << 4 * (stop - start)) - 1) << 4 * (24 * day + start)


def _moved(free: int, offset: int) -> int:
    """From a local week to that of UTC."""
    by = offset // 15 % QUARTERS
    return (free >> by | free << QUARTERS - by) & _WHOLE
