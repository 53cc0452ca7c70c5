"""Who was left over: one message, one tap that writes one answer, and an old button that promises nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from flows.people import Participant, Role
from flows.programme import Cohort, CohortState
from storage.tables import metadata
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, shown


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring", next_round=date(2027, 4, 6))


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def place(stage: Stage, cohort: Cohort, ines: Actor) -> Participant:
    """Ines would meet in Berlin, where Mira is not."""
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR)
    return joins(stage, ines, cohort, Role.MENTEE, mode="in_person", office="berlin")


def publishes(carla: Actor) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")


def rows(stage: Stage) -> dict[str, list[str]]:
    with stage.database.transaction() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def test_the_tap_writes_the_answer_and_nothing_else_and_a_second_one_nothing_at_all(
    stage: Stage, carla: Actor, ines: Actor, place: Participant
) -> None:
    publishes(carla)
    seen, button = ines.finds("Online is fine")
    before = rows(stage)
    ines.presses_again(seen, button)
    after = rows(stage)
    assert {name for name in after if after[name] != before[name]} == {"answers", "inbox"}
    assert [row for row in after["answers"] if row not in before["answers"]] != []
    ines.presses_again(seen, button)
    twice = rows(stage)
    assert {name for name in twice if twice[name] != after[name]} == {"inbox"}
    assert "Noted: your answer has changed, and more people fit now." in shown(seen.message)


def test_everything_stays_as_it_is_where_they_want_it_so(
    stage: Stage, carla: Actor, ines: Actor, place: Participant
) -> None:
    publishes(carla)
    before = rows(stage)
    ines.presses("Keep it as it is")
    after = rows(stage)
    assert {name for name in after if after[name] != before[name]} == {"inbox"}
    assert "Your answers stay as they are." in ines.reads
    assert "You keep your place. The next round is on Tuesday 6 April." in ines.reads


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Online is fine", "Noted: your answer has changed. Nothing else has."),
        ("Keep it as it is", "Your answers stay as they are."),
    ],
)
def test_who_has_found_somebody_since_is_promised_nobody(
    stage: Stage, carla: Actor, ines: Actor, place: Participant, label: str, told: str
) -> None:
    publishes(carla)
    seen, button = ines.finds(label)
    with stage.store() as store:
        store.participants.answer(place.id, "mode", "either", private=False, at=stage.now)
    publishes(carla)
    assert "You and Mira Okafor are matched." in ines.reads_all
    ines.presses_again(seen, button)
    assert told in shown(seen.message)
    assert "more people fit" not in shown(seen.message)
    assert "keep your place" not in shown(seen.message)


def test_after_the_programme_an_old_button_promises_no_round(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, place: Participant
) -> None:
    publishes(carla)
    stage.moves(cohort, CohortState.CLOSING)
    ines.presses("Keep it as it is")
    assert "Your answers stay as they are." in ines.reads
    assert "keep your place" not in ines.reads
