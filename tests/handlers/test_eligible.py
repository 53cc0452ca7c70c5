"""A programme for some: others are offered nothing and read no reason; who is in stays in."""

from datetime import date

import pytest

from flows.eligibility import Rule
from flows.facts import Known
from flows.programme import Cohort
from storage.facts import name_of
from tests.handlers.stage import Actor, Stage, shown

IN_SALES = Known(department="Sales", site="Porto", level=3, started_on=date(2027, 1, 4))
IN_DATA = Known(department="R&D, Data", site="Lisbon", level=6, started_on=date(2020, 1, 1))
FIRST = "May we keep your answers?"


def known(stage: Stage, actor: Actor, facts: Known) -> Actor:
    with stage.store() as store:
        store.facts.keep({name_of(actor.account): facts}, source="s", by="", at=stage.now)
    return actor


def only_for(stage: Stage, cohort: Cohort, rule: Rule) -> None:
    with stage.store() as store:
        store.eligibility.keep(cohort.programme, rule)


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return known(stage, stage.person("Ines Duarte"), IN_SALES)


@pytest.fixture
def sales(stage: Stage) -> Cohort:
    cohort = stage.programme("Sales start")
    only_for(stage, cohort, Rule(departments=("Sales",)))
    return cohort


def test_join_begins_with_the_only_programme_that_is_for_them(stage: Stage, ines: Actor, sales: Cohort) -> None:
    leaders = stage.programme("Leaders")
    only_for(stage, leaders, Rule(level_from=5))
    ines.asks("join")
    assert FIRST in ines.reads
    assert "Leaders" not in ines.reads_all


def test_with_none_there_is_a_friendly_line_and_no_rule(stage: Stage, sales: Cohort) -> None:
    mira = known(stage, stage.person("Mira Okafor"), IN_DATA)
    for words in ("join", "", "status"):
        mira.asks(words)
        assert "none that you could join" in mira.reads or "no mentoring programme that you could join" in mira.reads
    assert "Join" not in [button for button in shown(mira.opens_home()).split("\n") if button.startswith("[Join")]
    assert "Sales" not in mira.reads_all
    assert "Sales" not in shown(mira.opens_home())


def test_of_whom_nothing_is_known_cannot_join_while_there_is_a_rule(stage: Stage, sales: Cohort) -> None:
    stranger = stage.person("Tomas Berg")
    stranger.asks("join")
    assert "There is no mentoring programme that you could join at the moment." in stranger.reads
    only_for(stage, sales, Rule())
    stranger.asks("join")
    assert FIRST in stranger.reads


@pytest.mark.parametrize("how", ["name", "button"])
def test_a_programme_for_others_says_so_without_a_reason(stage: Stage, carla: Actor, sales: Cohort, how: str) -> None:
    mira = known(stage, stage.person("Mira Okafor"), IN_DATA)
    if how == "name":
        mira.asks("join sales START")
    else:
        mira.does("joining.join", cohort=sales.id)
    assert "Sales start is for a group of people that you are not listed in." in mira.reads
    assert "department" not in mira.reads
    assert FIRST not in mira.reads_all


def test_the_one_who_made_it_is_named(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Sales start")
    carla.fills()
    with stage.store() as store:
        (cohort,) = store.programmes.all_cohorts()
    sales = stage.moves(cohort, type(cohort.state).OPEN)
    only_for(stage, sales, Rule(departments=("Sales",)))
    mira = stage.person("Mira Okafor")
    mira.asks("join Sales start")
    assert "Carla Weiss runs it and can tell you more." in mira.reads


def test_a_name_that_only_resembles_it_tells_nothing_of_it(stage: Stage, sales: Cohort) -> None:
    stage.programme("Newcomers")
    mira = known(stage, stage.person("Mira Okafor"), IN_DATA)
    mira.asks("join Sales")
    assert "No open programme is called “Sales”." in mira.reads
    assert "Sales start" not in mira.reads
    assert "Newcomers" in mira.reads


def test_who_has_begun_goes_on_and_who_left_is_asked_anew(stage: Stage, ines: Actor, sales: Cohort) -> None:
    ines.asks("join")
    ines.presses("I agree")
    only_for(stage, sales, Rule(level_from=9))
    ines.asks("join")
    assert "How would you like to take part?" in ines.reads
    ines.asks("leave")
    ines.presses("Leave the programme")
    ines.asks("join Sales start")
    assert "is for a group of people that you are not listed in" in ines.reads


def test_a_coordinator_sets_the_rule_and_sees_what_it_covers(stage: Stage, carla: Actor) -> None:
    for number in range(6):
        actor = known(stage, stage.person(f"Ana Number{number}"), IN_SALES)
        actor.asks("help")
    for number in range(5):
        actor = known(stage, stage.person(f"Bo Number{number}"), IN_DATA)
        actor.asks("help")
    carla.asks_admin("programme new Sales start")
    carla.fills()
    assert "Open to: everybody" in carla.reads
    carla.presses("Who may join")
    carla.fills(departments=("Sales", "R&D, Data"), level_to="3", months_from="1")
    for told in (
        "Open to departments: R&D, Data or Sales",
        "Open to levels: up to 3",
        "Working here for: at least 1 month",
        "That covers: at least 5 of the 12 people whom I know",
    ):
        assert told in carla.reads
    carla.asks_admin("programme show")
    assert "That covers: at least 5 of the 12 people whom I know" in carla.reads
    carla.presses("Who may join")
    carla.fills(departments=(), level_to="", months_from="")
    assert "Open to: everybody" in carla.reads


def test_what_does_not_fit_keeps_the_dialog(stage: Stage, carla: Actor, ines: Actor) -> None:
    carla.asks_admin("programme new Sales start")
    carla.fills()
    carla.presses("Who may join")
    carla.fills(level_from="21", months_to="many")
    assert carla.errors == {
        "level_from": "A whole number from 1 to 20, or nothing.",
        "months_to": "A whole number from 0 to 600, or nothing.",
    }
    carla.fills(level_from="5", level_to="3", months_to="")
    assert carla.errors == {"level_to": "It cannot be less than where it begins."}


def test_while_nothing_is_known_there_can_be_no_rule(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Sales start")
    carla.fills()
    carla.presses("Who may join")
    assert "a rule would let nobody in. /mentor-admin people import brings them." in carla.reads
