"""Figures of the database are read from indexes, so that they cost little however much was ever sent."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database, open_database
from storage.outbox import State
from storage.sealing import Keyring
from storage.store import Store
from storage.vitals import Vitals

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def on_sqlite(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """SQLite tells how it goes about a statement in words that stay the same."""
    database = open_database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'a.db')}")
    yield database
    database.close()


@pytest.mark.parametrize(
    "look",
    [Vitals.states, lambda vitals: vitals.oldest_due(NOW), Vitals.waits_since],
    ids=["states", "oldest due", "first look"],
)
def test_no_row_is_read_only_an_index(on_sqlite: Database, look: Callable[[Vitals], object]) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(on_sqlite.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    with on_sqlite.guarded() as connection:
        asked.clear()  # of what began the transaction
        look(Vitals(connection))
        for statement, parameters in tuple(asked):
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert any("COVERING INDEX" in step for step in steps), steps
            assert [step for step in steps if step.startswith("SCAN") and "INDEX" not in step] == []
    assert asked


def test_a_key_counts_as_used_wherever_something_is_sealed_under_it(database: Database, keyring: Keyring) -> None:
    with database.guarded() as connection:
        store = Store(connection, keyring)
        keeps: tuple[Callable[[], None], ...] = (
            lambda: store.avoided.add("a", by="ines", of="mira"),
            lambda: store.imports.keep("i", "name\n", home="slack/T1", whole=False, by="carla", at=NOW),
            lambda: store.relays.add("post", "words", match="m", author="ines", at=NOW),
        )
        for keep in keeps:
            with connection.begin_nested() as kept:
                keep()
                assert Vitals(connection).key_ids() == keyring.ids
                kept.rollback()
        assert Vitals(connection).key_ids() == frozenset()


def test_states_without_messages_are_there_with_zero(database: Database) -> None:
    with database.guarded() as connection:
        assert Vitals(connection).states((State.UNKNOWN, State.FAILED)) == {State.UNKNOWN: 0, State.FAILED: 0}
