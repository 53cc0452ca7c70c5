"""A backup that is put back is a time machine: it knows nothing of what was sent since, yet nobody is told twice."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.backup import back_up
from bot.restoring import restore
from bot.slack.send import opaque
from flows.voice.message import Kind
from storage.outbox import State
from tests.engine.company import letters
from tests.engine.conftest import furnished
from tests.engine.fleet import Fleet
from tests.engine.ledger import copies
from tests.postgres import Databases

NUDGES = 550
SENT_SINCE = 500


@pytest.fixture(params=["sqlite", "postgresql"])
async def fleet(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Fleet]:
    """A fleet in a hurry: to ask about 550 messages, 35 a minute, takes a quarter of an hour of the engine."""
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "alongside.db")
    url = f"sqlite:///{tmp_path / 'alongside.db'}" if request.param == "sqlite" else postgres.new()
    async with furnished(url, tmp_path, scale=30) as made:
        yield made
    if request.param == "postgresql":
        postgres.drop(url)


async def test_after_a_restore_no_nudge_comes_twice_and_none_is_lost_of_which_the_platform_can_tell(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.put(letters(NUDGES, kinds=(Kind.NUDGE,), pairs=10))
    copy = tmp_path / "copy.db"
    back_up(fleet.url, copy, now=fleet.now)

    worker = await fleet.start()
    await fleet.until(lambda: arrived(fleet) >= SENT_SINCE, engine_seconds=600, what=f"{SENT_SINCE} nudges")
    worker.kill()
    before = arrived(fleet)
    put_back = restore(fleet.url, copy, now=fleet.now)
    forget_history(fleet)
    assert put_back.ambiguous == NUDGES

    await fleet.start()
    await fleet.finished(engine_seconds=4_000)

    pairs = NUDGES // 10
    figures = fleet.check(may_be_unknown=pairs)
    assert figures.doubled == 0
    assert {copies(fleet.workspace)[opaque(row.key)] for row in fleet.rows() if row.key.endswith("dm")} == {1}
    assert {row.state for row in fleet.rows() if row.key.endswith("group")} == {State.UNKNOWN}
    print(f"{before} nudges since the copy; after the restore {figures}")


def arrived(fleet: Fleet) -> int:
    """Messages that the workspace took."""
    return sum(copies(fleet.workspace).values())


def forget_history(fleet: Fleet) -> None:
    """What was noted of each row belongs to the database that was replaced."""
    with fleet.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM outbox_history")
