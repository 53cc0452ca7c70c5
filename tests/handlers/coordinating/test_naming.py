"""Coordinators name people by mention, full name or address; what two people share is asked back, not guessed."""

from collections.abc import Iterator
from dataclasses import replace

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
    carla.asks_admin(f"pair <@{mentor.account.user}>, @Ines Duarte Autumn")
    assert carla.reads == told


def test_a_name_that_two_people_have_is_not_guessed(stage: Stage, carla: Actor) -> None:
    for _ in range(2):
        stage.person("Mira Okafor").asks("help")
    carla.asks_admin("person Mira Okafor")
    assert "More than one person is called Mira Okafor" in carla.reads


def test_a_name_inside_a_longer_one_does_not_make_that_unclear(stage: Stage, carla: Actor) -> None:
    for name in ("Maria Silva", "Maria Silva", "Ana Maria Silva"):
        stage.person(name).asks("help")
    carla.asks_admin("person Ana Maria Silva")
    assert "Ana Maria Silva has not joined a programme of yours" in carla.reads
    carla.asks_admin("pair Ana Maria Silva, Maria Silva")
    assert "More than one person is called Maria Silva" in carla.reads


def test_a_name_that_nobody_has_is_not_taken_for_another(stage: Stage, carla: Actor) -> None:
    stage.person("Mira Okafor").asks("help")
    carla.asks_admin("person Mira Okaforson")
    assert "I have met nobody with the full name “Mira Okaforson”" in carla.reads


def with_address(stage: Stage, name: str, email: str, *, platform: str = "slack") -> Actor:
    """Somebody whose platform tells their address."""
    actor = stage.person(name)
    actor.account = replace(actor.account, platform=platform)
    actor.profile = replace(actor.profile, email=email)
    actor.asks("help")
    return actor


def test_an_address_is_as_good_as_a_mention_whatever_its_case_and_platform(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Autumn")
    mentor = with_address(stage, "Mira Okafor", "mira.okafor@example.org")
    mentee = with_address(stage, "Ines", "Ines@Example.org", platform="elsewhere")
    joins(stage, mentor, cohort, Role.MENTOR)
    joins(stage, mentee, cohort, Role.MENTEE)
    carla.asks_admin("pair Mira.Okafor@example.org, ines@example.org Autumn")
    assert "Autumn is not running" in carla.reads
    carla.asks_admin("person ines@example.org.")
    assert "Ines" in carla.reads
    assert "example.org" not in carla.reads


def test_an_address_of_nobody_whom_we_met_is_told_so(stage: Stage, carla: Actor) -> None:
    for words in (
        "person mira@example.org",
        "roles appoint mira@example.org viewer",
        "pair mira@example.org Ines Duarte",
    ):
        carla.asks_admin(words)
        assert "I know nobody with the address mira@example.org" in carla.reads


def test_an_address_that_two_accounts_have_is_not_guessed(stage: Stage, carla: Actor) -> None:
    for name in ("Mira Okafor", "Mira O."):
        with_address(stage, name, "mira@example.org")
    carla.asks_admin("person mira@example.org")
    assert "More than one person has the address mira@example.org" in carla.reads
