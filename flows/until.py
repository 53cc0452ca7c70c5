"""The day until which somebody pauses, as people type it."""

import re
from datetime import date, timedelta
from enum import StrEnum

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
FARTHEST = timedelta(days=366)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?(?:\s*(\d{4}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([a-z]{3,9})\.?(?:,?\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


class Trouble(StrEnum):
    """Why a day does not fit."""

    UNCLEAR = "unclear"
    PAST = "past"
    FAR = "far"


class NoDay(Exception):
    """There is no day to pause until; `day` is what was read, if anything was."""

    def __init__(self, trouble: Trouble, day: date | None = None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.day = day


def ahead(day: date, today: date) -> date:
    """The same day, when it is ahead and within a year. Raises NoDay."""
    if day <= today:
        raise NoDay(Trouble.PAST, day)
    if day > today + FARTHEST:
        raise NoDay(Trouble.FAR, day)
    return day


def read_day(text: str, today: date) -> date:
    """`2027-04-02`, `2.4.`, `2.4.2027`, `2 April`, `April 2`, `2 April 2027`; without a year the next such day.

    Raises NoDay for anything else, and for a day that no calendar has.
    """
    typed = text.strip().casefold().removeprefix("until ").strip()
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTS.fullmatch(typed):
        return _next(found[3], int(found[2]), int(found[1]), today)
    if found := _DAY_MONTH.fullmatch(typed):
        return _next(found[3], _month(found[2]), int(found[1]), today)
    if found := _MONTH_DAY.fullmatch(typed):
        return _next(found[3], _month(found[1]), int(found[2]), today)
    raise NoDay(Trouble.UNCLEAR)


def _month(name: str) -> int:
    matching = [number for number, month in enumerate(MONTHS, start=1) if month.startswith(name)]
    if len(matching) != 1:
        raise NoDay(Trouble.UNCLEAR)
    return matching[0]


def _next(year: str | None, month: int, day: int, today: date) -> date:
    if year is not None:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day) if (month, day) != (2, 29) else _leap_day(today)
    return this_year if this_year >= today else _day(today.year + 1, month, day)


def _leap_day(today: date) -> date:
    year = next(year for year in range(today.year, today.year + 9) if _is_leap(year) and date(year, 2, 29) >= today)
    return date(year, 2, 29)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(Trouble.UNCLEAR) from None
