"""The Future Self Letter: sealed until a day that its writer picks, and read by others only when both agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from flows.activities.writing import Writing, WritingState
from flows.match import Match, MatchState
from flows.meetings import Meeting, MeetingState
from flows.refusal import Refusal

KIND = "letter"
MOST = 3_000
"""Characters: what a long input holds on every platform."""


class Opens(StrEnum):
    """When a letter opens."""

    LAST_TALK = "last"
    ONE_YEAR = "1"
    THREE_YEARS = "3"
    FIVE_YEARS = "5"


def choices(last: Meeting | None, match: Match) -> tuple[Opens, ...]:
    """The days that can still be picked: the last conversation only while it lies ahead."""
    ahead = match.is_alive and (last is None or last.state is not MeetingState.MET)
    return tuple(one for one in Opens if ahead or one is not Opens.LAST_TALK)


def opening_day(opens: Opens, today: date) -> date | None:
    """The day that was picked; None for the last conversation, whose day is not known yet."""
    if opens is Opens.LAST_TALK:
        return None
    year = today.year + int(opens)
    try:
        return today.replace(year=year)
    except ValueError:
        # The 29th of February, in a year that has none.
        return date(year, 2, 28)


def written(words: Mapping[str, str], offered: Sequence[Opens]) -> tuple[str, Opens]:
    """Text and opening day of a filled form. Raises Refusal("letter.empty"), ("letter.long") or ("letter.when")."""
    text = words.get("text", "").strip()
    if not text:
        raise Refusal("letter.empty")
    if len(text) > MOST:
        raise Refusal("letter.long")
    picked = next((one for one in offered if one == words.get("opens")), None)
    if picked is None:
        raise Refusal("letter.when")
    return text, picked


def seal(letter: Writing, text: str, opens: Opens, *, shared: bool, today: date, now: datetime) -> Writing:
    """The letter with its final words; from here on only its day opens it."""
    return replace(
        letter,
        state=WritingState.SENT,
        words={"text": text},
        opens_on=opening_day(opens, today),
        shared=shared,
        at=now,
    )


def is_open(letter: Writing, today: date) -> bool:
    """Whether its day has come."""
    return letter.state is WritingState.SENT and letter.opens_on is not None and letter.opens_on <= today


def of_author(letters: Sequence[Writing], person: str) -> Writing | None:
    """What stands of somebody: their letter, or that they keep it elsewhere; a draft is neither."""
    mine = (one for one in letters if one.author == person and one.state is not WritingState.DRAFT)
    return next(mine, None)


def readable(letters: Sequence[Writing], reader: str, today: date) -> tuple[Writing, ...]:
    """The letters of a match that somebody may read today, their own first.

    Another one's is among them only when its writer and the reader have both agreed, each with a letter of their own.
    """
    own = of_author(letters, reader)
    agrees = own is not None and own.state is WritingState.SENT and own.shared
    theirs = (one for one in letters if one.author != reader and one.shared and agrees)
    return tuple(one for one in (*((own,) if own else ()), *theirs) if is_open(one, today))


def day_of_last_talk(match: Match, last: Meeting | None) -> date | None:
    """The day on which letters open that wait for the last conversation: when it took place, or when the match was
    completed without it; None while both lie ahead. A match that ended early keeps them until the day on which its plan
    would have ended: whoever leaves does not hear from us the same minute."""
    if last is not None and last.state is MeetingState.MET and last.met_on is not None:
        return last.met_on
    if match.is_alive:
        return None
    return match.ends_on if match.state is MatchState.ENDED else match.ended_on or match.ends_on
