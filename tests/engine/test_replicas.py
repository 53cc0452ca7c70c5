"""A replica dies and nobody starts it again: the others take over what it held."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.outbox import State
from tests.engine.company import letters
from tests.engine.conftest import furnished
from tests.engine.failpoints import Failpoint, Point
from tests.engine.fleet import Fleet
from tests.engine.history import ENDS
from tests.postgres import Databases

TAKEN_OVER_WITHIN = 90.0
"""Seconds of the engine, with no operator about."""


@pytest.fixture
async def replicas(postgres: Databases, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A fleet whose time is slower, so that a busy machine spoils no figure."""
    url = postgres.new()
    async with furnished(url, tmp_path, scale=10) as made:
        yield made
    postgres.drop(url)


def epochs(fleet: Fleet) -> dict[str, tuple[State, int]]:
    """State and epoch of every post."""
    with fleet.engine.connect() as connection:
        rows = connection.execute(text("SELECT key, state, epoch FROM outbox"))
        return {row.key: (State(row.state), row.epoch) for row in rows}


async def test_what_one_of_three_held_is_taken_over_within_90_seconds(replicas: Fleet) -> None:
    await replicas.start_several(2)
    doomed = await replicas.start(Failpoint(Point.AFTER_INTENT))
    replicas.put(letters(200, pairs=0))
    assert await doomed.ended(seconds=20) == -9
    died_at = replicas.now
    held = {key: epoch for key, (state, epoch) in epochs(replicas).items() if state not in (State.QUEUED, *ENDS)}
    assert held

    def taken_over() -> bool:
        now = epochs(replicas)
        return all(now[key][0] in ENDS or now[key][1] > epoch for key, epoch in held.items())

    await replicas.until(taken_over, engine_seconds=TAKEN_OVER_WITHIN, what="the others to take over")
    took = (replicas.now - died_at).total_seconds()
    print(f"taken over after {took:.0f} s")
    assert took <= TAKEN_OVER_WITHIN
    await replicas.finished(engine_seconds=300)
    figures = replicas.check()
    assert figures.sent == figures.posts
