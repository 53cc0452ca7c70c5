"""A request from its first day to its last: who has to say something, and for how long."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.calendar import Hours, is_working_day, local, working_days_later
from flows.people import Role
from flows.refusal import Refusal
from flows.requests import QUIET, Cause, Request, RequestState, quiet_until, reserved

MONDAY = datetime(2027, 3, 1, 10, tzinfo=UTC)
FRIDAY = datetime(2027, 3, 5, 10, tzinfo=UTC)
LISBON = Hours(zone="Europe/Lisbon")
BOTH = {Role.MENTOR: LISBON, Role.MENTEE: LISBON}


def proposed(at: datetime = MONDAY) -> Request:
    return Request("r", "c", "ines", "mira", at, at, round="ro")


def asked(at: datetime = MONDAY) -> Request:
    return proposed(at).yes(Role.MENTEE)


def test_three_working_days_do_not_count_a_weekend() -> None:
    assert asked(FRIDAY).ends_at(BOTH) == datetime(2027, 3, 10, 10, tzinfo=UTC)


def test_what_is_asked_on_a_weekend_is_read_on_monday() -> None:
    saturday = datetime(2027, 3, 6, 15, tzinfo=UTC)

    assert asked(saturday).ends_at(BOTH) == datetime(2027, 3, 11, 9, tzinfo=UTC)


def test_the_days_are_those_of_the_one_who_is_asked() -> None:
    part_time = Hours(zone="Europe/Lisbon", work_days=frozenset({1}))
    away = Hours(zone="Europe/Lisbon", away_until=date(2027, 3, 7))

    assert asked().ends_at({**BOTH, Role.MENTOR: part_time}) == MONDAY + timedelta(weeks=3)
    assert asked().ends_at({**BOTH, Role.MENTEE: part_time}) == MONDAY + timedelta(days=3)
    assert asked().ends_at({**BOTH, Role.MENTOR: away}) == datetime(2027, 3, 11, 9, tzinfo=UTC)


def test_a_leave_of_months_keeps_nobody_waiting() -> None:
    for back, ends in ((date(2027, 3, 15), datetime(2027, 3, 19, 9, tzinfo=UTC)), (date(2027, 3, 16), None)):
        away = Hours(zone="Europe/Lisbon", away_until=back)
        assert asked().ends_at({**BOTH, Role.MENTOR: away}) == (ends or MONDAY + timedelta(days=3))


@given(
    some.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    some.sets(some.integers(1, 7), min_size=1),
    some.sampled_from(["Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]),
    some.integers(0, 5),
)
def test_exactly_so_many_working_days_lie_between(at: datetime, days: set[int], zone: str, count: int) -> None:
    hours = Hours(zone=zone, work_days=frozenset(days), start=time(9), end=time(17))

    later = working_days_later(at, hours, count)

    first, last = local(at, hours).date(), local(later, hours).date()
    between = [day for n in range((last - first).days + 1) if is_working_day(day := first + timedelta(days=n), hours)]
    # The day of the question counts only when there was still work on it.
    assert len(between) in (count + 1, count + 2)
    assert later >= at
    assert is_working_day(last, hours)


def test_a_match_needs_both() -> None:
    one = proposed().yes(Role.MENTOR)

    assert not one.is_agreed
    assert one.awaited == {Role.MENTEE}
    assert one.yes(Role.MENTEE).is_agreed
    assert one.yes(Role.MENTOR) == one


def test_a_question_is_asked_once_answered_once_and_begins_the_days_anew() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)

    question = asked().ask(tuesday)

    assert question.awaited == {Role.MENTEE}
    assert question.ends_at(BOTH) == tuesday + timedelta(days=3)
    answered = question.answer(wednesday)
    assert answered.awaited == {Role.MENTOR}
    assert answered.ends_at(BOTH) == datetime(2027, 3, 8, 10, tzinfo=UTC)
    with pytest.raises(Refusal, match=r"request\.asked"):
        answered.ask(wednesday)
    with pytest.raises(Refusal, match=r"request\.answered"):
        answered.answer(wednesday)


@pytest.mark.parametrize(
    "over",
    [
        asked().no(Cause.TIME, MONDAY),
        asked().lapse(MONDAY),
        asked().withdraw(MONDAY),
        asked().yes(Role.MENTOR).begin(MONDAY),
    ],
)
def test_nothing_follows_what_is_over(over: Request) -> None:
    assert over.state is not RequestState.OPEN
    acts: list[Callable[[], Request]] = [
        lambda: over.yes(Role.MENTOR),
        lambda: over.no(Cause.FIELD, MONDAY),
        lambda: over.ask(MONDAY),
        lambda: over.answer(MONDAY),
        lambda: over.begin(MONDAY),
        lambda: over.lapse(MONDAY),
        lambda: over.withdraw(MONDAY),
    ]
    for act in acts:
        with pytest.raises(Refusal, match=r"request\.over"):
            act()


def test_whose_request_it_is() -> None:
    assert proposed().role_of("mira") is Role.MENTOR
    assert proposed().role_of("ines") is Role.MENTEE
    with pytest.raises(Refusal, match=r"request\.not_yours"):
        proposed().role_of("yusuf")


def test_not_now_is_quiet_for_a_while() -> None:
    assert quiet_until([asked().no(Cause.TIME, MONDAY)]) is None
    assert quiet_until([asked().no(Cause.LATER, MONDAY)]) == MONDAY + QUIET


def test_only_what_waits_holds_a_place() -> None:
    assert reserved([asked(), proposed(), asked().lapse(MONDAY)]) == {"mira": 2}
