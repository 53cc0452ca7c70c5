"""A coordinator says where the invitation shall stand: in typed words, by choosing, or by typing there."""

import pytest

from flows.channels import Channel
from flows.people import Account
from flows.programme import CohortState
from flows.space import Space
from flows.voice.message import ChannelField, Option
from handlers.inbound import Inbound, Place, Places
from tests.handlers.coordinating.test_programmes import describe, state
from tests.handlers.stage import Actor, Stage, forms

GENERAL = Channel("id general", "at general", "", "t1", "Harbour")
PLANS = Channel("id plans", "at plans", "plans", "t1", "Harbour")
PRODUCT = Channel("id product", "at product", "", "t2", "Product")


@pytest.fixture
def carla(stage: Stage) -> Actor:
    carla = stage.person("Carla Weiss", owner=True)
    describe(carla)
    return carla


def learns(stage: Stage, *channels: Channel, workspace: str = "T1") -> None:
    for group, name in {(one.group, one.group_name): None for one in channels}:
        told = Places(group, name, tuple(one for one in channels if one.group == group), whole=True)
        who = Account("slack", workspace, "")
        assert stage.dispatch(Inbound(f"places {group} {workspace}", who, told, Place.SHARED, stage.now)) is None


def options(carla: Actor) -> tuple[Option, ...]:
    (form,) = forms(carla.newest)
    (field,) = form.fields
    assert isinstance(field, ChannelField)
    return field.options


def test_one_of_the_known_channels_is_chosen(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS, PRODUCT)
    carla.asks_admin("open Leaders 2027")
    assert "Where shall the invitation to Leaders 2027 stand?" in carla.reads
    assert options(carla) == (
        Option("id general", "Harbour › General"),
        Option("id plans", "Harbour › plans"),
        Option("id product", "Product › General"),
    )
    carla.fills(channel="id product")
    assert "posts one invitation" in carla.reads
    assert "in Product › General." in carla.reads
    assert (stage.channels, state(stage)) == ({}, CohortState.DRAFT)
    carla.presses("Post the invitation")
    assert state(stage) is CohortState.OPEN
    assert list(stage.channels) == ["at product"]


@pytest.mark.parametrize(
    ("typed", "conversation"),
    [("#plans", "at plans"), ("Product > General", "at product"), ("harbour › general", "at general")],
)
def test_a_known_channel_is_named_in_words(stage: Stage, carla: Actor, typed: str, conversation: str) -> None:
    learns(stage, GENERAL, PLANS, PRODUCT)
    carla.asks_admin(f"open Leaders 2027 {typed}")
    carla.presses("Post the invitation")
    assert list(stage.channels) == [conversation]


def test_a_name_that_two_channels_have_offers_the_two(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS, PRODUCT)
    carla.asks_admin("open #general")
    assert [option.value for option in options(carla)] == ["id general", "id product"]
    assert "I am in no channel" not in carla.reads


def test_a_name_that_no_channel_has_offers_all_and_says_so(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS)
    carla.asks_admin("open Leaders 2027 #genral")
    assert "I am in no channel called “#genral”." in carla.reads
    assert len(options(carla)) == 2


def test_the_one_channel_is_chosen_already(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL)
    carla.asks_admin("open")
    carla.fills()
    assert "in Harbour › General." in carla.reads


def test_without_a_choice_nothing_goes_on(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS)
    carla.asks_admin("open")
    carla.fills()
    assert "Choose a channel in the list" in carla.reads


def test_a_programme_may_have_a_name_that_looks_like_a_channel(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS)
    describe(carla, name="Team #plans")
    carla.asks_admin("open Team #plans")
    assert "Where shall the invitation to Team #plans stand?" in carla.reads
    carla.asks_admin("open Team #plans #plans")
    assert "in Harbour › plans." in carla.reads


def test_typed_in_a_channel_it_means_that_one_unless_another_is_named(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS)
    carla.asks_admin("open Leaders 2027 <#at general>")
    assert "in Harbour › General." in carla.reads
    carla.asks_admin("open Leaders 2027 #plans <#at general>")
    assert "in Harbour › plans." in carla.reads
    carla.asks_admin("open Leaders 2027 <#at somewhere else>")
    assert "in the channel that you named." in carla.reads
    carla.asks_admin("open Leader 2027 #nothing <#at general>")
    assert "I know no programme called" in carla.reads


def test_as_long_as_no_channel_is_known_it_says_how_one_becomes_known(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, workspace="T2")
    carla.asks_admin("open Leaders 2027")
    assert "I am in no channel yet. Add me to a team" in carla.reads
    assert "@Alongside mentor-admin open Leaders 2027" in carla.reads


def test_what_is_missing_is_said_before_a_channel_is_asked_for(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL)
    describe(carla, name="Newcomers", champion="")
    carla.asks_admin("open Newcomers")
    assert "cannot open yet: 1 thing is missing" in carla.reads


def test_a_channel_that_is_gone_when_it_is_chosen_gets_nothing(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL, PLANS)
    carla.asks_admin("open")
    learned = Places("t1", gone=("id plans",))
    stage.dispatch(Inbound("gone", Account("slack", "T1", ""), learned, Place.SHARED, stage.now))
    carla.fills(channel="id plans")
    assert "I am no longer in that channel" in carla.reads
    assert stage.channels == {}


def test_where_the_platform_lists_channels_itself_its_own_list_is_shown(stage: Stage, carla: Actor) -> None:
    stage.spaces["slack"] = Space(shared=True, lists_channels=True)
    carla.asks_admin("open")
    assert options(carla) == ()
    carla.fills(channel="C1")
    assert "in the channel that you named." in carla.reads
    carla.presses("Post the invitation")
    assert list(stage.channels) == ["C1"]


def test_a_stranger_chooses_nothing(stage: Stage, carla: Actor) -> None:
    learns(stage, GENERAL)
    carla.asks_admin("open")
    seen, button = carla.finds("See the invitation")
    rui = stage.person("Rui Alves")
    rui.presses_again(seen, button)
    assert "posts one invitation" not in rui.reads


def test_many_channels_are_cut_and_the_rest_is_named(stage: Stage, carla: Actor) -> None:
    learns(stage, *(Channel(f"id{n}", f"at{n}", f"office {n:02}", "t1", "Harbour") for n in range(60)))
    carla.asks_admin("open Leaders 2027")
    assert len(options(carla)) == 50
    assert "10 more are not in the list." in carla.reads
    carla.asks_admin("open Leaders 2027 #office 59")
    assert "in Harbour › office 59." in carla.reads
