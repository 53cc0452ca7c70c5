"""Coordinators name people by mention or by full name; a name that two people have is asked back, not guessed."""

from collections.abc import Iterator

import pytest

from flows.people import Account, Role
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    made = Stage(database_url)
    yield made
    made.database.close()


@pytest.fixture
def carla(stage: Stage) -> Actor:
    stage.programme("Spring")
    return stage.person("Carla Reis", owner=True)


def test_a_full_name_is_as_good_as_a_mention_on_any_platform(stage: Stage, carla: Actor) -> None:
    mira = stage.person("Mira Okafor-Lima")
    mira.account = Account("elsewhere", "tenant", "7faf4dfe")
    mira.asks("help")
    carla.asks_admin("roles appoint mira okafor-lima viewer")
    assert "Mira Okafor-Lima" in carla.reads
    me = mira.me.id
    with stage.store() as store:
        assert [person for person, _, _ in store.programmes.appointed()] == [me]
    carla.asks_admin("roles")
    assert "Mira Okafor-Lima" in carla.reads


def test_two_names_are_two_people_and_a_comma_is_none(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Autumn")
    mentor, mentee = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    joins(stage, mentor, cohort, Role.MENTOR)
    joins(stage, mentee, cohort, Role.MENTEE)
    carla.asks_admin("person Ines Duarte")
    assert "Ines Duarte" in carla.reads
    carla.asks_admin("pair Mira Okafor, Ines Duarte Autumn")
    told = carla.reads
    carla.asks_admin(f"pair <@{mentor.account.user}> <@{mentee.account.user}> Autumn")
    assert carla.reads == told


def test_a_name_that_two_people_have_is_not_guessed(stage: Stage, carla: Actor) -> None:
    for _ in range(2):
        stage.person("Mira Okafor").asks("help")
    carla.asks_admin("person Mira Okafor")
    assert "More than one person is called Mira Okafor" in carla.reads


def test_a_name_that_nobody_has_is_not_taken_for_another(stage: Stage, carla: Actor) -> None:
    stage.person("Mira Okafor").asks("help")
    carla.asks_admin("person Mira Okaforson")
    assert "About whom?" in carla.reads
