"""What was sent is counted so that it always adds up, and one message can be sent again without a second key."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from flows.deliveries import Lost, Sort, batch_of
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.claims import Claims
from storage.database import Database
from storage.deliveries import BLOCKED, EVERYTHING, FAILED, Deliveries, Within
from storage.outbox import Outbox, State
from storage.posts import Waiting
from storage.queue import Queue
from storage.tables import outbox as outbox_table

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SINCE = NOW - timedelta(days=60)
LOST = [State(lost.value) for lost in Lost]


def post(key: str, *, batch: str = "", subject: str = "", not_after: datetime | None = None) -> Post:
    message = Message("Hello", (Paragraph((Plain("Hello"),)),))
    return Post(key, ToPerson("p1"), message, Kind.MUST_ARRIVE, batch=batch, subject=subject, not_after=not_after)


def put(database: Database, *posts: Post, at: datetime = NOW) -> None:
    with database.transaction() as connection:
        Outbox(connection).put(*posts, now=at)


def ends(database: Database, key: str, state: State, *, words: bool = True) -> None:
    """However it came about, the message is in that state."""
    values = {"state": state} if words else {"state": state, "message": None}
    with database.transaction() as connection:
        connection.execute(update(outbox_table).where(outbox_table.c.key == key).values(**values))


def due(queue: Queue, now: datetime) -> Sequence[Waiting]:
    """All that may go, to readers whom nobody knows."""
    return queue.due("", now, 10)


def state_of(database: Database, key: str) -> State:
    with database.transaction() as connection:
        (state,) = Outbox(connection).counts(key)
    return state


@pytest.mark.parametrize("state", State)
def test_every_state_is_counted_in_exactly_one_figure(database: Database, state: State) -> None:
    put(database, post("a", batch="broadcast:c1:b1"))
    ends(database, "a", state)
    with database.transaction() as connection:
        (batch,) = Deliveries(connection).batches(EVERYTHING, most=10)
    tally = batch.tally
    assert (tally.intended, tally.sent + tally.failed + tally.blocked + tally.pending) == (1, 1)
    assert tally.sent == int(state is State.SENT)
    assert tally.failed == int(state in FAILED)
    assert tally.blocked == int(state in BLOCKED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(messages=st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(State)), min_size=1, max_size=40))
def test_what_was_meant_is_always_the_sum_of_what_became_of_it(
    database: Database, messages: Sequence[tuple[str, State]]
) -> None:
    with database.transaction() as connection:
        connection.execute(delete(outbox_table))
        outbox, deliveries = Outbox(connection), Deliveries(connection)
        for number, (batch, state) in enumerate(messages):
            outbox.put(post(f"k{number}", batch=f"broadcast:c1:{batch}"), now=NOW)
            key = outbox_table.c.key == f"k{number}"
            connection.execute(update(outbox_table).where(key).values(state=state))
        found = {one.id: one.tally for one in deliveries.batches(EVERYTHING, most=10)}
    assert found.keys() == {f"broadcast:c1:{batch}" for batch, _ in messages}
    for batch in {batch for batch, _ in messages}:
        states = [state for name, state in messages if name == batch]
        tally = found[f"broadcast:c1:{batch}"]
        assert tally.intended == len(states) == tally.sent + tally.failed + tally.blocked + tally.pending
        assert tally.sent == states.count(State.SENT)
        assert tally.pending == sum(state in (State.QUEUED, State.CLAIMED, State.SENDING) for state in states)


def test_a_state_of_a_later_version_counts_as_waiting(database: Database) -> None:
    put(database, post("a", batch="broadcast:c1:b1"))
    with database.transaction() as connection:
        connection.execute(update(outbox_table).values(state="dreaming"))
        (batch,) = Deliveries(connection).batches(EVERYTHING, most=10)
    assert (batch.tally.intended, batch.tally.pending) == (1, 1)


def test_the_newest_of_what_many_got_comes_first_and_single_messages_are_none_of_it(database: Database) -> None:
    put(database, post("a", batch=batch_of(Sort.BROADCAST, "c1", "b1")), at=NOW - timedelta(days=1))
    put(database, post("b", batch=batch_of(Sort.INTRODUCTION, "c1", "r1")), post("c"))
    with database.transaction() as connection:
        deliveries = Deliveries(connection)
        assert [one.sort for one in deliveries.batches(EVERYTHING, most=10)] == [Sort.INTRODUCTION, Sort.BROADCAST]
        assert [one.at for one in deliveries.batches(EVERYTHING, most=10, after=1)] == [NOW - timedelta(days=1)]


def test_a_programme_sees_its_own_and_not_one_whose_name_begins_alike(database: Database) -> None:
    put(database, post("a", batch=batch_of(Sort.BROADCAST, "c1", "b1"), subject="c1"))
    put(database, post("b", batch=batch_of(Sort.BROADCAST, "c12", "b2"), subject="c12"))
    with database.transaction() as connection:
        deliveries = Deliveries(connection)
        assert [one.cohort for one in deliveries.batches(Within(("c1",)), most=10)] == ["c1"]
        assert deliveries.batches(Within(), most=10) == []


@pytest.mark.parametrize("state", LOST)
def test_what_did_not_arrive_goes_again_from_its_start_under_its_old_key(database: Database, state: State) -> None:
    put(database, post("a", not_after=NOW))
    with database.transaction() as connection:
        claims, queue = Claims(connection), Queue(connection)
        (old,) = queue.claim(due(queue, NOW), "w1", NOW + LEASE)
        claims.intend([old], "w1", NOW)
    ends(database, "a", state)
    later = NOW + timedelta(days=2)

    with database.transaction() as connection:
        assert Deliveries(connection).send_again("a", later)
        outbox = Outbox(connection)
        outbox.put(post("a"), now=later)
        claims, queue = Claims(connection), Queue(connection)
        (new,) = queue.claim(due(queue, later), "w2", later + LEASE)
        assert (new.key, new.attempts) == ("a", 0)
        assert new.epoch > old.epoch
        claims.mark_sent([(old, "D1", "1.0")], "w1", later)
        assert outbox.counts("a") == {State.CLAIMED: 1}


@pytest.mark.parametrize("state", [state for state in State if state not in LOST])
def test_nothing_else_can_be_sent_again(database: Database, state: State) -> None:
    put(database, post("a"))
    ends(database, "a", state)
    with database.transaction() as connection:
        assert not Deliveries(connection).send_again("a", NOW)
        assert not Deliveries(connection).send_again("never put", NOW)
    assert state_of(database, "a") is state


def test_two_who_press_at_once_send_it_once(database: Database) -> None:
    put(database, post("a"))
    ends(database, "a", State.UNKNOWN)
    with database.transaction() as connection:
        assert Deliveries(connection).send_again("a", NOW)
        assert not Deliveries(connection).send_again("a", NOW)


def test_the_words_of_what_did_not_arrive_are_dropped_with_time_and_then_it_cannot_go(database: Database) -> None:
    put(database, post("old"), at=NOW - timedelta(days=8))
    put(database, post("new"), post("waiting"))
    ends(database, "old", State.UNKNOWN)
    ends(database, "new", State.FAILED)
    with database.transaction() as connection:
        deliveries = Deliveries(connection)
        deliveries.forget_words(before=NOW - timedelta(days=7))
        assert {one.key: one.has_words for one in deliveries.lost(EVERYTHING, since=SINCE, most=10)} == {
            "old": False,
            "new": True,
        }
        assert not deliveries.send_again("old", NOW)


def test_the_whole_outbox_is_counted_by_kind_and_state(database: Database) -> None:
    put(database, post("a"), post("b"), post("c"))
    ends(database, "c", State.SENT)
    with database.transaction() as connection:
        assert Deliveries(connection).counts() == {
            (Kind.MUST_ARRIVE, "queued"): 2,
            (Kind.MUST_ARRIVE, "sent"): 1,
        }
