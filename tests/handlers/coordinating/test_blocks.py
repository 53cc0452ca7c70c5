"""`block`: a coordinator keeps two people apart, and learns nothing of what they asked for themselves."""

import re

import pytest

from flows.programme import Cohort
from tests.handlers.stage import Actor, Stage
from tests.written_down import audited


def coordinator(stage: Stage, carla: Actor, name: str) -> Actor:
    actor = stage.person(name)
    actor.asks("help")
    carla.asks_admin(f"roles appoint {name} coordinator Mentoring")
    return actor


def cannot_be_paired(carla: Actor) -> bool:
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    return "What stands in the way: one of them is not available." in carla.reads


def test_two_people_are_kept_apart_until_the_same_is_typed_again(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    before = (ines.reads_all, mira.reads_all)
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    assert "Ines Duarte and Mira Okafor are kept apart, in every programme." in carla.reads
    assert cannot_be_paired(carla)
    carla.asks_admin("block Mira Okafor, Ines Duarte")
    assert "You no longer keep Mira Okafor and Ines Duarte apart." in carla.reads
    assert not cannot_be_paired(carla)
    carla.presses("Keep them apart")
    assert cannot_be_paired(carla)
    assert (ines.reads_all, mira.reads_all) == before
    with stage.database.transaction() as connection:
        assert [audited(connection, "block", how) for how in ("done", "released")] == [2, 1]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("block Ines Duarte", "Name two people"),
        ("block somebody", "I have met nobody with the full name “somebody”."),
        ("block Ines Duarte, <@U003>", "That is one person."),
        ("block Ines Duarte, <@U999>", "I have not met that person yet."),
    ],
)
def test_what_does_not_go_is_said(carla: Actor, ines: Actor, mira: Actor, typed: str, told: str) -> None:
    carla.asks_admin("help")
    carla.asks_admin(typed.replace("U003", ines.account.user))
    assert told in carla.reads


def test_each_coordinator_sees_their_own_and_an_owner_sees_all(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    bela, dan = (coordinator(stage, carla, name) for name in ("Bela Kun", "Dan Reed"))
    bela.asks_admin("block Ines Duarte, Mira Okafor")
    dan.asks_admin("block")
    assert "You keep nobody apart." in dan.reads
    assert cannot_be_paired(dan)
    carla.asks_admin("block")
    assert re.search(r"(Ines Duarte and Mira Okafor|Mira Okafor and Ines Duarte), by Bela Kun", carla.reads)

    dan.asks_admin("block Ines Duarte, Mira Okafor")
    assert "are kept apart" in dan.reads
    dan.presses("Let it go")
    assert cannot_be_paired(dan), "Bela still keeps them apart"
    carla.presses("Let it go", beside="by Bela Kun")
    assert "You keep nobody apart." in carla.reads
    assert not cannot_be_paired(dan)


def test_nobody_lets_go_what_another_coordinator_said(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    bela, dan = (coordinator(stage, carla, name) for name in ("Bela Kun", "Dan Reed"))
    bela.asks_admin("block Ines Duarte, Mira Okafor")
    _, button = bela.finds("Let it go")
    dan.does(button.action.name, **button.action.args)
    assert "That button is somebody else's." in dan.reads
    ines.does(button.action.name, **button.action.args)
    assert "for the people who run mentoring" in ines.reads
    assert cannot_be_paired(dan)


def test_blocking_two_of_whom_one_avoids_the_other_looks_the_same_and_leaves_that(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    tomas = stage.person("Tomas Berg")
    tomas.asks("help")
    carla.asks_admin("block Tomas Berg, Mira Okafor")
    plain = carla.reads.replace("Tomas Berg", "Ines Duarte")
    ines.asks("avoid Mira Okafor")
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    assert carla.reads == plain
    carla.presses("Let it go")
    assert "You no longer keep" in carla.reads
    assert "avoid" not in carla.reads_all
    assert cannot_be_paired(carla)
    ines.asks("avoid")
    assert "Mira Okafor" in ines.reads


def test_a_present_match_goes_on(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    carla.presses("Introduce them")
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    assert "They have a match now, which goes on. /mentor-admin unpair ends it." in carla.reads


def test_a_draft_leaves_them_apart_and_a_pair_that_was_drafted_is_not_published(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" in carla.reads_all
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    carla.asks_admin("match publish")
    assert "Ines Duarte with Mira Okafor was taken out: one of them is not available." in carla.reads
    carla.asks_admin("match draft")
    assert "Ines Duarte with Mira Okafor" not in carla.reads
