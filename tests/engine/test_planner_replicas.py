"""Several planners share one schedule: each occurrence is planned once, whoever dies meanwhile."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from storage.database import open_database
from storage.outbox import State
from storage.tables import outbox, schedule
from tests.engine import planner_worker
from tests.engine.planner_worker import STARTS, settle_in
from tests.postgres import Databases

PLANNERS, PAIRS, WEEKS = 5, 20, 10
PATIENCE = 120.0
"""Real seconds for a slot."""
SLOT = datetime(STARTS.year, STARTS.month, STARTS.day + 1, 9, 30, tzinfo=UTC)
_starter = multiprocessing.get_context("forkserver")
_starter.set_forkserver_preload(["tests.engine.planner_worker", "tests.engine.worker"])


@pytest.fixture
def url(postgres: Databases) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres.new()
    yield url
    postgres.drop(url)


def test_five_planners_that_are_killed_plan_each_occurrence_once(url: str, tmp_path: Path, dice: random.Random) -> None:
    clock = tmp_path / "now"
    database = open_database(url, durable=False)
    settle_in(database, pairs=PAIRS, weeks=WEEKS)

    def tell(moment: datetime) -> None:
        """A file is replaced in one go, so nobody reads half a time."""
        (tmp_path / "next").write_text(moment.isoformat(), encoding="ascii")
        (tmp_path / "next").replace(clock)

    def due(moment: datetime) -> int:
        with database.guarded() as connection:
            return connection.execute(select(func.count()).where(schedule.c.next_due <= moment)).scalar_one()

    def start() -> multiprocessing.process.BaseProcess:
        process = _starter.Process(target=planner_worker.run, args=(url, str(clock), WEEKS), daemon=True)
        process.start()
        return process

    tell(SLOT - timedelta(days=1))
    planners = [start() for _ in range(PLANNERS)]
    killed = 0
    # 09:30 in Lisbon is an hour earlier in UTC from April on: half an hour later both have come.
    for moment in (SLOT - timedelta(days=1), *(SLOT + timedelta(weeks=week) for week in range(WEEKS))):
        tell(moment)
        begun = time.monotonic()
        kill_at = dice.randrange(2 * PAIRS) if moment >= SLOT else -1
        while (left := due(moment)) > 0:
            assert time.monotonic() - begun < PATIENCE, f"{left} are still due at {moment}"
            assert all(planner.is_alive() for planner in planners)
            if left <= kill_at:
                victim = dice.randrange(PLANNERS)
                planners[victim].kill()
                planners[victim].join()
                planners[victim] = start()
                killed, kill_at = killed + 1, -1
            time.sleep(0.005)
        # What waits to be sent counts for the week in which it will be heard.
        with database.guarded() as connection:
            connection.execute(update(outbox).values(state=State.SENT, sent_at=moment))
    for planner in planners:
        planner.kill()
        planner.join()

    with database.transaction() as connection:
        rows = connection.execute(select(outbox.c.to_id, outbox.c.step, outbox.c.week)).all()
    database.close()
    assert killed >= WEEKS // 2
    people = {f"p{number}{role}" for number in range(PAIRS) for role in ("mentor", "mentee")}
    steps = {"session_1", *(f"card{week}" for week in range(2, WEEKS + 1))}
    assert len(rows) == 2 * PAIRS * WEEKS
    assert Counter(row.to_id for row in rows) == dict.fromkeys(people, WEEKS)
    assert len({(row.to_id, row.week) for row in rows}) == len(rows), "at most one a week"
    assert {row.step for row in rows} == steps
