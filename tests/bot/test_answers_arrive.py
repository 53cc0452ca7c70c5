"""What was worked out is told, whatever became of the message in whose place it should stand."""

from collections.abc import Sequence

from flows.matching.calculation import work_out
from flows.programme import Cohort
from handlers import calculating, delivering
from handlers.calculating import Job
from handlers.outcomes import Blocked
from tests.bot.test_calculator import Desk, ask, carla, cohort, notifying, stage
from tests.handlers.stage import PACES, Actor

__all__ = ["carla", "cohort", "stage"]


def begun(stage: Desk, carla: Actor) -> Job:
    """A draft was asked for, and how far it is was just put."""
    ask(stage, carla)
    taken = calculating.take(stage.kit, "one")
    assert taken is not None
    job = calculating.read(stage.kit, "one", taken)
    assert job is not None
    assert calculating.tell(stage.kit, "one", job, None, nth=1)
    return job


def keeps(stage: Desk, job: Job) -> None:
    answer = work_out(job.question, over=lambda: False, told=lambda _: None)
    calculating.keep(stage.kit, "one", job, answer)


def on_the_way(stage: Desk) -> Sequence[delivering.Delivery]:
    """In the hands of a sender, and not at the platform yet."""
    claimed = delivering.claim(stage.kit, "sender", PACES)
    found = [stage._opened(one) for one in claimed]
    return delivering.intend(stage.kit, "sender", found, found)


def refused(stage: Desk, deliveries: Sequence[delivering.Delivery], reason: str) -> None:
    delivering.settle(stage.kit, "sender", [(one, Blocked(reason)) for one in deliveries])


def test_a_draft_arrives_though_the_line_before_it_was_refused(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    job = begun(stage, carla)
    going = on_the_way(stage)
    keeps(stage, job)
    refused(stage, going, "msg_too_long")
    stage.wait(minutes=1)
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads


def test_a_draft_arrives_though_the_line_before_it_was_deleted(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    job = begun(stage, carla)
    stage.deliver()
    keeps(stage, job)
    changes = on_the_way(stage)
    assert [one.receipt != "" for one in changes] == [True]
    refused(stage, changes, "message_not_found")
    stage.wait(minutes=1)
    assert "Draft 1 for Mentoring: 1 pair." in carla.reads
    assert notifying(stage) == 2


def test_a_line_of_how_far_it_is_is_lost_with_the_one_before_it(stage: Desk, carla: Actor, cohort: Cohort) -> None:
    job = begun(stage, carla)
    going = on_the_way(stage)
    assert calculating.tell(stage.kit, "one", job, None, nth=2)
    refused(stage, going, "msg_too_long")
    stage.wait(minutes=1)
    assert notifying(stage) == 1
