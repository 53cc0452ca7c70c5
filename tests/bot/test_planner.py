"""The planner's rounds in a running process."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.planner import Planner
from handlers.planning import MOST, next_look
from tests.handlers.stage import Stage


async def test_a_round_takes_batch_after_batch_until_nothing_is_due(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    rung: list[int] = []
    with stage.store() as store:
        for number in range(2 * MOST + 1):
            store.schedule.look_at(f"match:gone{number}", stage.now)
    planner = Planner(stage.kit, lambda: rung.append(1))

    await planner.plan()

    with stage.store() as store:
        assert next_look(store) is None
    assert rung == [1, 1, 1]
    assert planner.succeeded_at == stage.now
    stage.database.close()


async def test_a_subject_that_fails_is_logged_without_words(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    with stage.store() as store:
        store.schedule.look_at("person:Ines", stage.now)

    with capture_logs() as logs:
        await Planner(stage.kit, lambda: None).plan()

    (line,) = logs
    assert (line["event"], line["fault"]) == ("a look failed", "LookupError")
    assert "Ines" not in repr(logs)
    stage.database.close()


async def test_a_planner_without_its_tables_has_not_succeeded(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    with stage.database.transaction() as connection:
        connection.exec_driver_sql("drop table schedule")
    planner = Planner(stage.kit, lambda: None)

    with pytest.raises(OperationalError):
        await planner.plan()

    assert planner.succeeded_at is None
    stage.database.close()


async def test_a_planner_that_ends_takes_no_further_batch(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    with stage.store() as store:
        store.schedule.look_at("match:gone", stage.now - timedelta(hours=1))
    planner = Planner(stage.kit, lambda: None)
    planner.end()

    await planner.plan()

    with stage.store() as store:
        assert next_look(store) == stage.now - timedelta(hours=1)
    stage.database.close()
