"""What the weekly slot says: one missing step for every state of a pair, and silence when nothing is missing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.content import parse
from flows.journey import plan_for
from flows.match import Match, MatchState, Member
from flows.meetings import Meeting, MeetingState
from flows.nudge import (
    Lack,
    MatchFacts,
    TellCard,
    TellPulse,
    TellTuesday,
    Written,
    asks_how_it_goes,
    card_only,
    in_slot,
    missing,
)
from flows.people import Role
from storage import packs

JOURNEY = parse(packs.read()).journey
START = date(2027, 3, 1)
ENDS = date(2027, 5, 23)
EVERYTHING = frozenset(JOURNEY.tasks) - {"expectations"}
EXPECTATIONS = frozenset({"expectations"})
PULSE = TellPulse("c-1", "middle", ("purpose",))
TOLD = frozenset({"session_1"})


def day(week: int, weekday: int = 2) -> date:
    return START + timedelta(weeks=week - 1, days=weekday - 1)


def at(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, 9, 30, tzinfo=UTC)


def talk(number: int, opened: date, *, planned: datetime | None = None, met: date | None = None) -> Meeting:
    state = MeetingState.MET if met else MeetingState.OPEN
    return Meeting("m-1", number, opened, state, planned_at=planned, met_on=met)


def pair(*sessions: Meeting, role: Role = Role.MENTEE, hello: bool = True, **more: object) -> MatchFacts:
    me = Member("p-me", "pt-me", role, said_hello=hello)
    other = Member("p-you", "pt-you", Role.MENTOR if role is Role.MENTEE else Role.MENTEE, said_hello=hello)
    match = Match("m-1", "c-1", MatchState.ACTIVE, (me, other), START, ENDS)
    facts = MatchFacts(match, me, plan_for(JOURNEY, START, ENDS)[0], sessions or (talk(1, START),), told=TOLD)
    return replace(facts, **more)  # type: ignore[arg-type]


def wrote(kind: str, number: int, *, author: str = "p-me", state: str = "sent", due: date | None = None) -> Written:
    return Written("m-1", kind, number, author, state, due)


MET_ONCE = (talk(1, START, met=day(2)), talk(2, day(2)))
MET_TWICE = (talk(1, START, met=day(2)), talk(2, day(2), met=day(4)), talk(3, day(4)))
BOTH = frozenset({"session_1", "session_2"})
THREE = BOTH | {"session_3"}
GOALS = wrote("objectives", 1, author="p-you")
OTHER_GOALS = (GOALS, wrote("ratings", 2))

STATES: dict[str, tuple[MatchFacts, date, tuple[Lack, str] | None]] = {
    "nobody has said hello": (pair(hello=False), day(2), (Lack.HELLO, "")),
    "hello, and no date": (pair(), day(2), (Lack.DATE, "")),
    "a date that is still to come": (pair(talk(1, START, planned=at(day(3)))), day(2), None),
    "a date that has just passed": (pair(talk(1, START, planned=at(day(2)) - timedelta(hours=2))), day(2), None),
    "a date that nobody confirmed": (pair(talk(1, START, planned=at(day(1, 4)))), day(2), (Lack.CONFIRMATION, "")),
    "a date, and what I expect is not said": (
        pair(talk(1, START, planned=at(day(3))), offered=EXPECTATIONS),
        day(2),
        (Lack.ACTIVITY, "expectations"),
    ),
    "a date, and only the other said what they expect": (
        pair(
            talk(1, START, planned=at(day(3))),
            offered=EXPECTATIONS,
            written=(wrote("expectations", 0, author="p-you"),),
        ),
        day(2),
        (Lack.ACTIVITY, "expectations"),
    ),
    "a date, and what I expect is said": (
        pair(talk(1, START, planned=at(day(3))), offered=EXPECTATIONS, written=(wrote("expectations", 0),)),
        day(2),
        None,
    ),
    "met, and no goals": (
        pair(*MET_ONCE, told=BOTH, offered=EVERYTHING - {"ratings"}),
        day(2, 5),
        (Lack.ACTIVITY, "objectives"),
    ),
    "met, and goals cannot be written here": (pair(*MET_ONCE, told=BOTH), day(2, 5), None),
    "met, goals written by the other": (
        pair(*MET_ONCE, told=BOTH, offered=EVERYTHING - {"ratings"}, written=(GOALS,)),
        day(2, 5),
        None,
    ),
    "met, goals only begun": (
        pair(*MET_ONCE, told=BOTH, offered=frozenset({"objectives"}), written=(wrote("objectives", 1, state="draft"),)),
        day(2, 5),
        (Lack.ACTIVITY, "objectives"),
    ),
    "no date for the second, long before its week": (pair(*MET_ONCE, told=BOTH), day(2, 5), None),
    "no date for the second, near its week": (pair(*MET_ONCE, told=BOTH), day(3), (Lack.DATE, "")),
    "my rating is missing": (
        pair(*MET_ONCE, told=BOTH, offered=EVERYTHING, written=(GOALS, wrote("ratings", 2, author="p-you"))),
        day(2, 5),
        (Lack.ACTIVITY, "ratings"),
    ),
    "the mentor has not noted a strength": (
        pair(*MET_ONCE, told=BOTH, offered=EVERYTHING, written=OTHER_GOALS, role=Role.MENTOR),
        day(2, 5),
        (Lack.ACTIVITY, "spotlight"),
    ),
    "the mentee is never asked for a strength": (
        pair(*MET_ONCE, told=BOTH, offered=EVERYTHING, written=OTHER_GOALS),
        day(2, 5),
        None,
    ),
    "the letter was told and not written": (
        pair(talk(1, START, met=day(2)), told=TOLD | {"letter"}, offered=frozenset({"letter"})),
        day(4),
        (Lack.ACTIVITY, "letter"),
    ),
    "the letter is kept elsewhere": (
        pair(
            talk(1, START, met=day(2)),
            told=TOLD | {"letter"},
            offered=frozenset({"letter"}),
            written=(wrote("letter", 0, state="elsewhere"),),
        ),
        day(4),
        None,
    ),
    "an action is past its day": (
        pair(*MET_TWICE, told=THREE, offered=frozenset({"actions"}), written=(wrote("actions", 2, due=day(4)),)),
        day(5),
        (Lack.OVERDUE, "actions"),
    ),
    "an action that was done in time": (
        pair(
            *MET_TWICE,
            told=THREE,
            offered=frozenset({"actions"}),
            written=(wrote("actions", 2, state="done", due=day(4)),),
        ),
        day(5),
        None,
    ),
    "week 1, and the mentor has a date": (
        pair(talk(1, START, planned=at(day(2))), role=Role.MENTOR),
        day(1, 4),
        (Lack.APPRECIATION, ""),
    ),
    "week 1, and the mentee has a date": (pair(talk(1, START, planned=at(day(2)))), day(1, 4), None),
    "the mentee is new here": (
        pair(talk(1, START, planned=at(day(4))), role=Role.MENTOR, partner_is_new=True),
        day(3),
        (Lack.APPRECIATION, ""),
    ),
    "the mentee is not new": (pair(talk(1, START, planned=at(day(4))), role=Role.MENTOR), day(3), None),
    "everything was said and done": (pair(talk(1, START, met=day(2)), told=TOLD), day(6), None),
}


@pytest.mark.parametrize("state", STATES)
def test_the_one_missing_step_is_named(state: str) -> None:
    facts, today, expected = STATES[state]
    found = missing(facts, JOURNEY, today=today, now=at(today))
    assert (None if found is None else (found.lack, found.activity)) == expected


def test_a_missing_step_is_named_three_times_and_the_third_says_that_it_is_the_last() -> None:
    named = [
        missing(
            pair(nudged_on=tuple(day(week, 7) for week in range(2, 2 + times))), JOURNEY, today=day(9), now=at(day(9))
        )
        for times in range(4)
    ]
    assert [one and (one.lack, one.last) for one in named] == [
        (Lack.DATE, False),
        (Lack.DATE, False),
        (Lack.DATE, True),
        None,
    ]


def said(*matches: MatchFacts, today: date, pulses: tuple[TellPulse, ...] = ()) -> object:
    return in_slot(matches, pulses, JOURNEY, today=today, now=at(today))


FRESH = replace(pair(), told=frozenset())
SECOND = replace(FRESH, match=replace(FRESH.match, id="m-2"))


def test_a_card_that_opens_stands_in_full_when_it_is_the_only_thing() -> None:
    found = said(FRESH, today=day(1))
    assert isinstance(found, TellCard)
    assert found.step.id == "session_1"


def test_a_card_that_opens_goes_before_a_pulse_and_a_pulse_before_a_nudge() -> None:
    assert isinstance(said(FRESH, today=day(1), pulses=(PULSE,)), TellCard)
    assert said(pair(), today=day(2), pulses=(PULSE,)) == PULSE
    assert isinstance(said(pair(), today=day(2)), TellTuesday)


def test_cards_of_several_matches_share_one_message() -> None:
    found = said(FRESH, SECOND, today=day(1))
    assert isinstance(found, TellTuesday)
    assert [(facts.match.id, lack.lack) for facts, lack in found.lines] == [("m-1", Lack.CARD), ("m-2", Lack.CARD)]


def test_a_card_stands_in_full_beside_a_match_that_lacks_nothing() -> None:
    content = pair(talk(1, START, planned=at(day(3))))
    assert isinstance(said(FRESH, content, today=day(1)), TellCard)


def test_a_quiet_match_is_left_in_peace() -> None:
    assert said(replace(FRESH, quiet=True), today=day(1)) is None
    assert card_only([replace(FRESH, quiet=True)], day(1)) is None


def test_nothing_is_said_when_nothing_is_missing() -> None:
    calm = pair(talk(1, START, planned=at(day(4))))
    weeks = [day(week) for week in (2, 3) if not asks_how_it_goes(calm.match, day(week))]
    assert [said(calm, today=today) for today in weeks] == [None]


def test_how_it_goes_is_asked_every_other_week_also_across_a_year_of_53_weeks() -> None:
    match = replace(FRESH.match, started_on=date(2026, 11, 2))
    weeks = [date(2026, 11, 10) + timedelta(weeks=week) for week in range(12)]
    asked = [asks_how_it_goes(match, today) for today in weeks]
    assert asked in ([True, False] * 6, [False, True] * 6)


def test_the_letter_is_told_from_its_week_on_and_not_to_whoever_has_written_it() -> None:
    ready = pair(*MET_ONCE, told=BOTH, offered=EVERYTHING)
    found = said(ready, today=day(3))
    assert isinstance(found, TellCard)
    assert found.step.id == "letter"
    written = replace(ready, written=(wrote("letter", 0, state="draft"),))
    again = said(written, today=day(3))
    assert not isinstance(again, TellCard)


def test_the_last_week_goes_before_everything() -> None:
    found = said(replace(FRESH, offered=EVERYTHING), today=ENDS - timedelta(days=5))
    assert isinstance(found, TellCard)
    assert found.step.id == "closing"
