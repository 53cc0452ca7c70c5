"""A draft longer than its first page: of those who stand further back only that is read on which limits rest."""

import pytest

from flows.people import Role
from flows.programme import Cohort
from flows.voice import rounds as voice
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage
from tests.handlers.statements import statements

LOST = "Something has changed since: 1 of these pairs no longer holds."


@pytest.fixture
def cohort(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Cohort:
    monkeypatch.setattr(voice, "MOST_PAIRS", 1)
    return stage.programme("Mentoring")


def test_a_pair_that_no_longer_holds_is_counted_from_whichever_page_it_stands_on(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    mentees = [joins(stage, stage.person(f"Mentee {number}"), cohort, Role.MENTEE) for number in range(3)]
    for number in range(3):
        joins(stage, stage.person(f"Mentor {number}"), cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match show")
    before = carla.reads
    assert "2 more are not shown here." in before
    assert "Mentee 0 with" in before
    assert "Mentee 2 with" not in before

    stage.wait(minutes=1)
    with stage.store() as store:
        place = ("Europe/Lisbon", "de")
        store.participants.answer(mentees[2].id, "place", place, private=False, at=stage.now)
    carla.asks_admin("match show")

    assert LOST in carla.reads
    assert [line for line in carla.reads.splitlines() if LOST not in line] == before.splitlines()
    carla.presses("Show more of the draft")
    assert LOST in carla.reads
    assert "Mentee 1 with" in carla.reads


def test_whoever_keeps_two_apart_has_everybody_read_once(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for name, role in (("Ines", Role.MENTEE), ("Yusuf", Role.MENTEE), ("Mira", Role.MENTOR), ("Hannah", Role.MENTOR)):
        joins(stage, stage.person(f"{name} Okafor"), cohort, role)
    with statements() as seen:
        carla.asks_admin("match forbid Ines Okafor, Mira Okafor")
    assert "Ines Okafor and Mira Okafor are kept apart" in carla.reads
    assert [one.count("?") or one.count("%(which") for one in seen if "FROM answers" in one] == [4, 2]
