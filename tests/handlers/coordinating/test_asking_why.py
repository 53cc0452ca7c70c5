"""The exact price of a pair, asked for by a button that stood there while something changed."""

from collections.abc import Callable

import pytest

from flows.matching.calculation import Answer, Progress, Question, work_out
from flows.people import Role
from flows.programme import CohortState
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ("avoid", "What stands in the way: one of them is not available."),
        ("pause", "What stands in the way: one of them is not available."),
        ("language", "What stands in the way: no common language."),
        ("forbid", "are kept apart. /mentor-admin match forbid with both names lets that go."),
    ],
)
@pytest.mark.parametrize("late", ["button", "answer"])
def test_what_came_between_two_since_is_told_in_place_of_a_price(
    stage: Stage, carla: Actor, meanwhile: str, told: str, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the button is pressed, or while the price is worked out."""
    cohort = stage.moves(stage.programme("Mentoring"), CohortState.MATCHING, CohortState.RUNNING)
    ines, mira, hannah = (stage.person(name) for name in ("Ines Duarte", "Mira Okafor", "Hannah Berg"))
    joins(stage, ines, cohort, Role.MENTEE, times=("tue-am", "wed-am"))
    joins(stage, mira, cohort, Role.MENTOR, times=("tue-am", "wed-am"))
    place = joins(stage, hannah, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match why Ines Duarte, Hannah Berg")
    button = carla.finds("Work it out exactly")

    def happens() -> None:
        match meanwhile:
            case "avoid":
                hannah.asks("avoid Ines Duarte")
            case "pause":
                hannah.asks("pause until 2027-05-01")
            case "language":
                with stage.store() as store:
                    store.participants.answer(place.id, "place", ("Europe/Lisbon", "de"), private=False, at=stage.now)
            case _:
                carla.asks_admin("match forbid Ines Duarte, Hannah Berg")

    def slowly(question: Question, *, over: Callable[[], bool], told: Callable[[Progress], None]) -> Answer:
        happens()
        return work_out(question, over=over, told=told)

    if late == "button":
        happens()
    else:
        monkeypatch.setattr("tests.handlers.stage.work_out", slowly)

    carla.presses_again(*button)

    assert told in carla.reads
    assert "%" not in carla.reads
