"""Several planners share one schedule: each occurrence is planned once, whoever dies meanwhile."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError

from bot.solving import PRELOADED
from handlers.planning import PLANNERS, PUT_OFF, plan
from handlers.tick import Planner, Tick, one_by_one
from storage.database import open_database
from storage.outbox import State
from storage.people import People
from storage.schedule import Schedule
from storage.tables import outbox, schedule
from tests.engine import planner_worker
from tests.engine.planner_worker import STARTS, kit_of, settle_in
from tests.postgres import Databases

REPLICAS, WEEKS = 5, 10
PATIENCE = 120.0
"""Real seconds for a slot."""
SLOT = datetime(STARTS.year, STARTS.month, STARTS.day + 1, 9, 30, tzinfo=UTC)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
_starter = multiprocessing.get_context("forkserver")
_starter.set_forkserver_preload([*PRELOADED, "tests.engine.planner_worker", "tests.engine.worker"])


@pytest.fixture
def url(postgres: Databases) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres.new()
    yield url
    postgres.drop(url)


@pytest.mark.parametrize(("people", "weeks"), [(40, WEEKS), pytest.param(200, 20, marks=pytest.mark.long)])
def test_five_planners_that_are_killed_plan_each_occurrence_once(
    url: str, tmp_path: Path, dice: random.Random, people: int, weeks: int
) -> None:
    clock = tmp_path / "now"
    database = open_database(url, durable=False)
    settle_in(database, pairs=people // 2, weeks=weeks)

    def tell(moment: datetime) -> None:
        """A file is replaced in one go, so nobody reads half a time."""
        (tmp_path / "next").write_text(moment.isoformat(), encoding="ascii")
        (tmp_path / "next").replace(clock)

    def due(moment: datetime) -> int:
        with database.guarded() as connection:
            return connection.execute(select(func.count()).where(schedule.c.next_due <= moment)).scalar_one()

    def start() -> multiprocessing.process.BaseProcess:
        process = _starter.Process(target=planner_worker.run, args=(url, str(clock), weeks), daemon=True)
        process.start()
        return process

    tell(SLOT - timedelta(days=1))
    planners = [start() for _ in range(REPLICAS)]
    killed = 0
    # 09:30 in Lisbon is an hour earlier in UTC from April on: half an hour later both have come.
    for moment in (SLOT - timedelta(days=1), *(SLOT + timedelta(weeks=week) for week in range(weeks))):
        tell(moment)
        begun = time.monotonic()
        kill_at = dice.randrange(people // 4, people) if moment >= SLOT else -1
        while (left := due(moment)) > 0:
            assert time.monotonic() - begun < PATIENCE, f"{left} are still due at {moment}"
            assert all(planner.is_alive() for planner in planners)
            if left <= kill_at:
                victim = dice.randrange(REPLICAS)
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
    assert killed >= weeks // 2
    everybody = {f"p{number}{role}" for number in range(people // 2) for role in ("mentor", "mentee")}
    steps = {"session_1", *(f"card{week}" for week in range(2, weeks + 1))}
    assert len(rows) == people * weeks
    assert Counter(row.to_id for row in rows) == dict.fromkeys(everybody, weeks)
    assert len({(row.to_id, row.week) for row in rows}) == len(rows), "at most one a week"
    assert {row.step for row in rows} == steps


def test_a_person_whom_another_planner_works_on_is_left_for_the_next_round(url: str, tmp_path: Path) -> None:
    database = open_database(url, durable=False)
    settle_in(database, pairs=1, weeks=WEEKS)
    kit = replace(kit_of(database, tmp_path / "unused", WEEKS), now=lambda: SLOT)
    plan(kit).all_well()  # the match
    with database.guarded() as elsewhere:
        People(elsewhere).hold("p0mentor")

        assert plan(kit).all_well() == 2

    with database.guarded() as connection:
        assert connection.execute(select(outbox.c.to_id)).scalars().all() == ["p0mentee"]
    assert plan(kit).all_well() == 1
    with database.guarded() as connection:
        assert set(connection.execute(select(outbox.c.to_id)).scalars()) == {"p0mentee", "p0mentor"}
    database.close()


def test_an_act_in_the_middle_of_a_look_has_the_subject_looked_at_once_more(url: str) -> None:
    database = open_database(url, durable=False)
    settle_in(database, pairs=1, weeks=WEEKS)

    def act() -> None:
        with database.transaction() as connection:
            Schedule(connection).look_at("match:m0", SLOT)

    def waits() -> bool:
        with database.guarded() as connection:
            return bool(connection.execute(text(WAITING)).scalar_one())

    with database.guarded() as connection:
        (due,) = Schedule(connection).claim(SLOT, {"match"}, 20)
        acting = database.submit_turn(act)
        while not waits():
            assert not acting.done()
        Schedule(connection).move({due.subject: SLOT + timedelta(days=7)}, since=SLOT)
    acting.result()

    with database.guarded() as connection:
        assert Schedule(connection).first_due({"match"}) == SLOT
    database.close()


def test_a_look_that_the_database_gives_up_is_put_off_and_one_without_a_database_is_not(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(url, durable=False)
    settle_in(database, pairs=2, weeks=WEEKS)
    kit = replace(kit_of(database, tmp_path / "unused", WEEKS), now=lambda: SLOT)

    def ask(statement: str) -> Planner:
        def look(tick: Tick) -> datetime | None:
            if tick.subject == "m0":
                tick.store.schedule._connection.execute(text(statement))
            return None

        return one_by_one(look)

    planners = cast(dict[str, Planner], PLANNERS)
    monkeypatch.setitem(planners, "match", ask("SELECT pg_terminate_backend(pg_backend_pid())"))
    with pytest.raises(OperationalError):
        plan(kit)
    with database.guarded() as connection:
        assert len(Schedule(connection).claim(SLOT, {"match"}, 20)) == 2

    monkeypatch.setitem(planners, "match", ask("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)"))
    looked = plan(kit)
    assert [type(failure) for failure in looked.failures] == [OperationalError]
    with database.guarded() as connection:
        assert Schedule(connection).first_due({"match"}) == SLOT + PUT_OFF
    database.close()
