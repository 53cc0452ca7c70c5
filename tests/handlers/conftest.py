"""The stage on which stories of handlers play, and the few people whom most of them need."""

from collections.abc import Iterator
from datetime import date

import pytest

from flows.people import Role
from flows.programme import Cohort, CohortState
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """An empty company on a Monday morning."""
    stage = Stage(database_url)
    yield stage
    stage.database.close()


@pytest.fixture
def carla(stage: Stage) -> Actor:
    """She owns the installation."""
    return stage.person("Carla Weiss", owner=True)


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    """It runs, and its next round is on 6 April."""
    cohort = stage.programme("Mentoring", next_round=date(2027, 4, 6))
    return stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING)


@pytest.fixture
def ines(stage: Stage, cohort: Cohort) -> Actor:
    """A mentee of the cohort."""
    ines = stage.person("Ines Duarte")
    joins(stage, ines, cohort, Role.MENTEE)
    return ines


@pytest.fixture
def mira(stage: Stage, cohort: Cohort) -> Actor:
    """A mentor of the cohort."""
    mira = stage.person("Mira Okafor")
    joins(stage, mira, cohort, Role.MENTOR)
    return mira
