"""Somebody wants never to be put together with a person who is being asked: it ends like any other request, and
nothing in it can be told from a no."""

import pytest
from sqlalchemy import select

from flows.people import Participant, Role
from flows.programme import Choice, Cohort
from flows.requests import RequestState
from storage.tables import outbox, requests
from tests.handlers.choosing.company import matches, names, opens, requests_of
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

NO_MORE = "Something has changed since, and you two cannot be matched now."


def rows(stage: Stage) -> list[dict[str, object]]:
    """Requests at rest, without what differs in any two."""
    with stage.database.transaction() as connection:
        found = connection.execute(select(requests)).mappings().all()
    moments = {"id", "begun_at", "since", "closed_at"}
    return [{name: value for name, value in row.items() if name not in moments} for row in found]


def test_a_mentor_who_avoids_who_asks_has_said_no_and_the_next_is_asked(
    stage: Stage, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    mira.asks("avoid Ines Duarte")
    assert "Noted. Ines hears that you cannot this time, and no reason." in mira.reads_all
    assert "Mira cannot this time. We ask Hannah next." in ines.reads_all
    assert "asks whether you would be a mentor" in hannah.reads_all
    mira.asks("status")
    assert "Answer about" not in mira.reads
    assert "Request:" not in mira.reads


def test_a_mentee_who_avoids_whom_she_asks_takes_it_back_and_the_name_off_her_list(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Mira", "Hannah")
    asked = requests_of(stage, place)[0]
    ines.asks("avoid Mira Okafor")
    assert "Ines has moved on, so nobody waits for your answer." in mira.reads_all
    assert "avoid" not in mira.reads_all.split("spotlight")[-1]
    assert "asks whether you would be a mentor" in hannah.reads_all
    ines.asks("status")
    assert "Your wishes: Hannah\n" in ines.reads
    mira.does("request.accept", request=asked.id)
    assert "This is over." in mira.reads
    assert matches(stage, cohort) == []


def test_of_somebody_who_avoids_her_a_mentees_own_list_tells_nothing(
    ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    names(ines, "Hannah", "Mira")
    mira.asks("avoid Ines Duarte")
    ines.asks("status")
    assert "Your wishes: Hannah and Mira, in this order" in ines.reads
    hannah.presses("Not this time")
    hannah.presses("Not my field")
    assert "Nobody on your list can this time." in ines.reads_all
    assert "asks whether" not in mira.reads_all


def test_who_avoids_somebody_beforehand_is_neither_shown_nor_asked_either_way_round(
    ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    mira.asks("avoid Ines Duarte")
    ines.asks("avoid Hannah Berg")
    ines.asks("status")
    ines.presses("Choose mentors")
    assert "No mentor with a free place fits right now, so there is nobody to choose." in ines.reads
    mira.asks("avoid")
    mira.presses("Stop avoiding Ines")
    ines.asks("status")
    ines.presses("Choose mentors")
    assert "Mira" in ines.reads
    assert "Hannah" not in ines.reads
    mira.asks("avoid Ines Duarte")
    ines.fills({"first": f"pa-{mira.account.user}-{place.cohort}"})
    assert ines.errors == {"first": "That mentor cannot be chosen any more. Another one, or nobody, fits here."}


@pytest.mark.parametrize("by", ["Not this person", "avoid"])
def test_at_rest_it_is_a_no_like_another(stage: Stage, ines: Actor, mira: Actor, place: Participant, by: str) -> None:
    names(ines, "Mira")
    if by == "avoid":
        mira.asks("avoid Ines Duarte")
    else:
        mira.presses(by)
    private = rows(stage)
    with stage.database.transaction() as connection:
        assert "will not be matched" not in repr(connection.execute(select(outbox)).all())
    assert requests_of(stage, place)[0].state is RequestState.DECLINED
    with stage.database.transaction() as connection:
        connection.execute(requests.delete())
    mira.asks("avoid")
    mira.presses("Stop avoiding Ines")
    names(ines, "Mira")
    mira.presses("Not this time")
    mira.presses("Somebody else suits better")
    assert rows(stage) == private


def test_a_proposal_ends_for_both_and_whoever_said_yes_hears_kindly(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    opens(stage, Choice.WISHES, cohort=cohort)
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    carla.presses("Introduce them")
    ines.presses("Accept")
    mira.asks("avoid Ines Duarte")
    assert "This pair does not come together this time." in ines.reads_all
    assert "avoid" not in ines.reads_all.split("spotlight")[-1]
    assert matches(stage, cohort) == []


def test_a_yes_that_comes_too_late_reads_the_same_whatever_stands_in_the_way(
    stage: Stage, cohort: Cohort, ines: Actor, mira: Actor, hannah: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    names(ines, "Mira")
    carla.asks_admin("match forbid Ines Duarte, Mira Okafor")
    mira.presses("Accept")
    assert NO_MORE in mira.reads
    names(ines, "Hannah")
    hannah.asks("settings")
    hannah.fills({"Mentees at a time": "0"})
    hannah.does("request.accept", request=requests_of(stage, place)[-1].id)
    assert NO_MORE in hannah.reads


def test_whom_a_mentee_asks_a_coordinator_cannot_tell_from_whom_she_avoids(
    stage: Stage, cohort: Cohort, ines: Actor, hannah: Actor, mira: Actor, place: Participant
) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    joins(stage, stage.person("Noor Aziz"), cohort, Role.MENTOR, capacity=2)
    carla.asks_admin("pair Noor Aziz, Ines Duarte")
    names(ines, "Noor")
    carla.presses("Introduce them")
    assert "one of them is not available" in carla.reads
    carla.asks_admin("pair Noor Aziz, Ines Duarte")
    asked = carla.reads
    ines.asks("avoid Noor Aziz")
    carla.asks_admin("pair Noor Aziz, Ines Duarte")
    assert carla.reads == asked
    assert "What stands in the way: one of them is not available." in asked
    assert "asked" not in asked
