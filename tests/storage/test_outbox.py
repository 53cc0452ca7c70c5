"""Posts are put once for ever, and only their owner may touch them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.database import Database
from storage.outbox import Outbox, State
from storage.tables import outbox as outbox_table

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def post(key: str, text: str = "Hello", kind: Kind = Kind.NUDGE, not_after: datetime | None = None) -> Post:
    message = Message(text, (Paragraph((Plain(text),)),))
    return Post(key, ToPerson("p1"), message, kind, week="2027-W09", not_after=not_after)


def test_a_key_is_for_ever(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a", "First"), now=NOW)
        outbox.put(post("a", "Second"), now=NOW)
        (claimed,) = outbox.claim("w1", NOW, most=10, lease=LEASE)
    assert claimed.message.summary == "First"


def test_answers_go_before_what_must_arrive_and_nudges_last(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("n"), post("m", kind=Kind.MUST_ARRIVE), post("a", kind=Kind.ANSWER), now=NOW)
        assert [claimed.key for claimed in outbox.claim("w1", NOW, most=10, lease=LEASE)] == ["a", "m", "n"]


def test_two_owners_never_hold_the_same_post(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a"), now=NOW)
        assert len(outbox.claim("w1", NOW, most=10, lease=LEASE)) == 1
        assert outbox.claim("w2", NOW, most=10, lease=LEASE) == []


def test_a_lost_lease_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a"), now=NOW)
        (first,) = outbox.claim("w1", NOW, most=10, lease=LEASE)
        outbox.free_expired(NOW + 2 * LEASE)
        (second,) = outbox.claim("w2", NOW + 2 * LEASE, most=10, lease=LEASE)
        assert outbox.intend([first], "w1", NOW) == frozenset()
        outbox.mark_sent([(first, "D1", "1.0")], "w1", NOW)
        assert outbox.place_of("a") is None
        assert outbox.intend([second], "w2", NOW + 2 * LEASE) == {"a"}


def test_what_was_being_sent_when_the_lease_ended_is_unknown_and_not_sent_again(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a"), now=NOW)
        (claimed,) = outbox.claim("w1", NOW, most=10, lease=LEASE)
        assert outbox.intend([claimed], "w1", NOW) == {"a"}
        outbox.free_expired(NOW + 2 * LEASE)
        assert outbox.claim("w1", NOW + 2 * LEASE, most=10, lease=LEASE) == []
        assert outbox.ended([State.UNKNOWN], most=10) == [("a", "p1", State.UNKNOWN, "lease ended while sending")]


def test_what_is_too_late_expires_without_its_words(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a", not_after=NOW), now=NOW - LEASE)
        assert outbox.claim("w1", NOW + LEASE, most=10, lease=LEASE) == []
        assert outbox.counts("a") == {State.EXPIRED: 1}


def test_a_post_that_no_version_can_read_any_more_ends_and_holds_up_nobody(database: Database) -> None:
    with database.transaction() as connection:
        outbox = Outbox(connection)
        outbox.put(post("a"), post("b"), now=NOW)
        unreadable = {"": "Message", "summary": "Hello", "blocks": [{"": "Hologram"}]}
        connection.execute(update(outbox_table).where(outbox_table.c.key == "a").values(message=unreadable))
        assert [claimed.key for claimed in outbox.claim("w1", NOW, most=10, lease=LEASE)] == ["b"]
        assert outbox.ended([State.FAILED], most=10) == [("a", "p1", State.FAILED, "it cannot be read any more")]
