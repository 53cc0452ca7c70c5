"""The index of what is due: read by its index, and shared by those who read it at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, insert, select, text

from storage.database import Database
from storage.schedule import Schedule
from storage.tables import schedule

NOW = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
MANY = 20_000
KINDS = ("match", "person", "letter")


def fill(database: Database, count: int) -> None:
    """So many subjects that are looked at in the days to come."""
    rows = [
        {"subject": f"{KINDS[number % 3]}:{number}", "next_due": NOW + timedelta(seconds=number + 1)}
        for number in range(count)
    ]
    with database.guarded() as connection:
        connection.execute(insert(schedule), rows)
        connection.execute(text("ANALYZE schedule"))


def test_what_is_due_is_found_by_the_index_and_not_by_reading_all(database: Database) -> None:
    fill(database, MANY)
    asked: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    with database.guarded() as connection:
        repository = Schedule(connection)
        assert repository.claim(NOW, KINDS, 20) == []
        assert repository.first_due(KINDS) == NOW + timedelta(seconds=1)
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        plans = [
            "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {statement}", values))
            for statement, values in asked[-2:]
        ]

    for plan in plans:
        assert "ix_schedule_next_due" in plan
        assert "Seq Scan" not in plan


def test_what_one_planner_looks_at_another_passes_over(database: Database) -> None:
    fill(database, 30)
    later = NOW + timedelta(hours=1)
    if database.engine.dialect.name == "sqlite":
        # One writer at a time: the second begins when the first has moved what it found.
        with database.guarded() as connection:
            mine = Schedule(connection).claim(later, KINDS, 20)
            for due in mine:
                Schedule(connection).move({due.subject: later + timedelta(days=7)}, since=later)
        with database.guarded() as connection:
            theirs = Schedule(connection).claim(later, KINDS, 20)
    else:
        with database.guarded() as one, database.guarded() as other:
            mine = Schedule(one).claim(later, KINDS, 20)
            theirs = Schedule(other).claim(later, KINDS, 20)

    assert [len(mine), len(theirs)] == [20, 10]
    assert len({due.subject for due in (*mine, *theirs)}) == 30


def test_a_subject_has_one_row_however_often_somebody_asks_for_a_look(database: Database) -> None:
    with database.transaction() as connection:
        repository = Schedule(connection)
        for hours in (3, 1, 2):
            repository.look_at("person:ines", NOW + timedelta(hours=hours))
        repository.look_at("person:ines", NOW + timedelta(hours=5))

        assert connection.execute(select(func.count()).select_from(schedule)).scalar_one() == 1
        assert repository.first_due(KINDS) == NOW + timedelta(hours=1)
        repository.forget("person:ines")
        assert repository.first_due(KINDS) is None
