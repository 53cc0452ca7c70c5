"""What a draft remarks beside its pairs: two who mentor each other, and who left few times to choose from."""

from dataclasses import replace

import pytest

from flows.people import Role
from flows.programme import Cohort
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

FEW = "Few free times, by their own answers: {names}."


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring")


def test_two_who_mentor_each_other_are_remarked(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for name in ("Ines Duarte", "Mira Okafor"):
        one = joins(stage, stage.person(name), cohort, Role.MENTOR, skills_wanted=("data",), skills_offered=("data",))
        with stage.store() as store:
            store.participants.save(replace(one, roles=frozenset({Role.MENTEE, Role.MENTOR})))
    carla.asks_admin("match draft")
    assert "Ines Duarte and Mira Okafor mentor each other in this draft." in carla.reads
    assert carla.reads.count("mentor each other") == 1

    carla.asks_admin("match hold Mira Okafor")
    carla.asks_admin("match show")
    assert "mentor each other" not in carla.reads


def test_who_named_few_free_times_is_remarked_beside_their_name(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE, times=("tue-am", "wed-am"))
    joins(stage, stage.person("Yusuf Demir"), cohort, Role.MENTEE, times=("wed-pm",))
    joins(stage, stage.person("Noor Haddad"), cohort, Role.MENTEE, times=())
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR, times=("tue-am", "thu-am", "fri-am"))
    carla.asks_admin("match draft")
    pair, left, silent = (
        next(line for line in carla.reads.splitlines() if name in line and ("fit" in line or ":" in line))
        for name in ("Ines Duarte with", "Yusuf Demir:", "Noor Haddad:")
    )
    assert pair.endswith(FEW.format(names="Ines Duarte"))
    assert left.endswith(FEW.format(names="Yusuf Demir"))
    assert "Few free times" not in silent


def test_times_that_somebody_hides_are_not_remarked(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR, times=("tue-am", "thu-am", "fri-am"))
    one = joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE, times=("tue-am",))
    with stage.store() as store:
        store.participants.save(replace(one, hidden=frozenset({"times"})))
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" in carla.reads
    assert "Few free times" not in carla.reads
