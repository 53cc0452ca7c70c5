"""Posts are put once for ever, and only their owner may touch them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, update

from flows.people import Account, Profile
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.database import Database
from storage.outbox import State
from storage.people import People
from storage.posts import Claimed
from storage.queue import RANKS
from storage.sealing import Keyring
from storage.store import Store
from storage.tables import outbox as outbox_table

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
HOME = "slack:T1"


@contextmanager
def opened(database: Database) -> Iterator[tuple[Connection, Store]]:
    """One transaction in which two people are known: p1 in one workspace, p2 in another."""
    with database.transaction() as connection:
        for who, workspace in (("p1", "T1"), ("p2", "T2")):
            People(connection).meet(Account("slack", workspace, "U1"), Profile("Ines", "UTC", "en"), who)
        yield connection, Store(connection, Keyring((bytes(32),), lambda: bytes(12)))


def post(
    key: str, text: str = "Hello", kind: Kind = Kind.NUDGE, not_after: datetime | None = None, batch: str = ""
) -> Post:
    message = Message(text, (Paragraph((Plain(text),)),))
    return Post(key, ToPerson("p1"), message, kind, week="2027-W09", not_after=not_after, batch=batch)


def claimed(store: Store, owner: str, now: datetime) -> Sequence[Claimed]:
    """All that is due, in the order in which it would go."""
    due = store.queue.due(HOME, now, 10)
    return store.queue.claim(due, owner, now + LEASE)


def test_a_key_is_for_ever(database: Database) -> None:
    with opened(database) as (_, store):
        store.outbox.put(post("a", "First"), now=NOW)
        store.outbox.put(post("a", "Second"), now=NOW)
        (one,) = claimed(store, "w1", NOW)
    assert one.message.summary == "First"


def test_answers_go_before_what_must_arrive_and_what_many_get_goes_last(database: Database) -> None:
    with opened(database) as (_, store):
        many = post("b", kind=Kind.MUST_ARRIVE, batch="broadcast:1")
        store.outbox.put(many, post("m", kind=Kind.MUST_ARRIVE), post("a", kind=Kind.ANSWER), now=NOW)
        assert [one.key for one in claimed(store, "w1", NOW)] == ["a", "m", "b"]


def test_a_post_stands_under_the_workspace_of_its_reader(database: Database) -> None:
    with opened(database) as (_, store):
        message = Message("Hello", (Paragraph((Plain("Hello"),)),))
        store.outbox.put(post("a"), Post("b", ToPerson("p2"), message, Kind.NUDGE), now=NOW)
        store.outbox.put(Post("c", ToPerson("nobody"), message, Kind.NUDGE), now=NOW)
        assert store.queue.workspaces(NOW) == ["", "slack:T1", "slack:T2"]
        assert store.queue.workspaces(NOW - LEASE) == []
        assert [one.key for one in store.queue.due("slack:T2", NOW, 10)] == ["b"]


def test_two_owners_never_hold_the_same_post(database: Database) -> None:
    with opened(database) as (_, store):
        store.outbox.put(post("a"), now=NOW)
        assert len(claimed(store, "w1", NOW)) == 1
        assert claimed(store, "w2", NOW) == []


def test_a_lost_lease_changes_nothing(database: Database) -> None:
    with opened(database) as (_, store):
        store.outbox.put(post("a"), now=NOW)
        (first,) = claimed(store, "w1", NOW)
        store.claims.free_expired(NOW + 2 * LEASE)
        (second,) = claimed(store, "w2", NOW + 2 * LEASE)
        assert store.claims.intend([first], "w1", NOW) == frozenset()
        store.claims.mark_sent([(first, "D1", "1.0")], "w1", NOW)
        store.claims.release([first], "w1")
        store.claims.doubt(first, "w1", NOW, "late")
        assert store.claims.intend([second], "w2", NOW + 2 * LEASE) == {"a"}


def test_what_was_taken_back_after_its_claim_is_not_sent(database: Database) -> None:
    with opened(database) as (_, store):
        store.outbox.put(post("a"), now=NOW)
        held = claimed(store, "w1", NOW)
        store.outbox.cancel(to_person="p1")
        assert store.claims.intend(held, "w1", NOW) == frozenset()
        store.claims.try_later(held[0], "w1", NOW, "away", counted=True)
        store.claims.release(held, "w1")
        assert store.outbox.counts("a") == {State.CANCELLED: 1}


def test_what_was_being_sent_when_the_lease_ended_is_asked_for_by_one_alone(database: Database) -> None:
    later = NOW + 2 * LEASE
    with opened(database) as (_, store):
        store.outbox.put(post("a"), now=NOW)
        held = claimed(store, "w1", NOW)
        assert store.claims.intend(held, "w1", NOW) == {"a"}
        store.claims.free_expired(later)
        assert claimed(store, "w1", later) == []

        (doubt,) = store.claims.doubtful("w2", later, later + LEASE, ended=later, most=10)
        assert store.claims.doubtful("w3", later, later + LEASE, ended=later, most=10) == []
        assert doubt.since == NOW
        store.claims.mark_sent([(held[0], "D1", "1.0")], "w1", NOW)
        assert store.outbox.counts("a") == {State.SENDING: 1}
        store.claims.mark_sent([(doubt.claimed, "D1", "1.0")], "w2", NOW)
        assert store.outbox.counts("a") == {State.SENT: 1}


def test_what_is_put_in_doubt_is_asked_for_before_it_goes(database: Database) -> None:
    with opened(database) as (_, store):
        with store.outbox.doubting(NOW - LEASE):
            store.outbox.put(post("a"), now=NOW)
        store.outbox.put(post("b"), now=NOW)
        assert [one.key for one in claimed(store, "w1", NOW)] == ["b"]
        (doubt,) = store.claims.doubtful("w1", NOW, NOW + LEASE, ended=NOW, most=10)
        assert (doubt.claimed.key, doubt.since) == ("a", NOW - LEASE)


def test_what_came_too_late_expires_without_its_words(database: Database) -> None:
    with opened(database) as (_, store):
        store.outbox.put(post("a", not_after=NOW), now=NOW - LEASE)
        store.queue.expire(store.queue.due(HOME, NOW + LEASE, 10))
        assert store.outbox.counts("a") == {State.EXPIRED: 1}


def test_a_post_that_this_version_cannot_read_is_seen_as_such(database: Database) -> None:
    with opened(database) as (connection, store):
        store.outbox.put(post("a"), post("b"), now=NOW)
        unreadable = {"": "Message", "summary": "Hello", "blocks": [{"": "Hologram"}]}
        connection.execute(update(outbox_table).where(outbox_table.c.key == "a").values(message=unreadable))
        assert [(one.key, one.message is None) for one in store.queue.due(HOME, NOW, 10)] == [("a", True), ("b", False)]


@pytest.mark.parametrize("waiting", [0, 3000])
def test_the_first_ten_of_many_are_found_in_the_order_of_the_index(database: Database, waiting: int) -> None:
    with opened(database) as (connection, store):
        store.outbox.put(*(post(f"n{number:05}") for number in range(waiting)), now=NOW)
        assert [one.key for one in store.queue.due(HOME, NOW, 3)] == [
            f"n{number:05}" for number in range(min(3, waiting))
        ]
        plan = explained(connection, lambda: store.queue.due(HOME, NOW, 10)) if waiting else "ix_outbox_state"
        turns = explained(connection, lambda: store.queue.workspaces(NOW))
    assert "ix_outbox_state" in plan
    assert "Seq Scan" not in plan + turns
    assert "hashed" not in turns, f"all that is queued would be read\n{turns}"
    sorts = plan.count("Sort  (") + plan.count("TEMP B-TREE FOR")
    assert sorts <= len(RANKS), f"only the first ten of each rank are put in order, never all\n{plan}"


def explained(connection: Connection, work: Callable[[], object]) -> str:
    """How the database goes about the one statement of that work."""
    ran: list[tuple[str, Any]] = []

    def note(_: Connection, __: Any, statement: str, parameters: Any, *___: object) -> None:
        ran.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    ((statement, parameters),) = ran
    how = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(map(str, connection.exec_driver_sql(f"{how} {statement}", parameters)))
