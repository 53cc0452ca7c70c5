"""Limits: so many at once, so many a minute, one row for all replicas, and patience after a refusal."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event

from storage.database import Database
from storage.limits import Limits, Pace

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PACE = Pace(60, burst=5, spare=0.2)
"""One a second, five at once, of which one is spared for answers."""


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.guarded() as connection:
        yield connection


@pytest.fixture
def limits(connection: Connection) -> Limits:
    return Limits(connection)


def test_a_key_that_rested_gives_its_burst_and_then_one_a_second(limits: Limits) -> None:
    assert limits.take("k", NOW, PACE, wanted=9, spare=True) == 5
    assert limits.take("k", NOW, PACE, wanted=9, spare=True) == 0
    assert limits.free_at("k", NOW, PACE) == NOW + SECOND
    assert [limits.take("k", NOW + n * SECOND, PACE, wanted=9, spare=True) for n in range(1, 5)] == [1, 1, 1, 1]


def test_a_name_longer_than_the_column_is_a_key_of_its_own(limits: Limits) -> None:
    long, other = "teams:T1:" + "x" * 600, "teams:T1:" + "x" * 599 + "y"
    assert limits.take_each([long, other, "k"], NOW, Pace(60, burst=1)) == {long, other, "k"}
    assert limits.take_each([long, other, "k"], NOW, Pace(60, burst=1)) == set()
    assert limits.free_at(long, NOW, Pace(60, burst=1)) == NOW + SECOND
    limits.pause(other, NOW, NOW + 9 * SECOND)
    assert limits.free_at(other, NOW, Pace(60, burst=1)) == NOW + 9 * SECOND


def test_a_fifth_is_left_to_answers_and_nothing_of_the_rate_is_lost(limits: Limits) -> None:
    assert limits.take("k", NOW, PACE, wanted=9) == 4
    assert limits.take("k", NOW, PACE, wanted=9, spare=True) == 1
    sent = sum(limits.take("k", NOW + n * SECOND, PACE, wanted=9) for n in range(1, 61))
    assert 59 <= sent <= 60


def test_no_window_ever_holds_more_than_the_rate_and_the_burst(limits: Limits) -> None:
    moments = [NOW + n * SECOND / 10 for n in range(300)]
    taken = [moment for moment in moments for _ in range(limits.take("k", moment, PACE, wanted=3, spare=True))]
    for begins in moments:
        assert sum(begins <= one < begins + 10 * SECOND for one in taken) <= 15


def test_several_keys_are_asked_at_once_and_each_answers_for_itself(limits: Limits) -> None:
    assert [limits.take_each(["a", "b"], NOW, PACE) for _ in range(5)] == [{"a", "b"}] * 5
    assert limits.take_each(["a", "b", "c"], NOW, PACE) == {"c"}
    assert limits.take_each(["a", "b"], NOW + SECOND, PACE) == {"a", "b"}
    assert limits.take_each([], NOW, PACE) == set()


def test_however_many_keys_are_asked_the_statement_is_the_same(connection: Connection, limits: Limits) -> None:
    seen: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda _, __, statement, *___: seen.append(statement))

    assert limits.take_each(["a"], NOW, PACE) == {"a"}
    assert limits.take_each(["a", "b", 'quoted "c"'], NOW, PACE) == {"a", "b", 'quoted "c"'}

    assert len(seen) == 2
    assert len(set(seen)) == 1


def test_what_was_taken_and_not_needed_is_there_again(limits: Limits) -> None:
    assert limits.take("k", NOW, PACE, wanted=5, spare=True) == 5
    limits.give_back("k", NOW, PACE, 2)
    assert limits.take("k", NOW, PACE, wanted=5, spare=True) == 2


def test_a_refusal_pauses_the_key_and_slows_it_until_it_has_been_quiet(limits: Limits) -> None:
    until = NOW + 30 * SECOND
    limits.pause("k", NOW, until)
    assert limits.take("k", until - SECOND, PACE) == 0
    assert limits.paused(NOW) == {"k": until}

    later = until + 10 * SECOND
    limits.take("k", later, PACE, wanted=9, spare=True)
    slow = sum(limits.take("k", later + n * SECOND, PACE, spare=True) for n in range(1, 21))
    assert 9 <= slow <= 11

    hour = until + timedelta(hours=1)
    limits.take("k", hour, PACE, wanted=9, spare=True)
    assert sum(limits.take("k", hour + n * SECOND, PACE, spare=True) for n in range(1, 21)) == 20


def test_refusals_in_a_row_never_stop_a_key_for_good(limits: Limits) -> None:
    for n in range(20):
        limits.pause("k", NOW + n * SECOND, NOW + (n + 1) * SECOND)
    later = NOW + 60 * SECOND
    limits.take("k", later, Pace(200, burst=20), wanted=20)
    assert sum(limits.take("k", later + n * SECOND, Pace(200, burst=20), wanted=9) for n in range(1, 61)) >= 30


def test_calls_that_are_refused_together_slow_a_key_down_once(limits: Limits) -> None:
    until = NOW + 30 * SECOND
    for n in range(10):
        limits.pause("k", NOW + n * SECOND / 100, until)
    later = until + 10 * SECOND
    limits.take("k", later, PACE, wanted=9, spare=True)
    assert sum(limits.take("k", later + n * SECOND, PACE, spare=True) for n in range(1, 21)) >= 9


def test_a_shorter_pause_does_not_end_a_longer_one(limits: Limits) -> None:
    limits.pause("k", NOW, NOW + 60 * SECOND)
    limits.pause("k", NOW, NOW + SECOND)
    assert limits.take("k", NOW + 30 * SECOND, PACE) == 0


def test_a_key_is_forgotten_when_it_holds_nobody_up(limits: Limits) -> None:
    limits.take("k", NOW, PACE)
    limits.pause("p", NOW, NOW + timedelta(hours=3))
    limits.forget(before=NOW + timedelta(hours=2))
    assert limits.take("k", NOW, PACE, wanted=9, spare=True) == 5
    assert limits.paused(NOW).keys() == {"p"}
