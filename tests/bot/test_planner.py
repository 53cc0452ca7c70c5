"""The planner's rounds in a running process."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.planner import Planner
from handlers.planning import MOST, next_look
from tests.handlers.stage import Stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """An empty company on a Monday morning."""
    stage = Stage(database_url)
    yield stage
    stage.database.close()


async def test_a_round_takes_batch_after_batch_until_nothing_is_due(stage: Stage) -> None:
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


async def test_a_subject_that_fails_is_logged_without_words(stage: Stage) -> None:
    with stage.store() as store:
        store.schedule.look_at("person:Ines", stage.now)

    with capture_logs() as logs:
        await Planner(stage.kit, lambda: None).plan()

    (line,) = logs
    assert (line["event"], line["fault"]) == ("a look failed", "LookupError")
    assert "Ines" not in repr(logs)


async def test_a_planner_whose_database_is_gone_has_not_succeeded(stage: Stage) -> None:
    planner = Planner(stage.kit, lambda: None)
    stage.database.close()

    with pytest.raises(RuntimeError):
        await planner.plan()

    assert planner.succeeded_at is None


async def test_a_planner_that_ends_takes_no_further_batch(stage: Stage) -> None:
    with stage.store() as store:
        store.schedule.look_at("match:gone", stage.now - timedelta(hours=1))
    planner = Planner(stage.kit, lambda: None)
    planner.end()

    await planner.plan()

    with stage.store() as store:
        assert next_look(store) == stage.now - timedelta(hours=1)
