"""A skip is of one round: it goes with it when it is moved, and ends with it whatever comes of it."""

from datetime import UTC, date, datetime

import pytest

from flows.people import Participant, Role
from flows.programme import Cohort
from handlers.noticing import wake
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

ROUND_ON = date(2027, 3, 15)
FRIDAY = datetime(2027, 3, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    cohort = stage.programme(next_round=ROUND_ON)
    with stage.store() as store:
        wake(store, cohort, stage.now)
    return cohort


@pytest.fixture
def priya(stage: Stage) -> Actor:
    return stage.person("Priya Nair", owner=True)


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def place(stage: Stage, cohort: Cohort, ines: Actor) -> Participant:
    """Ines, who skips the round of 15 March; Yusuf and Mira do not."""
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR)
    joins(stage, stage.person("Yusuf Demir"), cohort, Role.MENTEE)
    place = joins(stage, ines, cohort, Role.MENTEE)
    stage.wait_until(FRIDAY)
    ines.presses("Skip this round")
    assert skips(stage, place)
    return place


def skips(stage: Stage, place: Participant) -> bool:
    with stage.store() as store:
        return store.participants.get(place.id).skips


def another_day(priya: Actor, day: date) -> None:
    priya.asks_admin("programme show")
    priya.presses("Edit")
    priya.fills({"Next round of matching": day.isoformat()})


def test_of_a_round_that_nobody_published_nobody_skips_the_one_after_it(
    stage: Stage, priya: Actor, ines: Actor, place: Participant
) -> None:
    stage.wait_until(datetime(2027, 3, 16, 9, 0, tzinfo=UTC))
    another_day(priya, date(2027, 3, 29))
    assert not skips(stage, place)
    stage.wait(weeks=2)
    assert "is on Monday 29 March." in ines.reads_all
    assert "You skip it, as you said." not in ines.reads_all


def test_a_round_that_is_moved_before_its_day_is_still_skipped_and_says_so(
    stage: Stage, priya: Actor, ines: Actor, place: Participant
) -> None:
    another_day(priya, date(2027, 3, 29))
    assert skips(stage, place)
    stage.wait(weeks=2)
    assert "You skip it, as you said." in ines.reads_all
    ines.presses("Take part after all")
    assert not skips(stage, place)


def test_another_round_before_its_day_takes_no_skip_away(
    stage: Stage, priya: Actor, ines: Actor, place: Participant
) -> None:
    priya.asks_admin("match draft")
    priya.asks_admin("match publish")
    assert "Monday 15 March" in priya.reads
    priya.presses("Publish")
    assert skips(stage, place), "the round that she skips is still ahead"
    ines.asks("status")
    assert "you skip the one on Monday 15 March" in ines.reads
