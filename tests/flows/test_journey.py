"""The plan of a match: what fits, and what a broken journey.toml is told."""

import tomllib
from datetime import date, timedelta

import pytest

from flows.content import parse
from flows.journey import parse_journey, plan_for, steps_of
from flows.match import Match, MatchState
from flows.meetings import Meeting, MeetingState, met
from flows.pack_fault import PackFault
from flows.sessions import following, open_one, reached
from storage import packs

FILES = packs.read()
JOURNEY = parse(FILES).journey
START = date(2027, 3, 1)


def names(weeks: int) -> tuple[list[str], list[str]]:
    kept, dropped = plan_for(JOURNEY, START, START + timedelta(weeks=weeks, days=-1))
    return [step.id for step in kept], [step.id for step in dropped]


def test_twelve_weeks_hold_the_whole_plan() -> None:
    assert names(12) == (["session_1", "letter", "session_2", "session_3", "session_4", "closing"], [])


def test_a_match_made_late_starts_at_the_first_conversation_and_loses_what_no_longer_fits() -> None:
    assert names(7) == (["session_1", "letter", "session_2", "session_3", "closing"], ["session_4"])
    assert names(2) == (["session_1", "closing"], ["letter", "session_2", "session_3", "session_4"])


def test_a_plan_that_was_fixed_at_the_start_outlives_a_change_of_the_pack() -> None:
    assert [step.id for step in steps_of(JOURNEY, ("session_1", "closing"), START, START)] == ["session_1", "closing"]


def test_the_next_conversation_opens_behind_the_one_that_took_place() -> None:
    steps, _ = plan_for(JOURNEY, START, START + timedelta(weeks=12))
    match = Match("m-1", "c-1", MatchState.ACTIVE, (), START, START + timedelta(weeks=12))
    (first,) = reached(match, steps, {})
    assert first == Meeting("m-1", 1, START)
    done = met(first, on=START)
    second = following(steps, done, START)
    assert second == Meeting("m-1", 2, START)
    assert open_one(reached(match, steps, {1: done, 2: second})) == second
    assert following(steps, Meeting("m-1", 4, START, MeetingState.MET), START) is None


BROKEN = {
    "kind is one of": ('kind = "session"', 'kind = "seminar"'),
    "needs title": ('title = "Getting to know each other"', 'title = ""'),
    'activities names "letters"': ('activities = ["letter"]', 'activities = ["letters"]'),
    "needs an id of at most 24": ('id = "session_1"', 'id = "the_very_first_conversation"'),
    "stands twice": ('id = "session_2"', 'id = "session_1"'),
    "comes before the step above it": ("week = 4\n", "week = 2\n"),
    "a number of weeks from 1 to 104": ("week = 4\n", 'week = "soon"\n'),
    "by is one of": ('by = "either"', 'by = "all"'),
    "activities is a list": ('activities = ["letter"]', 'activities = "letter"'),
}


@pytest.mark.parametrize("cause", BROKEN)
def test_a_broken_journey_is_named_with_file_key_and_cause(cause: str) -> None:
    right, wrong = BROKEN[cause]
    text = FILES["journey.toml"]
    assert right in text
    with pytest.raises(PackFault) as caught:
        parse_journey(tomllib.loads(text.replace(right, wrong, 1)))
    assert cause in str(caught.value)
    assert str(caught.value).startswith(("journey.toml: step", "journey.toml: activity"))


def test_a_journey_without_conversations_is_refused() -> None:
    with pytest.raises(PackFault, match="at least one step of kind session"):
        parse_journey({})
