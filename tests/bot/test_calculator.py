"""What takes long is worked out beside the turns: once, in time, by whoever is alive, and told in one message."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.calculator import GRACE, Calculator
from bot.solving import Work
from bot.world import World
from flows.calculations import State
from flows.matching.calculation import work_out
from flows.people import Role
from flows.programme import Cohort, CohortState
from flows.rounds import Round
from flows.voice.message import Message
from handlers import calculating
from handlers.calculating import LEASE
from handlers.coordinating.pool import rules_of
from handlers.inbound import Asked, Inbound, Place
from handlers.router import dispatch
from storage.tables import audit, calculations, outbox
from tests.bot import works
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, shown

SECONDS = 60.0
"""Of real time in which whatever happens at all has happened."""


class Desk(Stage):
    """A stage on which nothing is worked out by itself."""

    def calculate(self) -> None:
        """Others do so here."""


@pytest.fixture
def stage(database_url: str) -> Iterator[Desk]:
    """Ines and Tomas look for a mentor, Mira has one place."""
    stage = Desk(database_url)
    yield stage
    stage.database.close()


@pytest.fixture
def cohort(stage: Desk) -> Cohort:
    cohort = stage.programme("Mentoring")
    for name, role in (("Ines Duarte", Role.MENTEE), ("Tomas Berg", Role.MENTEE), ("Mira Okafor", Role.MENTOR)):
        joins(stage, stage.person(name), cohort, role)
    return cohort


@pytest.fixture
def carla(stage: Desk, cohort: Cohort) -> Actor:
    return stage.person("Carla Weiss", owner=True)


def with_deadline(stage: Stage, cohort: Cohort, seconds: float) -> None:
    """Give the cohort's drafts so much time."""
    frame = stage.content.frame
    shape = frame.shape(cohort.format)
    sooner = replace(shape, rules=replace(shape.rules, deadline=seconds))
    stage.content = replace(stage.content, frame=replace(frame, shapes={**frame.shapes, cohort.format: sooner}))
    assert rules_of(stage.content, cohort).deadline == seconds


def drafted(stage: Stage, cohort: Cohort) -> Round | None:
    with stage.store() as store:
        return store.rounds.drafted(cohort.id)


def states(stage: Stage) -> list[str]:
    with stage.database.transaction() as connection:
        return list(connection.scalars(select(calculations.c.state).order_by(calculations.c.asked_at)))


def notifying(stage: Stage) -> int:
    """Messages that are no change of an earlier one."""
    with stage.database.transaction() as connection:
        keys = connection.scalars(select(outbox.c.key).where(outbox.c.edits == "")).all()
    return sum(key.startswith("calculation:") for key in keys)


def outcomes(stage: Stage) -> list[str]:
    with stage.database.transaction() as connection:
        return list(connection.scalars(select(audit.c.outcome).where(audit.c.verb == "match draft")))


def ask(stage: Stage, actor: Actor, gesture: str = "") -> Message:
    """`match draft`, and nothing else happens."""
    what = Asked("mentor-admin", "match draft")
    gesture = gesture or f"word-{next(stage.ids)}"
    reply = dispatch(Inbound(gesture, actor.account, what, Place.PRIVATE, stage.now, actor.profile), stage.kit)
    assert reply is not None
    return reply.message


def a_calculator(
    stage: Stage, *, work: Work = work_out, owner: str = "one", grace: float = GRACE, patient: bool = True
) -> tuple[Calculator, asyncio.Event]:
    """One, and its bell for the sender. An impatient one tells how far it is at once, and ten times a second."""
    rung = asyncio.Event()
    words = (60.0, 60.0) if patient else (0.0, 0.1)
    made = Calculator(stage.kit, owner, World().boot_clock, rung.set, work=work, grace=grace, words=words)
    return made, rung


@asynccontextmanager
async def held(stage: Stage, gate: Path) -> AsyncIterator[tuple[Calculator, asyncio.Task[bool], asyncio.Event]]:
    """A calculation that stands at a gate, and has said how far it is."""
    os.mkfifo(gate)
    calculator, rung = a_calculator(stage, work=partial(works.waits, gate), patient=False)
    task = asyncio.create_task(calculator.calculate())
    await asyncio.wait_for(rung.wait(), SECONDS)
    yield calculator, task, rung


async def test_a_draft_comes_to_the_one_who_asked_and_is_kept(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    assert "Working on a draft for Mentoring." in shown(ask(stage, carla))
    assert drafted(stage, cohort) is None

    calculator, rung = a_calculator(stage)
    assert await calculator.calculate()
    assert not await calculator.calculate()
    stage.deliver()

    assert rung.is_set()
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads
    assert drafted(stage, cohort) is not None
    assert (states(stage), notifying(stage), outcomes(stage)) == ([State.DONE], 1, ["asked", "done"])


async def test_two_who_ask_at_once_make_one_calculation(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    other = stage.person("Noor Haddad", owner=True)
    ask(stage, carla)
    assert "waits for its turn" in shown(ask(stage, carla))
    assert "Carla Weiss asked on" in shown(ask(stage, other))
    taken = calculating.take(stage.kit, "one")
    assert taken is not None
    assert "I am working on a draft for Mentoring already" in shown(ask(stage, carla))
    calculating.give_back(stage.kit, "one", taken)

    calculator, _ = a_calculator(stage)
    await calculator.calculate()
    stage.deliver()

    assert states(stage) == [State.DONE]
    assert "Draft 1 for Mentoring" in carla.reads_all
    assert "Draft 1 for Mentoring" not in other.reads_all


def test_turns_that_ask_in_the_same_moment_make_one_calculation(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("help")
    turns = [stage.database.submit_turn(partial(ask, stage, carla, f"tap-{n}")) for n in range(4)]
    words = [shown(turn.result(SECONDS)) for turn in turns]
    assert states(stage) == [State.WAITING]
    assert sum("Working on a draft for Mentoring." in one for one in words) == 1


async def test_what_a_dead_process_left_is_done_by_another_and_told_once(
    stage: Desk, carla: Actor, cohort: Cohort
) -> None:
    ask(stage, carla)
    taken = calculating.take(stage.kit, "dead")
    assert taken is not None
    job = calculating.read(stage.kit, "dead", taken)
    assert job is not None
    calculator, _ = a_calculator(stage)
    assert not await calculator.calculate(), "it may still be alive"

    stage.now += LEASE + timedelta(seconds=1)
    assert await calculator.calculate()
    # It was only frozen.
    calculating.keep(stage.kit, "dead", job, work_out(job.question, over=lambda: False, told=lambda _: None))
    calculating.fail(stage.kit, "dead", taken)
    assert not calculating.tell(stage.kit, "dead", job, None, nth=1)
    calculating.give_back(stage.kit, "dead", taken)
    stage.deliver()

    found = drafted(stage, cohort)
    assert found is not None
    assert found.number == 1
    assert (states(stage), notifying(stage)) == ([State.DONE], 1)


async def test_a_process_that_is_alone_waits_for_no_lease(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    assert calculating.take(stage.kit, "dead") is not None
    calculating.take_back(stage.kit)
    calculator, _ = a_calculator(stage)
    assert await calculator.calculate()
    assert states(stage) == [State.DONE]


async def test_one_that_takes_its_process_along_each_time_is_given_up(
    stage: Desk, carla: Actor, cohort: Cohort
) -> None:
    ask(stage, carla)
    for _ in range(calculating.MOST_TRIES):
        assert calculating.take(stage.kit, "dead") is not None
        stage.now += LEASE + timedelta(seconds=1)

    calculator, _ = a_calculator(stage, work=works.dies)
    assert await calculator.calculate()
    stage.deliver()

    assert "I could not make a draft for Mentoring this time." in carla.reads
    assert states(stage) == [State.FAILED]


@pytest.mark.parametrize(
    ("work", "fault"), [(works.dies, "Died"), (works.proves_nothing, "Unsound")], ids=["dies", "proves_nothing"]
)
async def test_a_failure_is_told_kindly_and_changes_nothing(
    stage: Desk, carla: Actor, cohort: Cohort, work: Work, fault: str
) -> None:
    ask(stage, carla)
    first, _ = a_calculator(stage)
    await first.calculate()
    before = drafted(stage, cohort)
    ask(stage, carla)

    calculator, _ = a_calculator(stage, work=work)
    with capture_logs() as lines:
        assert await calculator.calculate()
    stage.deliver()

    (line,) = lines
    assert (line["event"], line["fault"]) == ("a calculation failed", fault)
    assert "Ines" not in str(lines)
    assert "Nothing has changed, and nobody heard of it." in carla.reads
    assert line["reference"] in carla.reads
    assert before is not None
    assert drafted(stage, cohort) == before
    assert outcomes(stage) == ["asked", "done", "asked", "failed"]


async def test_at_its_deadline_the_best_so_far_is_a_draft(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    with_deadline(stage, cohort, 0.2)
    ask(stage, carla)
    calculator, _ = a_calculator(stage, work=works.takes_all_its_time)
    await calculator.calculate()
    stage.deliver()
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads


async def test_one_that_never_looks_at_the_clock_is_ended_and_told_of(
    stage: Desk, carla: Actor, cohort: Cohort
) -> None:
    with_deadline(stage, cohort, 0.1)
    ask(stage, carla)
    calculator, _ = a_calculator(stage, work=works.is_deaf, grace=0.2)
    with capture_logs() as lines:
        await calculator.calculate()
    stage.deliver()
    assert [line["event"] for line in lines] == ["a calculation took too long"]
    assert "took far too long, so I stopped. Nothing has changed" in carla.reads
    assert drafted(stage, cohort) is None
    assert states(stage) == [State.FAILED]


async def test_one_that_takes_long_says_so_in_one_line_that_becomes_the_draft(
    stage: Desk, carla: Actor, cohort: Cohort, tmp_path: Path
) -> None:
    ask(stage, carla)
    async with held(stage, tmp_path / "gate") as (_, task, rung):
        stage.deliver()
        assert "Working on a draft for Mentoring, with 3 people to look at." in carla.reads
        while "The best draft is at most 4.2 % better than what I have so far." not in carla.reads:
            rung.clear()
            await asyncio.wait_for(rung.wait(), SECONDS)
            stage.now += timedelta(seconds=1)
            stage.deliver()
        messages = len(carla.screen)
        (tmp_path / "gate").open("wb").close()
        await asyncio.wait_for(task, SECONDS)
        stage.now += timedelta(seconds=1)
        stage.deliver()
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads
    assert len(carla.screen) == messages
    assert notifying(stage) == 1


async def test_a_line_that_did_not_go_yet_gives_way_to_the_draft(
    stage: Desk, carla: Actor, cohort: Cohort, tmp_path: Path
) -> None:
    ask(stage, carla)
    async with held(stage, tmp_path / "gate") as (_, task, _):
        (tmp_path / "gate").open("wb").close()
        await asyncio.wait_for(task, SECONDS)
    stage.deliver()
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads
    assert "to look at" not in carla.reads_all


async def test_a_stop_gives_back_what_is_under_way(stage: Desk, carla: Actor, cohort: Cohort, tmp_path: Path) -> None:
    ask(stage, carla)
    async with held(stage, tmp_path / "gate") as (calculator, task, _):
        serving = asyncio.create_task(calculator.serve())
        calculator.end()
        await asyncio.wait_for(asyncio.gather(task, serving), SECONDS)
    assert states(stage) == [State.WAITING]

    another, _ = a_calculator(stage, owner="another")
    assert await another.calculate()
    assert states(stage) == [State.DONE]


async def test_whoever_was_overtaken_ends_and_keeps_nothing(
    stage: Desk, carla: Actor, cohort: Cohort, tmp_path: Path
) -> None:
    ask(stage, carla)
    with capture_logs() as lines:
        async with held(stage, tmp_path / "gate") as (_, task, _):
            stage.now += LEASE + timedelta(seconds=1)
            another, _ = a_calculator(stage, owner="another")
            await another.calculate()
            await asyncio.wait_for(task, SECONDS)
    assert [line["event"] for line in lines] == ["a calculation was overtaken"]
    found = drafted(stage, cohort)
    assert found is not None
    assert found.number == 1


async def test_it_serves_what_a_turn_wants_as_soon_as_that_is_over(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    calculator, rung = a_calculator(stage)
    serving = asyncio.create_task(calculator.serve())
    await calculator.ring()
    calculator.turn_over()
    calculator.expect()
    ask(stage, carla)
    calculator.turn_over()
    await asyncio.wait_for(rung.wait(), SECONDS)
    calculator.end()
    await asyncio.wait_for(serving, SECONDS)
    assert states(stage) == [State.DONE]


async def test_nothing_is_kept_for_a_programme_that_ended_meanwhile(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING, CohortState.CLOSING)
    calculator, _ = a_calculator(stage)
    await calculator.calculate()
    stage.deliver()
    assert "Mentoring has ended meanwhile, so no draft was kept." in carla.reads
    assert states(stage) == [State.FAILED]


def worked_out(stage: Stage, meanwhile: str, carla: Actor) -> None:
    """A draft, between whose beginning and end the coordinator does something."""
    ask(stage, carla)
    taken = calculating.take(stage.kit, "one")
    assert taken is not None
    job = calculating.read(stage.kit, "one", taken)
    assert job is not None
    for word in meanwhile.split(", "):
        carla.presses(word) if word == "Publish" else carla.asks_admin(word)
    stage.now += timedelta(seconds=1)
    calculating.keep(stage.kit, "one", job, work_out(job.question, over=lambda: False, told=lambda _: None))
    stage.deliver()


async def test_what_was_published_meanwhile_is_not_replaced(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    calculator, _ = a_calculator(stage)
    await calculator.calculate()
    stage.deliver()
    worked_out(stage, "match publish, Publish", carla)
    assert "A draft of Mentoring was published while the next one was worked out" in carla.reads
    assert drafted(stage, cohort) is None


async def test_a_lock_of_meanwhile_is_in_the_draft(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    calculator, _ = a_calculator(stage)
    await calculator.calculate()
    stage.deliver()
    worked_out(stage, "match lock 1", carla)
    assert states(stage) == [State.DONE, State.WAITING]
    await calculator.calculate()
    stage.deliver()
    found = drafted(stage, cohort)
    assert found is not None
    assert (found.number, [pair.pinned for pair in found.draft.pairs]) == (2, [True])


async def test_whoever_lost_their_role_meanwhile_is_shown_nothing(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    stage.owners.clear()
    calculator, _ = a_calculator(stage)
    await calculator.calculate()
    stage.deliver()
    assert "Ines" not in carla.reads
    assert drafted(stage, cohort) is None
    assert states(stage) == [State.FAILED]


async def test_a_draft_finds_the_libraries_loaded_already(
    stage: Desk, carla: Actor, cohort: Cohort, tmp_path: Path
) -> None:
    ask(stage, carla)
    calculator, _ = a_calculator(stage, work=partial(works.lists_imports, tmp_path / "imports"))
    await calculator.calculate()
    assert [name for name in (tmp_path / "imports").read_text().split() if not name.startswith("flows.")] == []


async def test_what_a_killed_bot_had_worked_out_ends_with_it() -> None:
    program = [sys.executable, "-m", "tests.bot.works"]
    bot = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    assert bot.stdout is not None
    assert await asyncio.wait_for(bot.stdout.readline(), SECONDS) == b"begun\n"
    bot.kill()
    # Everybody who came of it holds its standard output: it ends when the last of them has ended.
    assert await asyncio.wait_for(bot.stdout.read(), SECONDS) == b""
    await bot.wait()


async def test_what_only_a_newer_version_can_work_out_is_left_to_it(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    ask(stage, carla)
    with stage.database.transaction() as connection:
        connection.execute(update(calculations).values(kind="horoscope"))
    calculator, _ = a_calculator(stage)
    assert not await calculator.calculate()
    assert states(stage) == [State.WAITING]
