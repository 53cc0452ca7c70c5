"""Ines, who may name Mira and Hannah, in a programme in which mentees ask."""

import pytest

from flows.people import Participant, Role
from flows.programme import Choice, Cohort
from tests.handlers.choosing.company import opens
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return opens(stage, Choice.ASK)


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte", title="Analyst")


@pytest.fixture
def mira(stage: Stage) -> Actor:
    return stage.person("Mira Okafor", title="Head of data")


@pytest.fixture
def hannah(stage: Stage) -> Actor:
    return stage.person("Hannah Berg")


@pytest.fixture
def place(stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor) -> Participant:
    """Ines is a mentee beside two mentors."""
    joins(stage, mira, cohort, Role.MENTOR)
    joins(stage, hannah, cohort, Role.MENTOR)
    return joins(stage, ines, cohort, Role.MENTEE)
