"""`alongside outbox`: what whoever runs the machine sees beside a running bot, and what may go again from there."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import SQLAlchemyError
from typer.testing import CliRunner, Result

from bot.cli import app
from flows.people import Account, Profile
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.beside import reading
from storage.database import Database, open_database
from storage.deliveries import EVERYTHING, Deliveries
from storage.file_lock import file_of, hold
from storage.limits import Limits
from storage.outbox import Outbox, State
from storage.people import People
from storage.tables import audit, outbox

MARKER = "the heron lands at noon"
NAME = "Ines Duarte"
NOW = datetime.now(UTC)


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with one reader and three messages to her, which is in the settings."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = open_database(database_url)
    message = Message(MARKER, (Paragraph((Plain(MARKER),)),))
    with database.transaction() as connection:
        People(connection).meet(Account("slack", "T1", "U1"), Profile(NAME, "Europe/Lisbon", "en"), "p1")
        for key, kind in (("typed:1", Kind.ANSWER), ("broadcast:b1:p1", Kind.MUST_ARRIVE), ("nudge:p1", Kind.NUDGE)):
            batch = "broadcast:c1:b1" if key.startswith("broadcast") else ""
            post = Post(key, ToPerson("p1"), message, kind, batch=batch)
            Outbox(connection).put(post, now=NOW - timedelta(hours=3))
    yield database
    database.close()


def ends(database: Database, key: str, state: State, reason: str = "") -> None:
    with database.transaction() as connection:
        connection.execute(update(outbox).where(outbox.c.key == key).values(state=state, error=reason))


def asks(*words: str) -> Result:
    return CliRunner().invoke(app, ["outbox", *words])


def state_of(database: Database, key: str) -> State:
    with database.transaction() as connection:
        (state,) = Outbox(connection).counts(key)
    return state


def test_it_tells_counts_ages_pauses_and_what_did_not_arrive(database: Database) -> None:
    ends(database, "broadcast:b1:p1", State.FAILED, "msg_blocked")
    ends(database, "nudge:p1", State.UNKNOWN, "lease ended while sending")
    with database.transaction() as connection:
        Limits(connection).pause("slack:T1:post", NOW, NOW + timedelta(hours=5))

    told = asks()

    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert "  answer       queued 1" in lines
    assert "  must_arrive  failed 1" in lines
    assert any(line.startswith("Oldest that is due: ") and "3 hours ago" in line for line in lines)
    assert any(line.startswith("Paused: slack:T1:post until ") for line in lines)
    assert any(line.endswith("A word to everybody: 0 of 1 sent, 1 failed (broadcast:c1:b1)") for line in lines)
    assert "Did not arrive in the last 60 days: 2" in lines
    assert any("failed" in line and "broadcast:b1:p1" in line and line.endswith("msg_blocked") for line in lines)
    assert any(
        "unknown" in line and "nudge:p1" in line and line.endswith("lease ended while sending") for line in lines
    )


def test_programs_read_the_same(database: Database) -> None:
    ends(database, "broadcast:b1:p1", State.BLOCKED, "cannot_dm_bot")
    found = json.loads(asks("--json").stdout)
    assert found["counts"] == {"answer": {"queued": 1}, "must_arrive": {"blocked": 1}, "nudge": {"queued": 1}}
    (batch,) = found["batches"]
    assert batch["intended"] == 1 == batch["sent"] + batch["failed"] + batch["blocked"] + batch["pending"]
    (lost,) = found["lost"]
    assert (lost["key"], lost["state"], lost["reason"], lost["words_kept"]) == (
        "broadcast:b1:p1",
        "blocked",
        "cannot_dm_bot",
        True,
    )


@pytest.mark.parametrize("state", [State.FAILED, State.BLOCKED, State.EXPIRED, State.UNKNOWN])
@pytest.mark.parametrize("words", [(), ("--json",), ("--resend", "broadcast:b1:p1")])
def test_no_name_and_no_word_of_a_message_is_shown(database: Database, state: State, words: tuple[str, ...]) -> None:
    ends(database, "broadcast:b1:p1", state)
    told = asks(*words)
    assert told.exit_code == 0
    assert MARKER not in told.output
    assert "Ines" not in told.output
    assert "broadcast:b1:p1" in told.stdout


def test_a_message_goes_again_and_leaves_a_line_without_a_person(database: Database) -> None:
    told = asks("--resend", "broadcast:b1:p1")
    assert (told.exit_code, told.stderr) == (1, "There is no message broadcast:b1:p1 that did not arrive.\n")

    ends(database, "broadcast:b1:p1", State.FAILED)
    told = asks("--resend", "broadcast:b1:p1")

    assert (told.exit_code, told.stdout) == (0, "broadcast:b1:p1 is queued again.\n")
    assert state_of(database, "broadcast:b1:p1") is State.QUEUED
    with database.transaction() as connection:
        (line,) = connection.execute(select(audit.c.verb, audit.c.outcome, audit.c.about, audit.c.person)).all()
    assert tuple(line) == ("outbox", "done", "broadcast:b1:p1", "")


def test_the_rules_of_the_desk_hold_here_too_without_a_name(database: Database) -> None:
    ends(database, "broadcast:b1:p1", State.FAILED)
    with database.transaction() as connection:
        connection.execute(text("update people set active = false"))
    told = asks("--resend", "broadcast:b1:p1")
    assert told.exit_code == 1
    assert told.stderr == "The account of this person is closed, so nothing can reach them. Nothing was sent.\n"
    assert state_of(database, "broadcast:b1:p1") is State.FAILED


def test_while_the_bot_runs_on_a_file_it_is_looked_at_and_sent_again_from_the_chat(database: Database) -> None:
    ends(database, "broadcast:b1:p1", State.FAILED)
    file = file_of(database.engine.url)
    if file is None:
        assert asks("--resend", "broadcast:b1:p1").exit_code == 0
        return
    with hold(file), database.transaction() as connection:
        Deliveries(connection).send_again("broadcast:b1:p1", NOW)  # written, and not committed yet
        assert "  must_arrive  failed 1" in asks().stdout
        told = asks("--resend", "broadcast:b1:p1")
    assert told.exit_code == 1
    assert "is in use by another process" in told.stderr
    assert "/mentor-admin outbox" in told.stderr


def test_whoever_looks_can_write_nothing(database: Database, database_url: str) -> None:
    ends(database, "broadcast:b1:p1", State.FAILED)
    with pytest.raises(SQLAlchemyError), reading(database_url) as connection:
        Deliveries(connection).send_again("broadcast:b1:p1", NOW)
    with reading(database_url) as connection:
        assert [one.key for one in Deliveries(connection).lost(EVERYTHING, since=NOW - timedelta(days=1), most=9)] == [
            "broadcast:b1:p1"
        ]


def test_a_database_of_another_version_is_named_and_not_read(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    told = asks()
    assert told.exit_code == 1
    assert "at revision 9999" in told.stderr


def test_where_there_is_no_database_it_says_so_and_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "nowhere.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    for words in ((), ("--resend", "broadcast:b1:p1")):
        told = asks(*words)
        assert told.exit_code == 1
        assert "there is no database at" in told.stderr
    assert list(tmp_path.iterdir()) == []
