"""A programme is opened in a channel that a coordinator chooses, and people join from there."""

import pytest

from bot.playground.faults import Fault, Trouble
from bot.playground.teams import team_acts
from bot.playground.teams.person import Person as OnTeams
from tests.stage import Actor, Stage, Where
from tests.stories.spring import MENTEE, answers_one
from tests.stories.test_the_desk import described

ASKED = "Where shall the invitation to Spring stand?"


async def joins_from_here(actor: Actor) -> None:
    """From the first question to the last button."""
    await actor.presses("I agree")
    while "Nothing counts until you join" not in actor.last_message:
        await answers_one(actor, MENTEE)
    await actor.presses("Join Spring")
    assert "You have joined Spring" in actor.last_message


async def test_a_coordinator_chooses_among_the_channels(stage: Stage) -> None:
    priya = stage.actor("Priya")
    await described(priya)
    if isinstance(priya.player, OnTeams):
        assert "I am in no channel yet." in await asked(priya, "open Spring")
        await priya.player.adds_app_to_team("Product")
        await priya.player.adds_app_to_team()
        await stage.settle()
        channel, there = "Product › launches", "Product > launches"
    else:
        channel = there = "#mentoring"
    assert ASKED in await asked(priya, "open Spring")
    await priya.chooses("Channel", channel)
    await priya.presses("See the invitation")
    assert "posts one invitation" in priya.answer
    await priya.presses("Post the invitation")
    assert "Mentoring starts on" in priya.player.channel(there)[-1]


async def asked(priya: Actor, words: str) -> str:
    answer = await priya.coordinates(words)
    assert answer is not None
    return str(answer)


@pytest.mark.on(Where.TEAMS)
async def test_who_has_not_added_the_app_joins_from_the_channel(stage: Stage) -> None:
    priya, ines, yusuf = stage.actors("Priya", "Ines", "Yusuf")
    await described(priya)
    await priya.coordinates("open Spring #general")
    await priya.presses("Post the invitation")

    for newcomer in (ines, yusuf):
        assert newcomer.id not in stage.tenant.contents.installed
        await newcomer.presses("Join")
        assert newcomer.hears("May we keep your answers?")
        assert newcomer.hears("Hello")
        await joins_from_here(newcomer)
        assert newcomer.id not in stage.tenant.contents.installed
    await ines.presses_again(priya.player.channel("#general")[-1], "Join")
    await priya.coordinates("people")
    assert "Joined: 2" in priya.answer


@pytest.mark.on(Where.TEAMS)
async def test_who_cannot_be_written_to_yet_is_told_how_and_loses_nothing(stage: Stage) -> None:
    priya, ines = stage.actors("Priya", "Ines")
    await described(priya)
    await priya.coordinates("open Spring #general")
    await priya.presses("Post the invitation")

    refused = Fault(trouble=Trouble.REFUSED, status=403, error="BotNotInConversationRoster")
    stage.tenant.faults.on("create", refused, times=3)
    assert isinstance(ines.player, OnTeams)
    outcome = await ines.player.presses("Join")
    await stage.settle()
    assert (outcome.notice, ines.player.reads()) == (None, ())
    assert "Add me to your own apps, then press again. Nothing is lost." in outcome.toast
    stage.tenant.faults.clear()

    await ines.comes()
    assert ines.hears("Hello")
    assert ines.hears("May we keep your answers?")
    await joins_from_here(ines)


@pytest.mark.on(Where.TEAMS)
async def test_the_channels_that_are_offered_are_those_that_are_there(stage: Stage) -> None:
    priya = stage.actor("Priya")
    await described(priya)
    tenant = stage.tenant
    assert isinstance(priya.player, OnTeams)
    await priya.player.adds_app_to_team("Product")
    await stage.settle()
    assert await offered(priya) == ["Product › General", "Product › launches"]

    await team_acts.create_channel(tenant, priya.id, "ideas", team="Product")
    (launches,) = (one for one in tenant.contents.conversations.values() if one.name == "launches")
    await team_acts.rename_channel(tenant, priya.id, launches.id, to="news")
    await team_acts.rename_team(tenant, priya.id, team="Product", to="Products")
    await stage.settle()
    assert await offered(priya) == ["Products › General", "Products › ideas", "Products › news"]

    await team_acts.delete_channel(tenant, priya.id, launches.id)
    await priya.player.adds_app_to_team()
    await stage.settle()
    assert "Products › news" not in await offered(priya)
    await team_acts.remove(tenant, priya.id)
    await stage.settle()
    assert await offered(priya) == ["Products › General", "Products › ideas"]
    await priya.coordinates("open Spring Products > ideas")
    await priya.presses("Post the invitation")
    assert "Mentoring starts on" in priya.player.channel("Products > ideas")[-1]

    await team_acts.delete_team(tenant, priya.id, team="Products")
    await stage.settle()
    assert "I am in no channel yet." in await asked(priya, "open Spring")


async def offered(priya: Actor) -> list[str]:
    await priya.coordinates("open Spring")
    control = priya.answer.control("Channel")
    assert control is not None
    return [option.text for option in control.options]
