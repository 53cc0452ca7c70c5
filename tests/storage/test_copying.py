"""A whole database arrives as it was, in whichever direction it is copied, or not at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    insert,
    select,
    text,
    update,
)

from bot.schema import upgrade
from storage.copying import CopyFault, copy, is_empty, tally
from storage.standstill import replacing, snapshot
from storage.tables import Moment, answers, metadata, people, programmes, writings
from tests.postgres import Databases

KINDS = ["sqlite", "postgresql"]


@pytest.fixture
def full(database_url: str) -> str:
    """A database with rows in every table, and with what is hard to copy in them."""
    with replacing(database_url) as connection:
        fill(connection)
    return database_url


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path, postgres: Databases) -> Iterator[str]:
    """Another one without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'target' / 'alongside.db'}"
        return
    url = postgres.empty()
    yield url
    postgres.drop(url)


def fill(connection: Connection) -> None:
    """Three rows in each table, each referring to those before."""
    for table in metadata.sorted_tables:
        for number in range(3):
            connection.execute(insert(table).values({c.name: made_up(table, c, number) for c in table.columns}))


def made_up(table: Table, column: Column[Any], number: int) -> Any:
    """A value that is unlike its neighbours and hard on a database."""
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return made_up(key.column.table, key.column, number)
    if column.nullable and number == 1:
        return None
    kind = column.type
    if isinstance(kind, Boolean):
        return number == 0
    if isinstance(kind, Float):
        return (0.1, -0.0, 1e-9)[number]
    if isinstance(kind, BigInteger):
        return 1_795_000_000_000_000 + number
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Moment):
        return datetime(2027, 3, 28, 1, 59, 59, (0, 1, 999_999)[number], tzinfo=UTC)
    if isinstance(kind, Date):
        return (date(1999, 12, 31), None, date(2199, 2, 28))[number] or date(2028, 2, 29)
    if isinstance(kind, Time):
        return (time(0, 0), time(9, 30), time(23, 59, 59, 999_999))[number]
    if isinstance(kind, LargeBinary):
        return bytes(range(256)) + bytes([number])
    if isinstance(kind, JSON):
        return ({"b": [1, 2.5, None, "Žluťoučký 🐎"], "a": {"": "\u0001"}}, 3, "3")[number]
    assert isinstance(kind, String)
    words = f"{table.name}{number}é’🐎"
    return words[: kind.length or None] if (kind.length or 99) >= 8 else str(number) * (kind.length or 1)


def copy_whole(source_url: str, target_url: str) -> None:
    with snapshot(source_url) as source, replacing(target_url) as target:
        copy(source, target)


def test_every_row_arrives_in_either_direction(full: str, empty: str) -> None:
    with snapshot(full) as source, replacing(empty) as target:
        upgrade(target)
        copied = copy(source, target)

    with snapshot(empty) as target:
        assert tally(target) == copied
    assert {one.table for one in copied} == set(metadata.tables)
    assert {one.rows for one in copied} == {3}
    with snapshot(full) as source, snapshot(empty) as target:
        for table in metadata.sorted_tables:
            keys = list(table.primary_key.columns)
            query = select(table).order_by(*keys)
            assert source.execute(query).all() == target.execute(query).all()


def test_equal_content_has_equal_sums_whatever_its_order(full: str, empty: str) -> None:
    with snapshot(full) as source, replacing(empty) as target:
        upgrade(target)
        for table in metadata.sorted_tables:
            rows = source.execute(select(table)).mappings().all()
            target.execute(insert(table), [dict(row) for row in reversed(rows)])
        assert tally(source) == tally(target)


def test_the_smallest_difference_gives_another_sum(full: str) -> None:
    changes: list[tuple[Table, dict[str, object]]] = [
        (people, {"work_from": time(9, 30, 0, 1)}),
        (people, {"away_until": date(2027, 1, 1)}),
        (people, {"name": "Ines "}),
        (people, {"nudges": False}),
        (programmes, {"target": 0.30000000000000004}),
        (programmes, {"baseline": None}),
        (programmes, {"created_at": datetime(2027, 3, 28, 1, 59, 59, 2, tzinfo=UTC)}),
        (answers, {"value": {"b": []}}),
        (answers, {"value": None}),
        (writings, {"sealed": bytes(range(255))}),
    ]
    with replacing(full) as connection:
        for table, change in changes:
            before = {one.table: one for one in tally(connection)}
            key = next(iter(table.primary_key.columns))
            first = connection.execute(select(key).order_by(key)).scalars().first()
            connection.execute(update(table).where(key == first).values(change))
            after = {one.table: one for one in tally(connection)}
            assert {name for name in before if before[name] != after[name]} == {table.name}, change


def test_a_target_that_holds_anything_is_left_as_it_is(full: str, empty: str) -> None:
    with replacing(empty) as target:
        upgrade(target)
        target.execute(text("insert into pulse_tokens values ('kept')"))
    with (
        snapshot(full) as source,
        pytest.raises(CopyFault, match="the target is not empty"),
        replacing(empty) as target,
    ):
        copy(source, target)
    with snapshot(empty) as target:
        assert sum(one.rows for one in tally(target)) == 1


def test_tables_of_another_revision_are_refused(full: str, empty: str) -> None:
    with replacing(empty) as target:
        upgrade(target, to="0001")
    with pytest.raises(CopyFault, match="do not have the same tables"):
        copy_whole(full, empty)


def test_what_a_database_changes_on_the_way_is_noticed_and_nothing_of_it_stays(full: str, empty: str) -> None:
    """A trigger stands for whatever may go wrong: one name arrives in capital letters."""
    with replacing(empty) as target:
        upgrade(target)
        for statement in spoil(target):
            target.execute(text(statement))
    with pytest.raises(CopyFault, match="people arrived differently: 3 rows"):
        copy_whole(full, empty)
    with snapshot(empty) as target:
        assert is_empty(target)


def spoil(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        change = "update people set name = upper(name) where id = new.id;"
        return [f"create trigger louder after insert on people begin {change} end"]
    body = "begin new.name := upper(new.name); return new; end"
    return [
        f"create function louder() returns trigger language plpgsql as $$ {body} $$",
        "create trigger louder before insert on people for each row execute function louder()",
    ]


def test_what_is_written_meanwhile_is_not_in_the_copy(full: str, empty: str) -> None:
    with snapshot(full) as source:
        before = tally(source)
        with replacing(full) as bot:
            bot.execute(text("delete from pulse_tokens"))
        with replacing(empty) as target:
            upgrade(target)
            assert copy(source, target) == before


@pytest.mark.parametrize(
    ("title", "reason"),
    [("x" * 201, "title is 201 characters long, and 200 are allowed"), ("a\0b", "title holds the character NUL")],
    ids=["long", "nul"],
)
def test_what_postgresql_cannot_keep_is_named_by_its_column(
    tmp_path: Path, postgres: Databases, title: str, reason: str
) -> None:
    """SQLite takes any length and any character."""
    source_url, target_url = f"sqlite:///{tmp_path / 'a.db'}", postgres.new()
    with replacing(source_url) as connection:
        upgrade(connection)
        fill(connection)
        connection.execute(update(people).values(title=title))
    with pytest.raises(CopyFault, match=f"people: a value of {reason}") as fault:
        copy_whole(source_url, target_url)
    assert title not in str(fault.value)
    postgres.drop(target_url)


def test_a_snapshot_writes_nothing(database_url: str) -> None:
    with snapshot(database_url) as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.execute(text("delete from pulse_tokens"))
