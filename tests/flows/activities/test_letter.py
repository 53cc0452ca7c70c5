"""The rules of the letter that no calendar makes easy."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.activities import letter
from flows.activities.letter import Opens
from flows.activities.writing import Writing, WritingState
from flows.match import Match, MatchState, Member
from flows.meetings import Meeting, MeetingState
from flows.people import Role

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TODAY = date(2027, 3, 1)
PAIR = (Member("mira", "p1", Role.MENTOR), Member("ines", "p2", Role.MENTEE))
MATCH = Match("m1", "c1", MatchState.ACTIVE, PAIR, TODAY, date(2027, 5, 23))
LAST = Meeting("m1", 4, date(2027, 5, 10))
BLANK = Writing("w1", "m1", "ines", letter.KIND, 0, WritingState.DRAFT, NOW, {"text": "half"})


@pytest.mark.parametrize(
    ("today", "opens", "day"),
    [
        (date(2028, 2, 29), Opens.ONE_YEAR, date(2029, 2, 28)),
        (date(2028, 2, 29), Opens.THREE_YEARS, date(2031, 2, 28)),
        (date(2027, 12, 31), Opens.FIVE_YEARS, date(2032, 12, 31)),
        (TODAY, Opens.LAST_TALK, None),
    ],
)
def test_the_day_is_the_same_day_of_another_year(today: date, opens: Opens, day: date | None) -> None:
    assert letter.opening_day(opens, today) == day


def test_a_letter_without_a_day_is_closed_for_ever_until_it_gets_one() -> None:
    sealed = letter.seal(BLANK, "words", Opens.LAST_TALK, shared=False, today=TODAY, now=NOW)
    assert not letter.is_open(sealed, date(2199, 1, 1))
    assert letter.is_open(replace(sealed, opens_on=TODAY), TODAY)
    assert not letter.is_open(replace(sealed, opens_on=TODAY, state=WritingState.DRAFT), TODAY)


def test_the_last_conversation_opens_them_or_else_the_end_of_the_match() -> None:
    met = replace(LAST, state=MeetingState.MET, met_on=date(2027, 5, 12))
    skipped = replace(LAST, state=MeetingState.SKIPPED)
    ended = MATCH.end(date(2027, 4, 2), "left")
    assert letter.day_of_last_talk(MATCH, None) is None
    assert letter.day_of_last_talk(MATCH, LAST) is None
    assert letter.day_of_last_talk(MATCH, skipped) is None
    assert letter.day_of_last_talk(MATCH, met) == date(2027, 5, 12)
    assert letter.day_of_last_talk(ended, skipped) == MATCH.ends_on
    assert letter.day_of_last_talk(MATCH.complete(date(2027, 4, 2)), skipped) == date(2027, 4, 2)
    assert letter.day_of_last_talk(ended, met) == date(2027, 5, 12)


def test_the_last_conversation_can_be_picked_while_it_lies_ahead() -> None:
    assert Opens.LAST_TALK in letter.choices(None, MATCH)
    assert Opens.LAST_TALK not in letter.choices(replace(LAST, state=MeetingState.MET), MATCH)
    assert Opens.LAST_TALK not in letter.choices(None, MATCH.end(TODAY, "left"))
