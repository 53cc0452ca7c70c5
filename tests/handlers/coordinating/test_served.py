"""Who is served by a draft, group by group, as it was counted when the draft was made."""

from dataclasses import replace

import pytest

from flows.people import Role
from flows.programme import Cohort
from flows.voice.gallery.rounds import GROUPS
from flows.voice.message import File
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    """A draft of two people, in which groups were counted."""
    cohort = stage.programme("Mentoring")
    joins(stage, stage.person("Ines Duarte"), cohort, Role.MENTEE)
    joins(stage, stage.person("Mira Okafor"), cohort, Role.MENTOR)
    return cohort


def counted(stage: Stage, cohort: Cohort) -> None:
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
        assert round_ is not None
        store.rounds.change(replace(round_, draft=replace(round_.draft, groups=GROUPS)))


def test_a_coordinator_sees_rates_and_the_question_to_ask(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("match draft")
    counted(stage, cohort)

    carla.presses("Who is served, by group")

    assert "Lisbon: 9 of 15, 60 %." in carla.reads
    assert "Lisbon 60 %, Oslo 100 %: no common free time." in carla.reads
    assert "2 groups are not shown; together 5 people." in carla.reads


def test_the_page_comes_as_a_file_to_print_and_says_what_the_draft_was_made_from(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    carla.asks_admin("match draft")
    counted(stage, cohort)
    carla.presses("Who is served, by group")

    carla.presses("Send me a page to print")

    (page,) = (block for block in carla.newest.blocks if isinstance(block, File))
    assert page.name == "mentoring-draft-1-groups.html"
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
    assert round_ is not None
    record = round_.draft.record
    assert len(record.people) == 64
    for kept in (record.people, record.rules, record.seed, record.scipy):
        assert kept in page.text
    assert "Ines" not in page.text


def test_without_what_a_company_says_of_its_people_it_says_how_to_bring_it(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    carla.asks_admin("match draft")
    carla.presses("Who is served, by group")

    assert "/mentor-admin people import brings it." in carla.reads


def test_the_page_of_a_former_draft_is_no_longer_there(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match draft")

    carla.presses("Who is served, by group", from_oldest=True)

    assert "newer draft" in carla.reads


def test_after_publishing_no_button_of_the_draft_speaks_of_a_newer_one(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    joins(stage, stage.person("Hannah Berg"), cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    old = [carla.finds("Who is served, by group")]
    for mentor in ("Mira Okafor", "Hannah Berg"):
        carla.asks_admin(f"match why Ines Duarte, {mentor}")
    old.append(carla.finds("Work it out exactly"))
    carla.asks_admin("match publish")
    carla.presses("Publish")
    for seen, button in old:
        carla.presses_again(seen, button)
        assert "Mentoring has no draft now." in carla.reads
