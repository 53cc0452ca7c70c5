"""Transactions and turns, the same on both databases."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import insert, select

from storage.database import Database
from storage.sealing import Keyring
from storage.store import Store
from storage.tables import pulse_tokens


def add(database: Database, token: str, *, fails: bool = False) -> None:
    with database.transaction() as connection:
        connection.execute(insert(pulse_tokens).values(token=token))
        if fails:
            raise ValueError(token)


def add_guarded(database: Database, token: str, *, fails: bool = False) -> None:
    with database.guarded() as connection:
        connection.execute(insert(pulse_tokens).values(token=token))
        if fails:
            raise ValueError(token)


def tokens(database: Database) -> list[str]:
    with database.transaction() as connection:
        return list(connection.execute(select(pulse_tokens.c.token).order_by(pulse_tokens.c.token)).scalars())


@pytest.mark.parametrize("act", [add, add_guarded])
def test_a_transaction_that_fails_leaves_nothing(database: Database, act: Callable[..., None]) -> None:
    act(database, "a")
    with pytest.raises(ValueError, match="b"):
        act(database, "b", fails=True)
    assert tokens(database) == ["a"]


def test_an_attempt_that_fails_takes_back_itself_alone(database: Database, keyring: Keyring) -> None:
    with database.transaction() as connection:
        store = Store(connection, keyring)
        connection.execute(insert(pulse_tokens).values(token="before"))
        with suppress(ValueError), store.attempt():
            connection.execute(insert(pulse_tokens).values(token="inside"))
            raise ValueError
        with store.attempt():
            connection.execute(insert(pulse_tokens).values(token="once more"))
    assert tokens(database) == ["before", "once more"]


def test_turns_that_wait_together_each_get_their_own_end(database: Database) -> None:
    futures = [
        database.submit_turn(partial(add, database, "a")),
        database.submit_turn(partial(add, database, "b", fails=True)),
        database.submit_turn(partial(add, database, "c")),
    ]

    assert futures[0].result() is None
    assert isinstance(futures[1].exception(), ValueError)
    assert futures[2].result() is None
    assert database.submit(partial(tokens, database)).result() == ["a", "c"]


def test_a_turn_goes_before_work_that_waits(database: Database) -> None:
    """However much work waits for the database."""
    ended: list[str] = []
    go_on = threading.Event()

    def work() -> None:
        go_on.wait()
        ended.append("work")

    waiting = [database.submit(work) for _ in range(30)]
    waiting.append(database.submit_turn(lambda: ended.append("turn")))
    go_on.set()

    for one in waiting:
        one.result()
    assert ended.index("turn") <= 3
