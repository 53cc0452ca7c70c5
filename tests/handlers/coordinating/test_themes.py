"""A match about one thing: what somebody took out of what their match sees does not come out by the way of it."""

from dataclasses import replace

import pytest

from flows.formats import Format
from flows.people import Role
from flows.questionnaire import Answer
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

WORK: dict[str, Answer] = {"deliverable": "A price list", "skill": "finance", "due": "2027-05-03"}


@pytest.mark.parametrize(
    ("format_", "by", "hidden"),
    [
        (Format.MOSAIC, Role.MENTEE, "skills_wanted"),
        (Format.MOSAIC, Role.MENTOR, "skills_offered"),
        (Format.FUNCTIONAL, Role.MENTEE, "skill"),
    ],
)
def test_what_was_taken_out_is_not_told_as_the_theme_and_is_helped_with_all_the_same(
    stage: Stage, carla: Actor, format_: Format, by: Role, hidden: str
) -> None:
    cohort = stage.programme("Themes", format_=format_)
    ada, ben = stage.person("Ada Abel"), stage.person("Ben Blum")
    places = {
        Role.MENTEE: joins(stage, ada, cohort, Role.MENTEE, capacity=1, skills_wanted=("finance",), **WORK),
        Role.MENTOR: joins(stage, ben, cohort, Role.MENTOR, skills_offered=("finance",)),
    }
    with stage.store() as store:
        store.participants.save(replace(places[by], hidden=frozenset({hidden})))
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")

    assert "You and Ada Abel are matched." in ben.reads_all
    for actor in (ada, ben):
        assert "with this" not in actor.reads_all
    carla.asks_admin("match draft")
    assert "0 pairs" in carla.reads
